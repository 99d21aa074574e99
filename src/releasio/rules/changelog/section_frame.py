"""What belongs to a section beside heading and text: a label above, lines such as `Released on`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen
from releasio.rules.changelog.heading_date import find_date
from releasio.rules.changelog.not_released import LONGEST, is_mark
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import re

    from releasio.rules.changelog.markup.markup import Markup

_LINK = pattern(r"https?://[^\s)>\"']+")
_MARKUP = pattern(r"\]\([^)]*\)|<[^>]*>|https?://\S+|[*_`>\[\]()]")
_WORD = pattern(r"[^\W\d_]+")
_BLOCK = pattern(r"[ ]{0,3}(?:[-*+][ \t]|\d+[.)][ \t]|#|```|~~~|\||<!--)|[ ]{4}|\t")
_ABOUT_THE_DAY = frozenset({"release", "released", "date", "on", "published", "of", "the"})
_ABOUT_CHANGES = frozenset(
    {
        "full", "changelog", "change", "log", "changes", "compare", "with", "diff", "difference",
        "all", "commits", "commit", "see", "view", "the", "to", "from", "since", "between", "and",
        "list", "complete", "on", "github", "gitlab", "release", "first", "details", "git",
        "history", "v", "for", "of", "this", "in", "a", "source", "code",
    }
)  # fmt: skip
_FIELD = pattern(r":[\w -]+: ")
_MOST = 3  # lines of that kind; more are text


@frozen
class Lead:
    """A line between a heading and its text, and where it begins and the next one."""

    kind: Literal["mark", "day", "link"]
    start: int
    end: int


def start_with_label(text: str, place: int, markup: Markup) -> int:
    """Return where the section with the heading at *place* begins: at its label, if it has one."""
    start = place
    while (line_start := text.rfind("\n", 0, max(start - 1, 0)) + 1) < start:
        line = text[line_start:start]
        if markup.label.match(line):
            place = line_start
        elif line.strip():
            break
        start = line_start
    return place


def lead_lines(text: str, start: int, end: int, version: str = "") -> tuple[Lead, ...]:
    """
    Return the lines at *start* that say when *version* was released, or link to its changes.

    Each is a paragraph of its own; *end* is where the section ends.
    """
    leads: list[Lead] = []
    place = start
    while len(leads) < _MOST and place < end:
        stop = text.find("\n", place, end) + 1 or end
        line = text[place:stop]
        if line.strip():
            following = text[stop : text.find("\n", stop, end) + 1 or end]
            alone = not following.strip() or _BLOCK.match(following) is not None
            alone = alone or (
                _FIELD.match(line) is not None and _FIELD.match(following) is not None
            )
            kind = _kind(line, version) if alone else None
            if kind is None:
                break
            leads.append(Lead(kind, place, stop))
        place = stop
    return tuple(leads)


def last_line(text: str, start: int, end: int, version: str) -> str:
    """Return the line at the end of a section that links to its changes; empty: there is none."""
    lines = text[start:end].rstrip().splitlines()
    if len(lines) > 1 and not lines[-2].strip() and _kind(lines[-1], version) == "link":
        return lines[-1]
    return ""


def _kind(line: str, version: str) -> Literal["mark", "day", "link"] | None:
    if len(line) > LONGEST:
        return None
    if is_mark(line):
        return "mark"
    if _BLOCK.match(line):
        return None
    words = line.replace(version, " ") if version else line
    day = find_date(_MARKUP.sub(" ", words))
    if day is not None and set(_words(words, day)) <= _ABOUT_THE_DAY:
        return "day"
    links = _LINK.findall(line)
    about = all("/compare/" in link or (version and version in link) for link in links)
    if links and about and set(_words(words)) <= _ABOUT_CHANGES:
        return "link"
    return None


def _words(line: str, day: re.Match[str] | None = None) -> list[str]:
    visible = _MARKUP.sub(" ", line)
    if day is not None:
        visible = f"{visible[: day.start()]} {visible[day.end() :]}"
    return _WORD.findall(visible.casefold())
