from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.tables.model import CommitParser, CommitsConfig
from releasio.rules.commits.reading import Reading, read_changes
from tests.rules.calls import calls_of
from tests.rules.history import commit, told

if TYPE_CHECKING:
    from releasio.rules.commits.commit import Commit


def read(*messages: str, **settings: object) -> Reading:
    return read_changes([commit(one) for one in messages], CommitsConfig(**settings))


def reasons(reading: Reading) -> list[str]:
    return [one.reason for one in reading.left_out]


class TestConventionalCommits:
    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            ("feat: add a thing", "feat: add a thing"),
            ("Feat: add a thing", "feat: add a thing"),
            ("fix(api): repair it", "fix(api): repair it"),
            ("feat!: drop it", "feat!: drop it"),
            ("feat(api)!: drop it", "feat(api)!: drop it"),
            ("chore(deps-dev): bump a/b from 1 to 2", "chore(deps-dev): bump a/b from 1 to 2"),
            ("fix: colons: everywhere", "fix: colons: everywhere"),
            ("feat(): add a thing", "feat: add a thing"),
            ("net: repair it", "net: repair it"),
            ("fix:\ttabbed", "fix: tabbed"),
        ],
    )
    def test_are_read(self, subject: str, expected: str) -> None:
        assert [expected] == told(read(subject))

    @pytest.mark.parametrize(
        ("subject", "reason"),
        [
            ("Update the readme", "not a conventional commit"),
            ("see http://example.org", "not a conventional commit"),
            ("fixup! feat: add a thing", "not a conventional commit"),
            ("", "not a conventional commit"),
            ("feat: ", "not a conventional commit: the description is missing"),
            (
                "feat:add a thing",
                (
                    "not a conventional commit: write `type(scope): description`, "
                    "with a space behind the :"
                ),
            ),
        ],
    )
    def test_others_are_left_out_with_a_reason(self, subject: str, reason: str) -> None:
        """P9: no commit is dropped silently because it does not parse."""
        assert [reason] == reasons(read(subject))

    @pytest.mark.parametrize(
        ("body", "notes"),
        [
            ("BREAKING CHANGE: gone", ("gone",)),
            ("BREAKING-CHANGE: gone", ("gone",)),
            ("Some words.\n\nBREAKING CHANGE: gone\nfor good\nRefs: #3", ("gone for good",)),
            ("BREAKING CHANGE:\n\nall of it", ("all of it",)),
            ("BREAKING CHANGE: a\nBREAKING CHANGE: b", ("a", "b")),
            ("BREAKING CHANGE: a\n\nMore words", ("a\n\nMore words",)),
        ],
    )
    def test_footers_tell_what_breaks(self, body: str, notes: tuple[str, ...]) -> None:
        (change,) = read(f"fix: it\n\n{body}").changes

        assert change.breaking
        assert notes == change.breaking_notes

    @pytest.mark.parametrize(
        "body", ["There is no breaking change: all is well", "Nothing breaks", "BREAKING: news"]
    )
    def test_prose_breaks_nothing(self, body: str) -> None:
        assert not read(f"fix: it\n\n{body}").changes[0].breaking

    def test_a_footer_that_almost_says_it_is_pointed_out(self) -> None:
        reading = read("fix: it\n\nBREAKING CHANGES: gone")

        (warning,) = reading.warnings
        assert "BREAKING stands in the body, but not as a footer `BREAKING CHANGE: ...`" in warning

    def test_line_ends_of_windows_do_not_matter(self) -> None:
        (change,) = read("feat: it\r\n\r\nBREAKING CHANGE: gone\r\n").changes

        assert ("it", ("gone",)) == (change.description, change.breaking_notes)


