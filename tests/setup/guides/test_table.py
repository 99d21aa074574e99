"""The table of failures says what is so."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from releasio.errors.foreign_words import codes_for, elsewhere
from tests.setup.guides.page import filled
from tests.setup.guides.table import FAILURES, Failure

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs/guide-failures.md"
QUOTED = [failure for failure in FAILURES if failure.words[0].isupper()]


def test_the_page_shows_the_table() -> None:
    """
    After a change of the table, `WRITE_DOCS=1` rewrites the page; look at the difference.
    """
    text = PAGE.read_text(encoding="utf-8")
    expected = filled(text)
    if os.environ.get("WRITE_DOCS") == "1":
        PAGE.write_text(expected, encoding="utf-8", newline="\n")

    assert expected == text


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.cause)
def test_every_failure_is_provoked_where_the_table_says(failure: Failure) -> None:
    assert len(failure.by) == len(failure.tests)
    for code, test in zip(failure.by, failure.tests, strict=True):
        path, _, name = test.partition("::")
        file = HERE.parent / path
        if file.is_dir():
            findings = tomllib.loads((file / "case.toml").read_text(encoding="utf-8"))["finding"]
            assert code in {finding["code"] for finding in findings}
        else:
            assert re.search(rf"def {name}\(", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("failure", QUOTED, ids=lambda failure: failure.words)
def test_the_words_are_explained(failure: Failure) -> None:
    assert codes_for(failure.words) or elsewhere(failure.words)
