"""A section of AsciiDoc as Markdown: headings, lists, code and links; all else is text."""

from __future__ import annotations

import re

from releasio.rules.changelog.asciidoc.headings import without_comments
from releasio.rules.notes.formats.segments import code_span, converted, escape, link
from releasio.text.pattern import pattern

_INLINE = pattern(
    r"&\#(?P<number>\d{1,7});"
    r"|(?:link:|(?<![\w/]))(?P<url>https?://[^\s\[\]<>]+)\[(?P<text>[^\]\n]*)\]"
    r"|(?P<address>https?://[^\s<>\[\]`*]+)"
    r"|(?P<ticks>``?)\+?(?P<code>[^`\n]+?)\+?(?P=ticks)"
    r"|(?P<bold>\*\*?)(?=[^\s*])(?P<strong>[^*\n]+?)(?<=\S)(?P=bold)"
    r"|(?<!\w)(?P<slant>__?)(?=[^\s_])(?P<emphasis>[^_\n]+?)(?<=\S)(?P=slant)(?!\w)"
)
_HEADING = re.compile(r"(={2,6}|#{2,6})[ \t]+(.+)$").match
_ITEM = re.compile(r"[ \t]*(\*{1,5}|-|\.{1,5})[ \t]+(?=\S)").match
_TITLE = re.compile(r"\.([A-Za-z].*)$").match
_SOURCE = re.compile(r"\[source(?:,\s*([\w+-]+))?[^\]]*\]$").match
_FENCE = re.compile(r"(-{4,}|\.{4,}|`{3,})\w*$").match
_ATTRIBUTES = re.compile(r"\[[^\]\n]*\]$|\[\[[^\]\n]*\]\]$").match


def asciidoc_as_markdown(section: str) -> str:
    """
    Return *section*, the text below a version's heading, as Markdown.

    Its highest headings become `###`. Nothing in it is escaped less than a commit's subject.
    """
    lines = iter(without_comments(section.replace("\r\n", "\n")).split("\n"))
    highest = min(
        (len(match[1]) for match in map(_HEADING, section.split("\n")) if match), default=3
    )
    written: list[str] = []
    inside = language = ""
    for line in map(str.rstrip, lines):
        if fence := _FENCE(line):
            written += [*_fenced(lines, fence[1], language, inside)]
            language = ""
        elif heading := _HEADING(line):
            inside = ""
            mark = "#" * min(len(heading[1]) - highest + 3, 6)
            written.append(f"{mark} {_line(heading[2])}")
        elif item := _ITEM(line):
            depth = len(item[1]) if item[1] != "-" else 1
            inside = "  " * depth if item[1][0] != "." else "   " * depth
            mark = "1." if item[1][0] == "." else "-"
            written.append(f"{inside[len(mark) + 1 :]}{mark} {_line(line[item.end() :])}")
        elif title := _TITLE(line):
            written += [f"**{_line(title[1])}**", ""]
        elif source := _SOURCE(line):
            language = source[1] or ""
        elif not _ATTRIBUTES(line):
            written.append("" if line.strip() in {"", "+"} else f"{inside}{_line(line.strip())}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip()


def _fenced(lines: object, fence: str, language: str, inside: str) -> list[str]:
    code: list[str] = []
    for line in lines:  # type: ignore[attr-defined] # an iterator
        if line.rstrip() == fence:
            break
        code.append(line.rstrip())
    longest = max((len(run) for line in code for run in re.findall("`+", line)), default=0)
    mark = "`" * max(3, longest + 1)
    return [f"{inside}{line}".rstrip() for line in (f"{mark}{language}", *code, mark)]


def _line(text: str) -> str:
    return converted(text, _INLINE, _piece, _number)


def _number(match: re.Match[str]) -> str | None:
    return _character(match["number"]) if match["number"] else None


def _piece(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts["url"]:
        return link(_decoded(parts["text"]) or parts["url"], parts["url"])
    if parts["address"]:
        return str(parts["address"])
    if parts["code"]:
        return code_span(_decoded(parts["code"]))
    if parts["strong"]:
        return f"**{escape(_decoded(parts['strong']))}**"
    return f"*{escape(_decoded(parts['emphasis']))}*"


def _decoded(text: str) -> str:
    return re.sub(r"&#(\d{1,7});", lambda match: _character(match[1]), text)


def _character(number: str) -> str:
    from html import unescape  # knows which numbers are characters

    return unescape(f"&#{number};")