class TestSquashMerges:
    """P9: title, bullets and footers of the squash bodies of all forges."""

    def test_the_number_in_the_title_is_the_pull_request(self) -> None:
        (change,) = read("feat(api): add a thing (#12)").changes

        assert ("add a thing", 12) == (change.description, change.pull_request)

    def test_github_lists_each_commit_with_a_bullet(self) -> None:
        reading = read(
            "feat: add a thing (#12)\n\n"
            "* feat: add a thing\n\n"
            "* wip\n\n"
            "* fix(api): repair it\n\nBREAKING CHANGE: old calls fail\n\n"
            "---------\n\nCo-authored-by: Bo <bo@example.org>"
        )

        assert ["feat: add a thing", "fix(api)!: repair it"] == told(reading)
        assert [12, 12] == [one.pull_request for one in reading.changes]
        assert ("old calls fail",) == reading.changes[1].breaking_notes

    def test_bullets_speak_for_a_title_that_says_nothing(self) -> None:
        reading = read("Feature/things (#7)\n\n- feat: add a thing\n- fix: repair it")

        assert ["feat: add a thing", "fix: repair it"] == told(reading)
        assert [7, 7] == [one.pull_request for one in reading.changes]
        assert () == reading.left_out

    def test_gitlab_keeps_lines_bare(self) -> None:
        reading = read(
            "Add things\n\nfeat: add a thing\nfix: repair it\n\nSee merge request group/demo!34"
        )

        assert ["feat: add a thing", "fix: repair it"] == told(reading)
        assert ["!34", "!34"] == [one.reference for one in reading.changes]

    def test_azure_writes_its_number_first(self) -> None:
        reading = read("Merged PR 123: feat: add a thing\n\nfix(api): repair it")

        assert ["feat: add a thing", "fix(api): repair it"] == told(reading)
        assert [123, 123] == [one.pull_request for one in reading.changes]

    def test_the_title_below_githubs_merge_line_counts_when_squashed(self) -> None:
        reading = read("Merge pull request #5 from ada/thing\n\nfeat: add a thing")

        assert ["feat: add a thing"] == told(reading)
        assert 5 == reading.changes[0].pull_request

    @pytest.mark.parametrize(
        "body",
        [
            "Note: this is prose",
            "Fixes: #12\nReviewed-by: Bo",
            "This makes the\nfix: prefix work",
            "## Release notes\n\n* feat: of a dependency",
            "<details>\n\n- feat: of a dependency\n</details>",
            "```\nfeat: in a code block\n```",
            "    feat: in an indented block",
        ],
    )
    def test_prose_is_no_list_of_commits(self, body: str) -> None:
        assert ["chore: bump it"] == told(read(f"chore: bump it\n\n{body}"))


class TestMergeCommits:
    """P10: merge commits double every entry elsewhere."""

    def test_group_and_are_never_listed(self) -> None:
        base = commit("chore: start")
        feat = commit("feat: add a thing", base)
        fix = commit("fix: repair it", feat)
        other = commit("fix: another", base)
        merge = commit("Merge pull request #12 from ada/x\n\nfeat: add a thing", other, fix)
        reading = read_changes([merge, fix, feat, other, base], CommitsConfig())

        assert ["fix: repair it", "feat: add a thing", "fix: another", "chore: start"] == told(
            reading
        )
        assert [12, 12, None, None] == [one.pull_request for one in reading.changes]
        assert ["a merge; the commits it brings in are listed themselves"] == reasons(reading)

    def test_a_parser_of_ones_own_may_read_them(self) -> None:
        parser = CommitParser(pattern=r"Merge pull request #\d+ from (?P<description>\S+)")
        base, other = commit("fix: a"), commit("fix: b")
        merge = commit("Merge pull request #1 from ada/x", base, other)
        reading = read_changes([merge], CommitsConfig(commit_parsers=(parser,)))

        assert ["other: ada/x"] == told(reading)


