"""Sections of AsciiDoc: titles with `=` in front; what stands in blocks is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from releasio.rules.changelog.markdown import Heading
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOWEST = 8  # below all headings
_LINE = pattern(
    r"^(?:(?P<fence>-{4,}|={4,}|\.{4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|`{3,}|--|[|,:!]===)"
    r"|(?P<mark>={1,6}|\#{1,6})[ \t]+(?P<title>\S[^\r\n]*?)"
    r"|(?P<line>\.[A-Za-z][^\r\n]*?|\*[^*\s][^*\r\n]*\*:?))"
    r"[ \t]*\r?(?:\n|\Z)",
    re.MULTILINE,
)
_COMMENT = pattern(r"^/{4,}\n.*?(?:^/{4,}\n|\Z)|^//(?!/)[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


@lru_cache(maxsize=8)  # a changelog is asked about several times
def headings(text: str) -> tuple[Heading, ...]:
    """
    Return all headings of *text*.

    Source: https://docs.asciidoctor.org/asciidoc/latest/sections/titles-and-levels/
    """
    return tuple(
        Heading(
            len(match["mark"]), _without_closing(match["title"], match["mark"]),
            match.start(), match.end(), match["mark"][0],
        )
        for match in _lines(text)
        if match["mark"]
    )  # fmt: skip


def title_lines(text: str) -> list[Heading]:
    """Return the lines that stand for headings: `.Features`, the title of a list, and `*Bold*`."""
    return [
        Heading(_LOWEST, match["line"], match.start(), match.end())
        for match in _lines(text)
        if match["line"]
    ]


def without_comments(text: str) -> str:
    """Return *text* without comments."""
    return _COMMENT.sub("", text.replace("\r\n", "\n")) if "//" in text else text


def _lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that are titles, but not those in delimited blocks."""
    fence = ""
    for match in _LINE.finditer(text):
        if match["fence"]:
            if not fence:
                fence = match["fence"]
            elif match["fence"] == fence:
                fence = ""
        elif not fence:
            yield match


def _without_closing(title: str, mark: str) -> str:
    return title.removesuffix(f" {mark}").rstrip()
