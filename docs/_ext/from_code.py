"""
Fills the pages that the code itself writes: `<!-- from code: NAME -->` becomes its text.

There is no second copy of a setting's or an error's description, so these
pages cannot drift.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from settings_page import settings_page

from releasio.config.reading.generations import CHANGED
from releasio.errors.catalogue import catalogue
from releasio.errors.foreign_words import WORDS
from releasio.setup.finding_catalogue import finding_catalogue

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MARK = re.compile(r"<!-- from code: (\w+) -->")


def defaults_table() -> str:
    """Return the table of the migration page, in Markdown."""
    rows = [
        (f"`{default.key}`", default.before, default.after, f"`{default.line}`")
        for default in CHANGED
    ]
    head = ("setting", "2.x", "from `config_version = 3`", "keeps the old way")
    rule = ("---",) * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def errors_page() -> str:
    """Return a section per error code, in the alphabet's order."""
    return "\n".join(
        f"## {code}\n\n{inspect.getdoc(error)}\n\n{_called(code)}Exit code: {error.exit_code}\n"
        for code, error in sorted(catalogue().items())
    )


def _called(code: str) -> str:
    """Return what an index or another tool calls the error, so that a search finds it here."""
    words = ", ".join(f"`{word}`" for word in WORDS.get((code,), ()))
    return f"Elsewhere: {words}\n\n" if words else ""


def findings_page() -> str:
    """Return a section per finding of doctor, in the alphabet's order."""
    return "\n".join(
        f"### {code}\n\n{inspect.getdoc(kind)}\n\nSeverity: {kind.severity}\n"
        for code, kind in finding_catalogue().items()
    )


PAGES = {
    "defaults": defaults_table,
    "errors": errors_page,
    "findings": findings_page,
    "settings": settings_page,
}


def fill(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Replace the marks in *source*, the text of one page."""
    source[0] = MARK.sub(lambda match: PAGES[match[1]](), source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call `fill` for every page it reads."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