class TestReverts:
    """P36: a revert and what it reverts, both unreleased, are nothing."""

    def test_cancel_inside_the_range(self) -> None:
        feat = commit("feat: add a thing")
        revert = commit(f'Revert "feat: add a thing"\n\nThis reverts commit {feat.id}.')
        reading = read_changes([revert, feat], CommitsConfig())

        assert () == reading.changes
        assert [
            f"undoes {feat.id[:8]}, which is not released yet either",
            f"undone by {revert.id[:8]}",
        ] == reasons(reading)

    def test_a_revert_of_a_revert_brings_it_back(self) -> None:
        feat = commit("feat: add a thing")
        first = commit(f'Revert "feat: add a thing"\n\nThis reverts commit {feat.id}.')
        second = commit(f'Reapply "feat: add a thing"\n\nThis reverts commit {first.id[:10]}.')
        reading = read_changes([second, first, feat], CommitsConfig())

        assert ["feat: add a thing"] == told(reading)

    def test_reverts_of_released_work_stay(self) -> None:
        reading = read(f'Revert "feat: old"\n\nThis reverts commit {"0" * 40}.')

        assert ['revert: Revert "feat: old"'] == told(reading)

    def test_the_conventional_form_counts_too(self) -> None:
        feat = commit("feat: add a thing")
        revert = commit(f"revert: feat: add a thing\n\nThis reverts commit {feat.id}.")

        assert [] == told(read_changes([revert, feat], CommitsConfig()))

    def test_githubs_button_names_only_the_pull_request(self) -> None:
        feat = commit("feat: add a thing (#12)")
        revert = commit('Revert "feat: add a thing (#12)" (#13)\n\nReverts ada/demo#12')

        assert [] == told(read_changes([revert, feat], CommitsConfig()))

    def test_the_title_is_enough_for_the_newest_older_commit(self) -> None:
        first, second = commit("fix: it (#1)"), commit("fix: it (#2)")
        revert = commit('Revert "fix: it"')
        reading = read_changes([revert, second, first], CommitsConfig())

        assert [1] == [one.pull_request for one in reading.changes]

    def test_the_revert_of_a_merge_undoes_what_it_brought_in(self) -> None:
        base = commit("fix: start")
        feat = commit("feat: add a thing", base)
        merge = commit("Merge branch 'x'", base, feat)
        text = f"This reverts commit {merge.id}, reversing\nchanges made to {base.id}."
        revert = commit(f"Revert \"Merge branch 'x'\"\n\n{text}", merge)

        assert ["fix: start"] == told(read_changes([revert, merge, feat, base], CommitsConfig()))

    def test_a_squash_that_contains_a_revert_is_not_undone_as_a_whole(self) -> None:
        old = commit("fix: old")
        squash = commit(f"feat: big (#3)\n\n* wip\n\n* again\n\nThis reverts commit {old.id}.")

        assert ["feat: big", "fix: old"] == told(read_changes([squash, old], CommitsConfig()))


class TestReleaseAs:
    def test_the_newest_footer_wins(self) -> None:
        reading = read("chore: go\n\nRelease-As: 2.0.0", "fix: it\n\nrelease-as: v1.5.0")

        assert reading.wish is not None
        assert Version("2.0.0") == reading.wish.version

    def test_what_is_no_version_is_ignored_aloud(self) -> None:
        reading = read("chore: go\n\nRelease-As: two")

        assert reading.wish is None
        (warning,) = reading.warnings
        assert warning.startswith("the Release-As footer of ")
        assert warning.endswith(" is ignored: 'two' is not a version")

    def test_goes_with_a_reverted_commit(self) -> None:
        wish = commit("chore: go\n\nRelease-As: 2.0.0")
        revert = commit(f'Revert "chore: go"\n\nThis reverts commit {wish.id}.')

        assert read_changes([revert, wish], CommitsConfig()).wish is None

    def test_counts_in_a_commit_that_says_nothing_else(self) -> None:
        found = read("Bump\n\nRelease-As: 3.0").wish

        assert found is not None
        assert Version("3.0") == found.version


class TestSettings:
    @pytest.mark.parametrize("where", ["feat: x [skip release]", "feat: x\n\n[no release]"])
    def test_skip_patterns_leave_commits_out(self, where: str) -> None:
        reading = read(where)

        assert () == reading.changes
        assert reasons(reading)[0].startswith("its message contains [")

    @pytest.mark.parametrize(
        "subject",
        [
            "chore(release): prepare v1.2.0",
            "chore(release): prepare demo v1.2.0 (#12)",
            "chore(release): v0.3.0",
            "chore(release): 0.3.0",
        ],
    )
    def test_commits_of_releases_are_left_out(self, subject: str) -> None:
        assert ["the commit of a release itself"] == reasons(read(subject))

    def test_other_chores_about_releases_are_not(self) -> None:
        assert ["chore(release): sign files"] == told(read("chore(release): sign files"))

    def test_ignored_types_are_left_out(self) -> None:
        reading = read("chore: a", "fix: b", types_ignore=("chore",))

        assert ["fix: b"] == told(reading)
        assert ["commits.types_ignore names chore"] == reasons(reading)

    def test_scopes_choose(self) -> None:
        reading = read("fix(api): a", "fix(web): b", "fix: c", scope_regex="^api$")

        assert ["fix(api): a", "fix: c"] == told(reading)
        assert ["commits.scope_regex does not match web"] == reasons(reading)

    def test_unknown_commits_may_get_a_type(self) -> None:
        reading = read("Update it (#3)", unknown_type="chore", unknown_group="Rest")

        assert ["chore: Update it"] == told(reading)
        assert ("Rest", 3) == (reading.changes[0].group, reading.changes[0].pull_request)

    def test_further_breaking_patterns_are_searched_as_written(self) -> None:
        reading = read("fix: it\n\nthis is API-BREAK: gone", breaking_patterns=("API-BREAK:",))

        assert ("gone",) == reading.changes[0].breaking_notes

    def test_configured_types_count_in_squash_bodies(self) -> None:
        body = "Things (#1)\n\n* deps: raise it"

        assert [] == told(read(body))
        assert ["deps: raise it"] == told(read(body, types_patch=("deps",)))


