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
from releasio.errors.foreign_words import ELSEWHERE, WORDS
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


def troubleshooting_page() -> str:
    """Return a section per group of words that others use, with what they mean here."""
    sections = [_words_section(codes, words) for codes, words in WORDS.items()]
    sections += [
        f"## {_heading(words)}\n\n{_also(words)}{advice}\n" for words, advice in ELSEWHERE.items()
    ]
    return "\n".join(sections)


def _words_section(codes: tuple[str, ...], words: tuple[str, ...]) -> str:
    errors = catalogue()
    if len(codes) == 1:
        text = f"{inspect.getdoc(errors[codes[0]])}\n\nError code: {_link(codes[0])}"
    else:
        lines = [f"- {_first(errors[code])} {_link(code)}" for code in codes]
        text = "One of these:\n\n" + "\n".join(lines)
    return f"## {_heading(words)}\n\n{_also(words)}{text}\n"


def _heading(words: tuple[str, ...]) -> str:
    return words[0] if " " not in words[0] else words[0][0].upper() + words[0][1:]


def _also(words: tuple[str, ...]) -> str:
    others = ", ".join(f"`{word}`" for word in words[1:])
    return f"Also: {others}\n\n" if others else ""


def _first(error: type) -> str:
    return " ".join((inspect.getdoc(error) or "").partition("\n\n")[0].split())


def _link(code: str) -> str:
    return f"[`{code}`](errors.md#{code})"


PAGES = {
    "defaults": defaults_table,
    "errors": errors_page,
    "findings": findings_page,
    "settings": settings_page,
    "troubleshooting": troubleshooting_page,
}


def fill(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Replace the marks in *source*, the text of one page."""
    source[0] = MARK.sub(lambda match: PAGES[match[1]](), source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call `fill` for every page it reads."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
