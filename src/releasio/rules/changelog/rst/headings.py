"""Sections of reStructuredText: titles with a line of punctuation below, or above as well."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from releasio.frozen import replace
from releasio.rules.changelog.markdown import Definition, Heading
from releasio.text.pattern import pattern

_ADORNMENT = r"(?P<mark>[!-/:-@\[-`{-~])(?P=mark)+[ \t]*"
_UNDERLINE = pattern(rf"^{_ADORNMENT}\r?$", re.MULTILINE)
_IS_ADORNMENT = re.compile(rf"{_ADORNMENT}$").match
_NO_TITLE = re.compile(r"\s|[*+-][ \t]|\.\.(?:[ \t]|$)|:[^:]+:[ \t]|\|[ \t]").match
BOLD, BOLD_WORD = "**", "** "  # in place of the character below a title
_SHORTEST = 4  # columns of a line that is shorter than its title
_LOWEST = 17  # below all headings
_LINE_TITLE = pattern(
    r"(?:(?<=\n)|\A)(?:\*\*[^*\n]+\*\*:?|[A-Z][\w '/&-]{1,50}:)[ \t]*\r?\n(?=[ \t]*\r?\n)"
)
_VERSION = pattern(r"(?<![\d.])\d+\.\d")
# a paragraph of its own, which some files have in place of sections
_BOLD_TITLE = pattern(
    r"(?<![^\n])(?<!\S\n)\*\*(?P<bold>(?:[Vv]ersion )?v?\d+(?:\.\d+)+[^*\n]*|unreleased)\*\*"
    r"(?P<rest>(?:[ ](?=[(\d/-])[^*\n]{1,40})?)[ \t]*\r?\n(?=[ \t]*(?:\r?\n|\Z))",
    re.IGNORECASE,
)
_TARGET = pattern(
    r"^\.\. _(?P<ticks>`?)(?P<label>(?:(?!`:)[^\n\\])+?)(?P=ticks):"
    r"[ \t]+(?P<url>\S+)[ \t]*\r?(?:\n|\Z)",
    re.MULTILINE,
)
_COMMENT = pattern(
    r"^\.\.(?:[ \t]*\r?\n(?=[ \t]+\S)|[ \t]+(?![_\[|]|[\w:.+-]+::)[^\n]*(?:\n|\Z)"
    r"|[ \t]*\r?(?:\n|\Z))"
    r"(?:(?:[ \t]*\r?\n)*[ \t]+\S[^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)


@lru_cache(maxsize=8)  # a changelog is asked about several times
def headings(text: str) -> tuple[Heading, ...]:
    """
    Return all headings of *text*; their levels follow from the order of their styles.

    Source: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections
    """
    levels: dict[tuple[str, bool], int] = {}
    parsed: list[Heading] = []
    for match in _UNDERLINE.finditer(text):
        heading = _heading(text, match, parsed[-1].end if parsed else 0)
        if heading is not None:
            style = heading.underline, heading.overline
            level = levels.setdefault(style, len(levels) + 1)
            parsed.append(replace(heading, level=level))
    if any(_VERSION.search(heading.text) for heading in parsed):
        return tuple(parsed)
    bold = _bold_titles(text, len(levels) + 1)
    return tuple(sorted((*parsed, *bold), key=_start)) if bold else tuple(parsed)


def _bold_titles(text: str, level: int) -> list[Heading]:
    """Return the paragraphs that name a version in bold: `**1.2.0**`, `**1.2.0** (2026-01-31)`."""
    titles = []
    for match in _BOLD_TITLE.finditer(text):
        rest = match["rest"].rstrip()
        mark = BOLD_WORD if rest and " " not in match["bold"] else BOLD
        titles.append(Heading(level, match["bold"] + rest, match.start(), match.end(), mark))
    return titles if any(_VERSION.search(title.text) for title in titles) else []


def _start(heading: Heading) -> int:
    return heading.start


def _heading(text: str, underline: re.Match[str], floor: int) -> Heading | None:
    """Return the heading above *underline*, without its level; *floor*: where it may begin."""
    start, title = _line_above(text, underline.start())
    if start < floor or not title.strip() or _IS_ADORNMENT(title):
        return None
    mark, columns = underline["mark"], len(underline[0].strip())
    end = min(underline.end() + 1, len(text))
    above, line_above = _line_above(text, start)
    bare = title.strip()
    overline = _IS_ADORNMENT(line_above)
    if start and above >= floor and overline and overline["mark"] == mark:
        if len(line_above.strip()) != columns:
            return None
        indent = title[: len(title) - len(title.lstrip())]
        return Heading(0, bare, above, end, mark, overline=True, width=columns, indent=indent)
    begins_block = start == floor or not line_above.strip() or line_above.startswith("..")
    if _NO_TITLE(title) or not begins_block:
        return None
    if columns < min(column_width(bare), _SHORTEST):
        return None
    return Heading(0, bare, start, end, mark, width=columns)


def _line_above(text: str, place: int) -> tuple[int, str]:
    """Return where the line above the one at *place* begins, and its text."""
    if place == 0:
        return 0, ""
    start = text.rfind("\n", 0, place - 1) + 1
    if start == 0 and text.startswith("\ufeff"):
        start = 1
    return start, text[start : place - 1].rstrip("\r")


def column_width(text: str) -> int:
    """Return how many columns *text* takes, as docutils counts them."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(1 for character in text if unicodedata.combining(character))


def title_lines(text: str) -> list[Heading]:
    """Return the lines that stand for headings: `**Features**`, and `Features:`."""
    return [
        Heading(_LOWEST, match[0].strip(), match.start(), match.end())
        for match in _LINE_TITLE.finditer(text)
    ]


def targets(text: str) -> tuple[Definition, ...]:
    """Return the external targets of *text*: `.. _name: url`."""
    if ".. _" not in text:
        return ()
    return tuple(
        Definition(match["label"], match["url"], match.start(), match.end())
        for match in _TARGET.finditer(text)
    )


def without_comments(text: str) -> str:
    """Return *text* without comments."""
    return _COMMENT.sub("", text) if ".." in text else text
