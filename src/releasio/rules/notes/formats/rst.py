"""A section of reStructuredText as Markdown: headings, lists, code and links; all else is text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changelog.rst.headings import headings, targets, without_comments
from releasio.rules.notes.formats.segments import code_span, converted, escape, link
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INLINE = pattern(
    r"\\(?P<escaped>\s|\S)"
    r"|``(?P<code>(?:[^`]|`(?!`))+)``"
    r"|:(?P<role>[\w.:+-]+):`(?P<roletext>[^`]+)`"
    r"|`(?P<text>[^`<]+?)\s*<(?P<url>[^`>]+)>`__?"
    r"|`(?P<name>[^`]+)`(?P<ref>__?)?"
    r"|(?P<strong>\*\*(?=\S)(?:\\.|[^\\*]|\*(?!\*))+?(?<=\S)\*\*)"
    r"|(?<![\w*])(?P<emphasis>\*(?=[^\s*])(?:\\.|[^\\*])+?(?<=\S)\*)(?!\w)"
    r"|(?P<address>https?://[^\s<>`*]+)"
    r"|(?<![\w`])(?P<simple>[\w][\w.+-]*)_(?![\w_])"
)
_LABEL = pattern(r"^\.\. _[^\n]*(?:\n|\Z)", re.MULTILINE)
_CODE = re.compile(r"([ \t]*)\.\. (?:code-block|code|sourcecode)::[ \t]*([\w+-]*)[ \t]*$").match
_RULE = pattern(r"\n[-*=_]{4,}\s*\Z")  # between this section and the next
_OPTION = re.compile(r"[ \t]*:[\w-]+:").match
_NUMBERED = frozenset({"issue", "pr", "pull", "gh", "bpo", "ghissue", "ghpull", "pull_request"})
_DIGITS = re.compile(r"#?\d+$").match


def rst_as_markdown(section: str) -> str:
    """
    Return *section*, the text below a version's heading, as Markdown.

    Its highest headings become `###`. Nothing in it is escaped less than a commit's subject.
    """
    text = section.replace("\r\n", "\n").expandtabs(8)
    urls = {target.label.casefold(): target.url for target in targets(text)}
    text = _RULE.sub("", _LABEL.sub("", without_comments(text)))
    parts: list[str] = []
    position = 0
    for heading in headings(text):
        parts += [_body(text[position : heading.start], urls)]
        parts += [f"{'#' * min(heading.level + 2, 6)} {_line(heading.text, urls)}\n"]
        position = heading.end
    markdown = "".join((*parts, _body(text[position:], urls)))
    return re.sub(r"\n{3,}", "\n\n", markdown).strip()


def _line(text: str, urls: Mapping[str, str]) -> str:
    return converted(text, _INLINE, lambda match: _piece(match, urls), _character)


def _body(text: str, urls: Mapping[str, str]) -> str:
    """Return text without headings; code blocks become fenced ones."""
    parts: list[str] = []
    words: list[str] = []

    def flush() -> None:
        parts.append(_line("".join(words), urls))
        words.clear()

    lines = text.splitlines(keepends=True)
    number = 0
    while number < len(lines):
        line = lines[number].rstrip("\n")
        number += 1
        directive = _CODE(line)
        if directive is None and not line.rstrip().endswith("::"):
            words.append(f"{line}\n")
            continue
        if directive is None:
            introduction = line.rstrip()[:-2].rstrip()
            words += [f"{introduction}:\n", "\n"] if introduction.strip() else []
        margin = len(line) - len(line.lstrip())
        code = list(_indented(lines[number:], margin))
        if not code and directive is None:
            continue
        number += len(code)
        flush()
        language = directive[2] if directive else ""
        parts.append(_fenced(code, margin, language))
    flush()
    return "".join(parts)


def _indented(lines: list[str], margin: int) -> Iterator[str]:
    """Yield the *lines* at the beginning that are empty, or stand further in than *margin*."""
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) <= margin:
            return
        yield line


def _fenced(lines: list[str], margin: int, language: str) -> str:
    while lines and (not lines[0].strip() or _OPTION(lines[0])):
        lines = lines[1:]
    code = [line.rstrip("\n") for line in lines]
    while code and not code[-1].strip():
        code.pop()
    inner = min((len(line) - len(line.lstrip()) for line in code if line.strip()), default=0)
    longest = max((len(run) for line in code for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    outer = " " * margin
    block = (f"{fence}{language}", *(line[inner:] for line in code), fence)
    return "\n".join(f"{outer}{line}".rstrip() for line in block) + "\n\n"


def _character(match: re.Match[str]) -> str | None:
    sign = match["escaped"]
    return None if sign is None else sign.strip()


def _piece(match: re.Match[str], urls: Mapping[str, str]) -> str:
    """Return what was found within a line as Markdown."""
    parts = match.groupdict()
    if parts["code"]:
        return code_span(" ".join(parts["code"].split()))
    if parts["role"]:
        return _role(parts["role"], " ".join(parts["roletext"].split()))
    for kind, mark in (("strong", "**"), ("emphasis", "*")):
        if text := parts[kind]:
            return f"{mark}{escape(_unescaped(text[len(mark) : -len(mark)]))}{mark}"
    return _link(match, urls)


def _link(match: re.Match[str], urls: Mapping[str, str]) -> str:
    """Return an address, or a reference: a link where it is known where it leads."""
    parts = match.groupdict()
    if parts["address"]:
        return str(parts["address"]).replace("\\", "")
    if parts["url"]:
        url = _unescaped(parts["url"])
        known = urls.get(url.removesuffix("_").casefold(), url) if url.endswith("_") else url
        return link(_unescaped(parts["text"]), known)
    if parts["simple"]:
        url = urls.get(parts["simple"].casefold(), "")
        return link(parts["simple"], url) if url else escape(f",{match[0]}")[1:]
    name = _unescaped(parts["name"])
    return link(name, urls.get(name.casefold(), "")) if parts["ref"] else code_span(name)


def _role(role: str, text: str) -> str:
    """Return what a role shows: numbers of issues, names of people, else code."""
    shown = re.sub(r"\s*<[^>]*>$", "", text).lstrip("!~")
    name = role.rpartition(":")[2]
    if name in _NUMBERED and _DIGITS(shown):
        return f"#{shown.lstrip('#')}"
    if name in {"pep", "rfc"}:
        return escape(f"{name.upper()} {shown}")
    if name in {"user", "gh-user", "ghuser"}:
        return escape(f"@{shown}")
    return escape(shown) if name in {"ref", "doc", "term", "abbr"} else code_span(shown)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(\S)", r"\1", " ".join(re.sub(r"\\\s", "", text).split()))
