"""The table of failures, as the documentation shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.catalogue import catalogue
from releasio.setup.finding_catalogue import finding_catalogue
from tests.setup.guides.table import FAILURES

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = re.compile(r"(?s)(?<=<!-- failures -->\n).*?(?=<!-- end of failures -->)")
_HEAD = (
    "| what people read | where it comes from | here it is | by | tried in |\n"
    + "| --- " * 5
    + "|\n"
)


def filled(page: str) -> str:
    """Return *page* with the table as it is."""
    rows = "".join(
        f"| {failure.words} | {failure.cause} | {failure.answer} | "
        f"{_else(map(_link, failure.by))} | {_else(map(_quoted, failure.tests))} |\n"
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
    return f"`{name}`"


def _else(names: Iterable[str]) -> str:
    return ", else ".join(names)
