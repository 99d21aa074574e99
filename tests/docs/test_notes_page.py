"""The page of a release in the documentation is what a release really says."""

from __future__ import annotations

import re
from pathlib import Path

from releasio.release.forge.page_text import page_text
from releasio.rules.contents.record import BuiltFile
from tests.decided import release
from tests.known import facts

PAGE = Path(__file__).parents[2] / "docs" / "notes.md"
COMMITS = (
    "fix(cli)!: drop --loud (fixes #7) (#9)\n\nBREAKING CHANGE: use --shout",
    "fix: thank @ada for #12\n\nCo-authored-by: Bo <bo@example.org>",
)


def test_the_example_is_what_is_said() -> None:
    known = facts(commits=COMMITS)
    files = (BuiltFile("demo-2.0.0-py3-none-any.whl", 12_345, "0f1e…"),)
    text = PAGE.read_text("utf-8")
    example = re.search(r"^````markdown\n(.*?)^````$", text, re.MULTILINE | re.DOTALL)

    assert example is not None
    assert page_text(known, release(known), files).body == example[1]
