"""The table of failures, as the documentation shows it."""

from __future__ import annotations

import re

from releasio.errors.catalogue import catalogue
from releasio.setup.finding_catalogue import finding_catalogue
from tests.setup.guides.table import FAILURES

_TABLE = re.compile(r"(?s)(?<=<!-- failures -->\n).*?(?=<!-- end of failures -->)")
_HEAD = (
    "| what people read | where it comes from | here it is | by | tried in |\n"
    + "| --- " * 5
    + "|\n"
)


def filled(page: str) -> str:
    """Return *page* with the table as it is."""
    rows = "".join(
        f"| {failure.words} | {failure.cause} | {failure.answer} | {_link(failure.by)} | "
        f"{_quoted(failure.test)} |\n"
        for failure in FAILURES
    )
    return _TABLE.sub(lambda _: _HEAD + rows, page)


def _link(name: str) -> str:
    if name in catalogue():
        return f"[`{name}`](errors.md#{name})"
    if name in finding_catalogue():
        return f"[`{name}`](doctor.md#{name})"
    return _quoted(name)


def _quoted(name: str) -> str:
    return f"`{name}`" if name else ""
