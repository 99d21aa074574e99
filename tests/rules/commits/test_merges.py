"""Merges: they group what they bring in, and speak where that says nothing."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import CommitParser, CommitsConfig
from releasio.rules.commits.left_out import summary
from releasio.rules.commits.merges import Merges
from releasio.rules.commits.reading import A_MERGE, SPOKEN_FOR, Reading, read_changes
from tests.rules.history import commit, told

GITHUB = "Merge pull request #7 from acme/t\n\nfeat: a new thing"
GITLAB = "Merge branch 't' into 'main'\n\nfeat: a new thing\n\nSee merge request acme/demo!7"


def merged(title: str, *branch: str, **settings: object) -> Reading:
    """Read a merge of *title* and its branch, oldest first."""
    base = commit("chore: start")
    commits = [base]
    for message in branch:
        commits.append(commit(message, commits[-1]))
    commits.append(commit(title, base, commits[-1]))
    return read_changes(list(reversed(commits)), CommitsConfig(**settings))


class TestTitles:
    @pytest.mark.parametrize(
        ("title", "reference"),
        [
            (GITHUB, "#7"),
            (GITLAB, "!7"),
            ("feat: a new thing (#7)", "#7"),
            ("feat: a new thing", ""),
            ("Merged in t (pull request #7)\n\nfeat: a new thing", "#7"),
            ("Merge branch 't'\n\nfeat: a new thing\n\n* t:\n  more wip\n  wip", ""),
            ("Merge pull request #7 from acme/t\n\nfeat: a new thing (#9)", "#9"),
        ],
    )
    def test_speak_for_commits_that_say_nothing(self, title: str, reference: str) -> None:
        reading = merged(title, "wip", "more wip")

        assert ["feat: a new thing", "chore: start"] == told(reading)
        assert reference == reading.changes[0].reference
        assert [SPOKEN_FOR, SPOKEN_FOR] == [one.reason for one in reading.left_out]
        assert "" == summary(reading.left_out)

    def test_are_silent_where_a_commit_says_something(self) -> None:
        reading = merged(GITHUB, "wip", "fix: it")

        assert ["fix: it", "chore: start"] == told(reading)
        assert "1 commit: 1 not conventional" == summary(reading.left_out)

    def test_are_silent_where_settings_leave_out_what_was_said(self) -> None:
        reading = merged(GITHUB, "chore: it", types_ignore=("chore",))

        assert [] == told(reading)

    def test_that_say_nothing_leave_everything_out(self) -> None:
        reading = merged("Merge branch 't'", "wip")

        assert ["chore: start"] == told(reading)
        assert [A_MERGE, "not a conventional commit"] == [one.reason for one in reading.left_out]

    def test_of_what_brings_nothing_in_are_silent(self) -> None:
        outside = commit("outside")
        merge = commit("feat: released already", commit("chore: start"), outside)

        assert [] == told(read_changes([merge], CommitsConfig()))

    def test_of_a_merge_within_a_branch_speak_too(self) -> None:
        """As git-flow has it: features go into develop, and develop into main."""
        base = commit("chore: start")
        wip = commit("wip", base)
        feature = commit(GITHUB, base, wip)
        develop = commit("Merge branch 'develop'", base, feature)
        reading = read_changes([develop, feature, wip, base], CommitsConfig())

        assert ["feat: a new thing", "chore: start"] == told(reading)

    def test_are_read_by_parsers_of_ones_own(self) -> None:
        parser = CommitParser(pattern="ADD (?P<description>.+)", type="feat")
        title = "Merge pull request #7 from acme/t\n\nADD a thing"
        reading = merged(title, "wip", commit_parsers=(parser,), use_conventional_fallback=False)

        assert ["feat: a thing"] == told(reading)
        assert "#7" == reading.changes[0].reference

    def test_are_undone_with_their_merge(self) -> None:
        base = commit("chore: start")
        wip = commit("wip", base)
        merge = commit(GITHUB, base, wip)
        revert = commit(f"Revert it\n\nThis reverts commit {merge.id}, reversing\n", merge)
        reading = read_changes([revert, merge, wip, base], CommitsConfig())

        assert ["chore: start"] == told(reading)


class TestBreakingChanges:
    def test_of_a_title_count_where_no_commit_breaks_anything(self) -> None:
        reading = merged("Merge pull request #7 from acme/t\n\nfeat!: drop it", "feat: drop it")

        assert ["feat!: drop it", "feat: drop it", "chore: start"] == told(reading)

    def test_of_a_body_count(self) -> None:
        title = "Merge pull request #7 from acme/t\n\nDrop it\n\nBREAKING CHANGE: gone"
        reading = merged(title, "fix: it")

        assert ["other!: Drop it", "fix: it", "chore: start"] == told(reading)
        assert ("gone",) == reading.changes[0].breaking_notes

    def test_are_told_once(self) -> None:
        reading = merged(
            "feat!: drop it\n\nBREAKING CHANGE: gone", "feat: a\n\nBREAKING CHANGE: gone"
        )

        assert ["feat!: a", "chore: start"] == told(reading)


class TestBranches:
    def test_belong_to_the_innermost_merge(self) -> None:
        base = commit("base")
        inner = commit("inner", base)
        inside = commit("inside", base, inner)
        outer = commit("outer", base, inside)
        merges = Merges([outer, inside, inner, base])

        assert {inside.id: outer.id, inner.id: inside.id} == merges.by_member()
        assert [inside.id, outer.id] == list(merges.innermost_first())
        assert [inside.id, inner.id] == list(merges.brought_in(outer.id))

    def test_belong_to_the_first_merge_that_has_them(self) -> None:
        base = commit("base")
        shared = commit("shared", base)
        first = commit("first", base, shared)
        more = commit("more", shared)
        second = commit("second", first, more)
        merges = Merges([second, more, first, shared, base])

        assert {shared.id: first.id, more.id: second.id} == merges.by_member()

    def test_of_a_long_history_are_found(self) -> None:
        tip = commit("base")
        commits = [tip]
        for number in range(3_000):
            side = commit(f"side {number}", tip)
            tip = commit(f"merge {number}", side, tip)
            commits += [side, tip]

        assert 3_000 == len(list(Merges(list(reversed(commits))).innermost_first()))
