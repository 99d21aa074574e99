"""Squash merges: the title stands for the pull request, unless its body says more."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import CommitsConfig
from releasio.rules.commits.reading import Reading, read_changes
from tests.rules.history import commit, told


def squashed(title: str, *lines: str, released: tuple[str, ...] = ()) -> Reading:
    body = "\n\n".join(f"* {line}" for line in lines)
    commits = [commit(f"{title}\n\n{body}")]
    return read_changes(commits, CommitsConfig(), frozenset(released).intersection)


class TestFixUps:
    @pytest.mark.parametrize(
        "line",
        [
            "ruff format",
            "address review",
            "fix: address review",
            "fix: typo",
            "fix: the thing",
            "style: ruff format",
            "test: more tests",
            "docs(readme): explain it",
            "fix(tests): a test",
            "feat: and more of it",
            "fix(api): the same scope",
        ],
    )
    def test_are_no_changes_of_their_own(self, line: str) -> None:
        reading = squashed("feat(api): add a thing (#12)", "feat(api): add a thing", line)

        assert ["feat(api): add a thing"] == told(reading)

    @pytest.mark.parametrize("line", ["fix: typo", "fix: ruff", "fix(lint): it", "chore: it"])
    def test_release_nothing_that_the_title_would_not(self, line: str) -> None:
        assert ["docs: explain it"] == told(squashed("docs: explain it (#12)", line))


class TestWhatUsersWouldMiss:
    @pytest.mark.parametrize(
        ("title", "line"),
        [
            ("feat(api): add a thing (#12)", "fix(cli): repair it"),
            ("feat(api): add a thing (#12)", "feat(cli): add it, too"),
            ("feat: add a thing (#12)", "security(auth): close a hole"),
            ("fix: repair it (#12)", "feat: add a thing"),
            ("fix: repair it (#12)", "fix!: drop a thing"),
            ("chore: clean up (#12)", "fix: crash on an empty file"),
            ("feat: many things (#12)", "feat: another one (#9)"),
        ],
    )
    def test_stands_beside_the_title(self, title: str, line: str) -> None:
        assert 2 == len(squashed(title, line).changes)

    def test_is_what_a_footer_below_a_line_breaks(self) -> None:
        reading = squashed("feat: add a thing (#12)", "fix: it\n\nBREAKING CHANGE: gone", "wip")

        assert ["feat: add a thing", "fix!: it"] == told(reading)

    def test_is_every_line_below_a_title_that_says_nothing(self) -> None:
        assert ["feat: a", "fix: b"] == told(squashed("Feature/things (#7)", "feat: a", "fix: b"))


class TestReleasedBefore:
    def test_does_not_count_again(self) -> None:
        reading = squashed(
            "feat: many things (#12)", "feat: old (#5)", "fix: new (#9)", released=("#5",)
        )

        assert ["feat: many things", "fix: new"] == told(reading)

    def test_leaves_out_a_commit_of_which_nothing_else_is_left(self) -> None:
        reading = squashed(
            "Sync branches", "feat: old (#5)", "fix: older (#4)", released=("#4", "#5")
        )

        assert [] == told(reading)
        assert ["released before: #4, #5"] == [one.reason for one in reading.left_out]

    def test_is_only_asked_of_what_bodies_list(self) -> None:
        asked: list[object] = []
        messages = ["feat: a (#1)\n\n* feat: a", "feat: b (#2)\n\n* fix: c (#3)"]
        read_changes(map(commit, messages), CommitsConfig(), lambda each: asked.append(each) or ())

        assert [{"#3"}] == asked
