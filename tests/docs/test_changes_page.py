"""The page on what counts as a change names every file that does not."""

from __future__ import annotations

import re
from pathlib import Path

from releasio.rules.changes.outside import DOCUMENTS, FILES, FOLDERS

PAGE = Path(__file__).parents[2] / "docs" / "changes.md"


def test_names_all_that_is_outside_of_the_package() -> None:
    begin, end = "Outside of the package are", "**Everything else counts**"
    text = PAGE.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0]
    words = set(re.findall(r"`([^`]+)`", text))

    examples = {"requirements-dev.txt", "requirements/docs.txt", ".md", ".rst", ".txt", ".adoc"}
    assert FOLDERS | FILES | DOCUMENTS | examples == words
