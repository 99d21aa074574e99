"""Text from commits is data: make it show as it is in Markdown, and do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.invisible import ALL
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_CONTROL = pattern(f"[\x00-\x1f\x7f-\x9f{ALL}]+")
_TICKS = pattern(r"`+")
# what a forge makes a link of, up to where it ends it
_ADDRESS = pattern(r"(?<![^\s(])(?<!\]\()https?://[^\s<]+")
# no part gives back what it took: what comes last takes dots, too, and each would be tried in both
_PLAIN_ADDRESS = pattern(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]*+(?::[0-9]++)?+"
    r"(?:[/?#][A-Za-z0-9._~:/?#!&'()+,;=%-]*+)?+[).,;:!?'\"]*"
)
_ENTITY = pattern(r"&#?\w+;")
_TRACKED = pattern(
    r"/(?:issues|pulls?|merge_requests|pull-requests|pullrequest|discussions|commits?|edit)/"
)
_SPECIAL = pattern(
    r"(?P<inert>@(?=\w)"  # a name, or an address of mail
    r"|[#!](?=\d)"  # #12, owner/repo#12, AB#12, !12
    r"|(?<![^\W_])[Gg][Hh]-(?=\d)"
    r"|(?<!\w)(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f](?=[0-9a-f]{6,63}(?!\w))"
    r"|(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp]):(?=//)"
    r"|(?<![^\W_])[Ww]{3}(?=\.\w))"
    r"|(?P<entity>&(?=#?\w+;))"
    r"|(?P<tag><)"
    r"|(?P<mark>[\[\]*`]|\\(?=[!-/:-@\[-`{-~]|\Z)"
    r"|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9]))"
)
_NOTHING = "&#8203;"  # a space without width
_IN_PAIRS = "~$"  # what stands between two of them is struck out, or a formula
_HARMLESS = pattern(r"[A-Za-z][A-Za-z0-9,.:;()/'\"+=?%^{}| -]*")
_SITE = pattern(r"[Ww]{3}\.")
_ISSUE = pattern(r"[Gg][Hh]-[0-9]")
_HEXADECIMAL = bytes.maketrans(b"123456789abcdef", b"0" * 15)
_SEVEN = b"0" * 7  # digits of an id, the shortest that a forge makes a link of
_BLOCK = pattern(
    r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?<=\A)\d+(?=[.)](?:\s|$))|[-=|:](?=[-=|: ]*\Z))"
)


def escape(text: str) -> str:
    """
    Return one line of Markdown that shows *text* as it is written, and does nothing else.

    Code spans, and addresses of pages, are kept. What a forge makes a link of by itself looks the
    same and stays text: names behind an @, which would be notified; numbers of issues and pull
    requests (`#12`, `!12`, `GH-12`, `owner/repo#12`) and their addresses, which would be noted
    there, or closed; ids of commits. Forges look for these after rendering, so that no escaping
    helps and a character without width has to. An id of digits only is taken for a number.
    """
    if _HARMLESS.fullmatch(text) and not _is_special(text):  # most texts, and there may be 100,000
        return text
    text = plain(text)
    pairs = [mark for mark in _IN_PAIRS if text.count(mark) > 1]
    parts, position = [], 0
    for begin, end in (*_verbatim_spans(text), (len(text), len(text))):
        words = _SPECIAL.sub(_escaped, text[position:begin])
        for mark in pairs:
            words = words.replace(mark, f"\\{mark}")
        parts += [words, text[begin:end]]
        position = end
    return _behind_bullet("".join(parts))


def _is_special(text: str) -> bool:
    """Whether *text*, of harmless characters, may be more than that: an address, an id, a space."""
    if "  " in text or text[-1] == " " or "//" in text:
        return True
    if _SEVEN in text.encode().translate(_HEXADECIMAL):
        return True
    if "." in text and _SITE.search(text):
        return True
    return "-" in text and _ISSUE.search(text) is not None


def _verbatim_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of what is left as it is: code spans and bare addresses."""
    position = 0
    for begin, end in _code_spans(text):
        yield from _addresses(text, position, begin)
        yield begin, end
        position = end
    yield from _addresses(text, position, len(text))


def _addresses(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the addresses that a forge takes for one as a whole, and that no tracker notes."""
    for match in _ADDRESS.finditer(text, begin, end):
        # a code span behind it is none then, and a < is no end once it is escaped
        goes_on = match.end() < len(text) and not text[match.end()].isspace()
        if goes_on or _ENTITY.search(match[0]) or _TRACKED.search(match[0]):
            continue
        if _PLAIN_ADDRESS.fullmatch(match[0]):
            yield match.span()


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code begins and ends: between two runs of backticks of the same length."""
    if "`" not in text:
        return
    runs = [run.span() for run in _TICKS.finditer(text)]
    closing: dict[int, int] = {}  # length to the number of the next run of that length
    partners = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        partners[number] = closing.get(length, 0)
        closing[length] = number
    number = 0
    while number < len(runs):
        if partner := partners[number]:
            yield runs[number][0], runs[partner][1]
            number = partner
        number += 1


def plain(text: str) -> str:
    """Return *text* on one line and without control characters, otherwise as it is."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _escaped(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "inert":
            return f"{match[0]}{_NOTHING}"
        case "entity":
            return "&amp;"
        case "tag":
            return "&lt;"
        case _:
            return "".join(f"\\{character}" for character in match[0])


def _behind_bullet(text: str) -> str:
    """Keep the beginning of an entry from being a heading, a quote or a list of its own."""
    match = _BLOCK.match(text)
    if match is None:
        return text
    if match[0].isdigit():
        return f"{match[0]}\\{text[match.end() :]}"
    return f"\\{text}"
