"""Where a text has a secret: as it is, as text is escaped on its way, or a piece of it."""

from __future__ import annotations

import base64
import html
import json
import re
import sys
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

RUN = 10  # as many letters of a secret in a row tell a piece of it
_SHORTEST = 6  # letters; anything shorter is part of many a word
_SHORTEST_ALONE = 3  # and this short, an ordinary word itself
_DIFFERENT = 4  # letters of a run that differ; anything else is a line or a row of noughts
_HEX = "[0-9A-Fa-f]"
# what goes through two URLs or pages is escaped twice
_BACK = r"(?:\\|%(?:25)*5[cC])++"
_AND = "(?:&|%(?:25)*26)(?:amp(?:;|%(?:25)*3[bB]))*"
_HASH = "(?:#|%(?:25)*23)"
_END = "(?:;|%(?:25)*3[bB])"
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&", "shy": ""}
# colours and moves; then escapes of programs, HTML and URLs; then what nothing escapes
_UNIT = re.compile(
    rf"(?:\x1b|{_BACK}(?:x1[bB]|u001[bB]|033|e)|%(?:25)*1[bB])"
    r"(?:\[|%(?:25)*5[bB])[0-?]*[ -/]*[@-~]"
    rf"|{_BACK}(?:x(?P<x>{_HEX}{{2}})|u(?P<u>{_HEX}{{4}})|U{_HEX}{{8}}|0(?:[0-3][0-7])?|[abefnrtv])?"
    rf"|{_AND}(?:{_HASH}(?:(?P<number>[0-9]{{1,7}})|[xX](?P<sign>{_HEX}{{1,6}}))"
    rf"|(?P<name>{'|'.join(_NAMED)})){_END}"
    rf"|%(?:25)*(?P<url>{_HEX}{{2}})"
    r"|(?P<plain>[^\x00-\x20\x7f-\U0010ffff%&\\+?]+|[%&])"
)
# a space may become a plus sign, and anything else a question mark
_KEPT = frozenset(map(chr, range(ord("!"), ord("~") + 1))) - frozenset("\\+?")


class _Skeleton(NamedTuple):
    """The letters that are left of a text, and where each begins and ends in it."""

    letters: str
    begins: list[int]
    ends: list[int]


def found_in(text: str, secrets: tuple[str, ...]) -> list[tuple[int, int]]:
    """
    Return where in *text* a secret or a piece of one stands.

    A piece is `RUN` printable ASCII letters of a secret in a row: as they are or
    escaped as URLs, HTML, JSON and Python escape them, also with line breaks,
    control characters or colours between them; in hexadecimal; or in base64, also
    in the middle of something longer, such as a Basic header. A secret that has no
    such piece is found where it is whole, in one of its usual spellings; one of
    less than six letters where it stands alone, and of less than three nowhere.

    Returns:
        Begin and end of each place, in order; none touches another.
    """
    whole = (_whole(text, spelling) for secret in secrets for spelling in _spellings(secret))
    return _united([*chain.from_iterable(whole), *_pieces(text, _runs_of(secrets))])


def _united(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *places* in order, those that meet as one."""
    united: list[tuple[int, int]] = []
    for begin, end in sorted(places):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((begin, end))
    return united


@lru_cache(maxsize=256)
def _spellings(secret: str) -> frozenset[str]:
    """Return what *secret* is where it is whole; one that is too short has none."""
    if len(secret) < _SHORTEST_ALONE:
        return frozenset()
    data = secret.encode(errors="surrogatepass")
    standard, for_urls = base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()
    in_urls = (quote(data, safe=""), quote_plus(data), quote(quote(data, safe="")))
    in_programs = (html.escape(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1])
    return frozenset({secret, *in_urls, *in_programs, standard, for_urls, quote(standard, safe="")})


def _whole(text: str, spelling: str) -> Iterator[tuple[int, int]]:
    """Yield where *spelling* is in *text*; a short one counts only where it stands alone."""
    if len(spelling) < _SHORTEST:
        alone = rf"(?<![^\W_]){re.escape(spelling)}(?![^\W_])"
        yield from (match.span() for match in re.finditer(alone, text))
        return
    begin = text.find(spelling)
    while begin >= 0:
        end = begin + len(spelling)
        yield begin, end
        begin = text.find(spelling, end)


def _pieces(text: str, runs: Mapping[int, AbstractSet[str]]) -> Iterator[tuple[int, int]]:
    letters, begins, ends = _skeleton(text)
    for length, ones in runs.items():
        for at in range(len(letters) - length + 1):
            run = letters[at : at + length]
            if run in ones and len(set(run)) >= _DIFFERENT:  # few are: to ask now is cheap
                yield begins[at], ends[at + length - 1]


@lru_cache(maxsize=64)
def _runs_of(secrets: tuple[str, ...]) -> Mapping[int, AbstractSet[str]]:
    """Return the runs of all *secrets*, by their length."""
    by_length: dict[int, set[str]] = {}
    for secret in secrets:
        for length, runs in _runs_of_one(secret).items():
            by_length.setdefault(length, set()).update(runs)
    return by_length


@lru_cache(maxsize=256)
def _runs_of_one(secret: str) -> Mapping[int, AbstractSet[str]]:
    by_length: dict[int, set[str]] = {}
    for form in _forms(secret):
        if len(form) >= _SHORTEST:
            runs = {form[at : at + RUN] for at in range(max(1, len(form) - RUN + 1))}
            by_length.setdefault(min(len(form), RUN), set()).update(runs)
    return by_length


def _forms(secret: str) -> Iterator[str]:
    # its own signs may look like an escape, until something is put between them
    for letters in ("".join(filter(_KEPT.__contains__, secret)), _skeleton(secret).letters):
        if len(letters) >= RUN or letters == secret:
            yield letters
    data = secret.encode(errors="surrogatepass")
    yield from (data.hex(), data.hex().upper())
    for before in range(3):
        core = _core_of(data, before)
        yield from (core.replace("+", ""), core.translate(str.maketrans("+/", "-_")))


def _core_of(data: bytes, before: int) -> str:
    """Return the letters of base64 that *data* alone decides, *before* bytes after its begin."""
    letters = base64.b64encode(bytes(before) + data).decode()
    return letters[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]


def _skeleton(text: str) -> _Skeleton:
    """Return what all spellings of a text have in common: no escape, no break."""
    letters: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for unit in _UNIT.finditer(text):
        begin, end = unit.span()
        if unit["plain"]:
            letters += unit["plain"]
            begins += range(begin, end)
            ends += range(begin + 1, end + 1)
        elif letter := _letter_of(unit):
            letters.append(letter)
            begins.append(begin)
            ends.append(end)
    return _Skeleton("".join(letters), begins, ends)


def _letter_of(unit: re.Match[str]) -> str:
    """Return the letter that an escape stands for; empty if it is none that always remains."""
    if unit["name"]:
        return _NAMED[unit["name"]]
    digits = unit["x"] or unit["u"] or unit["url"] or unit["sign"]
    code = int(digits, 16) if digits else int(unit["number"] or 0)
    letter = chr(min(code, sys.maxunicode))
    return letter if letter in _KEPT else ""
