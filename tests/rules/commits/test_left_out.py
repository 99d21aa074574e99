from __future__ import annotations

import pytest

from releasio.rules.commits.commit import Commit
from releasio.rules.commits.left_out import (
    A_MERGE,
    A_RELEASE,
    LeftOut,
    summary,
    surprising,
)

COMMIT = Commit("c" * 40, (), "Ada", "ada@example.org", 0, "Update the readme")
ODD = "not a conventional commit"
OUTSIDE = "only files that are not in the package: docs/a.md"
PAIR = ["undone by 12345678", "undoes 87654321, which is not released yet either"]


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
