"""Which version of an action is run."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.action_version import NEWEST, action_version
from releasio.rules.workflow.workflow import parse_workflow

COMMIT = "ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e"


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("v1.8.14", (1, 8)),
        ("v1.8", (1, 8)),
        ("v10", (10, NEWEST)),
        ("release/v1", (1, NEWEST)),
        ("release/v1.4", (1, 4)),
        ("master", None),
        ("v1.8-beta", None),
        (COMMIT, None),
        (f"{COMMIT} # v1.13.0", (1, 13)),
        (f"{COMMIT} # 1.13.0", (1, 13)),
        (f"{COMMIT} # release/v1", (1, NEWEST)),
        (f"{COMMIT} # tag=v1.13.0", (1, 13)),
        (f"{COMMIT} # pinned", None),
        ("master # v1.8", None),
    ],
)
def test_the_ref_says_it_or_a_comment_behind_a_commit(
    ref: str, expected: tuple[int, int] | None
) -> None:
    text = f"jobs:\n  a:\n    steps:\n      - name: x\n        uses: a/b@{ref}\n"
    step = parse_workflow("w.yml", text).jobs["a"].steps[0]

    assert expected == action_version(step, text)
