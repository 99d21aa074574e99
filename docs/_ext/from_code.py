"""
Fills the pages that the code itself writes: `<!-- from code: NAME -->` becomes its text.

There is no second copy of a setting's or an error's description, so these
pages cannot drift.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from releasio.config.pages.reference import reference_page
from releasio.config.reading.generations import defaults_table
from releasio.errors.catalogue import catalogue
from releasio.errors.foreign_words import words_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MARK = re.compile(r"<!-- from code: (\w+) -->")


def errors_page() -> str:
    """Return a section per error code, in the alphabet's order."""
    return "\n".join(
        f"## {code}\n\n{inspect.getdoc(error)}\n\n{_called(code)}Exit code: {error.exit_code}\n"
        for code, error in sorted(catalogue().items())
    )


def _called(code: str) -> str:
    """Return what an index or another tool calls the error, so that a search finds it here."""
    words = ", ".join(f"`{word}`" for word in words_for(code))
    return f"Elsewhere: {words}\n\n" if words else ""


PAGES = {"defaults": defaults_table, "errors": errors_page, "settings": reference_page}


def fill(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Replace the marks in *source*, the text of one page."""
    source[0] = MARK.sub(lambda match: PAGES[match[1]](), source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call `fill` for every page it reads."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
