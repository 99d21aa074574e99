from __future__ import annotations

import pytest

from releasio.rules.commits.commit import Commit
from releasio.rules.commits.left_out import (
    A_MERGE,
    A_RELEASE,
    LeftOut,
    Skipping,
    summary,
    surprising,
)

COMMIT = Commit("c" * 40, (), "Ada", "ada@example.org", 0, "Update the readme")
ODD = "not a conventional commit"
OUTSIDE = "only files that are not in the package: docs/a.md"
PAIR = ["undone by 12345678", "undoes 87654321, which is not released yet either"]


class TestSkipping:
    @pytest.mark.parametrize(
        ("texts", "message", "expected"),
        [
            (["[skip release]", "[no release]"], "feat: a\n\n[no release]", "[no release]"),
            (["[skip release]", "[no release]"], "feat: a\n\nno release [yet]", None),
            (["[skip ci]", "not for users"], "feat: a, not for users", "not for users"),
            (["[skip ci]", "not for users"], "feat: a [skip ci]", "[skip ci]"),
            (["wip", "draft"], "feat: a draft", "draft"),
            (["[wip]", ""], "feat: a", ""),
            ([], "feat: [skip release]", None),
        ],
    )
    def test_goes_by_the_texts_of_the_project(
        self, texts: list[str], message: str, expected: str | None
    ) -> None:
        reason = "" if expected is None else f"its message contains {expected}"

        assert reason == Skipping(texts).reason(message, message.partition("\n")[0])

    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            ("chore(release): 1.2.0", A_RELEASE),
            ("chore(release): prepare demo v1.2.0 [skip release]", A_RELEASE),
            ("chore(release): sign what is uploaded", ""),
            ("feat: chore(release): 1.2.0", ""),
        ],
    )
    def test_knows_the_commit_of_a_release(self, subject: str, expected: str) -> None:
        assert expected == Skipping(["[skip release]"]).reason(subject, subject)


class TestSummary:
    @pytest.mark.parametrize(
        ("reasons", "expected"),
        [
            ([], ""),
            ([A_MERGE, A_RELEASE], ""),
            ([ODD], "1 commit: 1 not conventional"),
            ([ODD, A_MERGE, f"{ODD}: no description"], "2 commits: 2 not conventional"),
            (PAIR, "2 commits: 2 reverted before a release"),
            (["its message contains [skip release]"], "1 commit: 1 skipped"),
            ([OUTSIDE, OUTSIDE], "2 commits: 2 outside the package"),
            (
                [*PAIR, ODD, ODD, ODD],
                "5 commits: 3 not conventional, 2 reverted before a release",
            ),
        ],
    )
    def test_counts_what_somebody_may_miss(self, reasons: list[str], expected: str) -> None:
        assert expected == summary([LeftOut(COMMIT, reason) for reason in reasons])


class TestSurprising:
    def test_are_the_first_that_their_files_leave_out(self) -> None:
        left_out = [LeftOut(COMMIT, reason) for reason in (ODD, *[OUTSIDE] * 5, A_MERGE)]

        assert left_out[1:4] == list(surprising(left_out))