class TestParsersOfOnesOwn:
    def parser(self, **settings: object) -> CommitParser:
        return CommitParser(**settings)

    @pytest.mark.parametrize(
        ("settings", "subject", "expected"),
        [
            (
                {"pattern": r":sparkles: (?P<description>.+)", "type": "feat", "group": "New"},
                ":sparkles: shine (#4)",
                ("feat", None, "shine", False, "New", 4),
            ),
            (
                {
                    "pattern": r"\[(?P<area>\w+)\] (?P<what>.+)",
                    "type": "fix",
                    "scope_group": "area",
                    "description_group": "what",
                },
                "[api] repair",
                ("fix", "api", "repair", False, None, None),
            ),
            (
                {"pattern": r"(?P<kind>ADD|FIX) (?P<description>.+)", "type_group": "kind"},
                "ADD thing",
                ("add", None, "thing", False, None, None),
            ),
            (
                {"pattern": ":boom:", "type": "feat", "breaking_indicator": ":boom:"},
                ":boom: gone",
                ("feat", None, "gone", True, None, None),
            ),
            (
                {"pattern": "(?P<bang>!)?x ", "type": "feat", "breaking_indicator": "bang"},
                "x stays",
                ("feat", None, "stays", False, None, None),
            ),
            ({"pattern": "Zap"}, "Zap", ("other", None, "Zap", False, None, None)),
        ],
    )
    def test_read_subjects(
        self, settings: dict[str, str], subject: str, expected: tuple[object, ...]
    ) -> None:
        (change,) = read(subject, commit_parsers=(self.parser(**settings),)).changes

        assert expected == (
            change.type,
            change.scope,
            change.description,
            change.breaking,
            change.group,
            change.pull_request,
        )

    def test_come_before_the_convention_in_their_order(self) -> None:
        parsers = (
            self.parser(pattern="feat: a", type="first"),
            self.parser(pattern="feat", type="second"),
        )
        reading = read("feat: a", "feat: b", "fix: c", commit_parsers=parsers)

        assert ["first", "second", "fix"] == [one.type for one in reading.changes]

    def test_may_stand_alone(self) -> None:
        reading = read(
            "feat: a",
            commit_parsers=(self.parser(pattern="x", type="fix"),),
            use_conventional_fallback=False,
        )

        assert ["no parser of commits.commit_parsers matches it"] == reasons(reading)

    def test_footers_break_here_too(self) -> None:
        reading = read(
            "x one\n\nBREAKING CHANGE: gone", commit_parsers=(self.parser(pattern="x", type="fix"),)
        )

        assert ("gone",) == reading.changes[0].breaking_notes


def test_no_commit_gets_lost() -> None:
    messages = ["feat: a", "", "wip", "fix(", "feat(a): ", "Merge x", "Revert x", "\n\n", "!: x"]
    reading = read(*messages)

    seen = {one.commit.id for one in (*reading.changes, *reading.left_out)}
    assert {commit(one).id for one in messages} == seen


def history(size: int) -> list[Commit]:
    """Return *size* commits, each undone by another one that does not say which it undoes."""
    commits: list[Commit] = []
    for number in range(size):
        commits.append(commit(f"feat: add {number}\n\nbody"))
        commits.append(commit(f'Revert "feat: add {number}"\n\nThis reverts commit {"a" * 40}.'))
    return commits


def test_reading_is_linear() -> None:
    """
    The last one is of a size that takes minutes where anything in it is quadratic.
    """
    settings = CommitsConfig()
    few, many = history(100), history(200)

    few_calls = calls_of(lambda: read_changes(few, settings))
    assert calls_of(lambda: read_changes(many, settings)) <= 3 * few_calls
    assert 20_000 == len(read_changes(history(10_000), settings).changes)
