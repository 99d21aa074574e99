"""Which format a changelog is in: its name says so, else its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.project.changelog_file import ASCIIDOC, RST
from releasio.rules.project.changelog_file import MARKDOWN as MARKDOWN_SUFFIXES
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from releasio.rules.changelog.markup.markup import Markup

SUFFIXES = (*MARKDOWN_SUFFIXES, *RST, *ASCIIDOC)
_PLAIN = ("", ".txt")
_IS_MARKDOWN = pattern(r"^#{1,4} |\]\(https?:", re.MULTILINE)
_IS_RST = pattern(
    r"^\.\. |``[^`\n]+``|`_+(?!\w)|^([=\-~^+*#])\1{3,}[ \t]*\r?\n[^\n]+\n\1{4,}", re.MULTILINE
)
_UNDERLINED = pattern(r"^[^\s=~^-][^\n]*\n(?:={4,}|-{4,}|~{4,}|\^{4,})[ \t]*\r?$", re.MULTILINE)


def markup_of(path: str, text: str | None = None) -> Markup | None:
    """
    Return the format of the changelog at *path*; `None`: it is in none that we write.

    A name without a suffix, and `.txt`, says nothing: *text* decides.
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if suffix in RST:
        return _rst()
    if suffix in ASCIIDOC:
        from releasio.rules.changelog.asciidoc.asciidoc import ASCIIDOC as MARKUP

        return MARKUP
    if suffix in MARKDOWN_SUFFIXES:
        return MARKDOWN
    if suffix not in _PLAIN:
        return None
    return _markup_in(text or "", suffix)


def _markup_in(text: str, suffix: str) -> Markup | None:
    is_markdown = bool(_IS_MARKDOWN.search(text))
    if _IS_RST.search(text) or _UNDERLINED.search(text):
        return MARKDOWN if is_markdown and not _UNDERLINED.search(text) else _rst()
    # a bare CHANGELOG is Markdown to whoever named it
    return MARKDOWN if is_markdown or not suffix else None


def _rst() -> Markup:
    from releasio.rules.changelog.rst.rst import RST as MARKUP

    return MARKUP
