"""What all spellings of a text have in common: its letters, without escapes and breaks."""

from __future__ import annotations

import base64
import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = 10  # as many letters of a secret in a row tell a piece of it
_SHORTEST = 6  # letters of a secret that is told by all of them; fewer are part of many a word
_DIFFERENT = 4  # of which so many differ; anything else is a line or a row of noughts
_HEX = "[0-9A-Fa-f]"
_BACK = r"(?:\\|%(?:25)*5[cC])++"
_AND = "(?:&|%(?:25)*26)(?:amp(?:;|%(?:25)*3[bB]))*"
_HASH = "(?:#|%(?:25)*23)"
_END = "(?:;|%(?:25)*3[bB])"
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&", "shy": ""}
# colours and moves; then escapes of programs, URLs and HTML; then what nothing escapes
_UNIT = re.compile(
    rf"(?:\x1b|{_BACK}(?:x1[bB]|u001[bB]|033|e)|%(?:25)*1[bB])"
    r"(?:\[|%(?:25)*5[bB])[0-?]*[ -/]*[@-~]"
    rf"|{_BACK}(?:x(?P<x>{_HEX}{{2}})|u(?P<u>{_HEX}{{4}})|U{_HEX}{{8}}|0(?:[0-3][0-7])?|[abefnrtv])?"
    rf"|%(?:25)*(?P<url>{_HEX}{{2}})"
    rf"|{_AND}(?:{_HASH}(?:(?P<number>[0-9]{{1,7}})|[xX](?P<sign>{_HEX}{{1,6}}))"
    rf"|(?P<name>{'|'.join(_NAMED)})){_END}"
    r"|(?P<plain>[^\x00-\x20\x7f-\U0010ffff%&\\+?]+|[%&])"
)
# quoted-printable, in which mails are written, and where it breaks lines
_QUOTED = re.compile(rf"=(?:({_HEX}{{2}})|[ \t]*(?:\r?\n|(?:{_BACK}[rn])++))")
# a space may become a plus sign, and anything else a question mark
_KEPT = frozenset(map(chr, range(ord("!"), ord("~") + 1))) - frozenset("\\+?")


class _Skeleton(NamedTuple):
    """The letters that are left of a text, and where each begins and ends in it."""

    letters: str
    begins: list[int]
    ends: list[int]


def pieces_in(text: str, secrets: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """
    Yield begin and end of what in *text* is a piece of a secret, `RUN` letters or more.

    It may be any piece, and be escaped in any way that `spelling` knows, or in
    several of them, quoted-printable included; be broken up; and be in base64 or
    hexadecimal. A secret that is shorter than a piece is found whole.
    """
    runs = _runs_of(secrets)
    lengths = sorted({len(run) for run in runs})
    # in both ways: what an equals sign stands before may be a secret, and no escape
    for read in dict.fromkeys([text, _QUOTED.sub(_in_url, text)]) if runs else ():
        letters, begins, ends = _skeleton(read)
        for length in lengths:
            for at in range(len(letters) - length + 1):
                if letters[at : at + length] in runs:
                    yield begins[at], ends[at + length - 1]


def _in_url(quoted: re.Match[str]) -> str:
    """Return what a URL has for *quoted*, a letter or a break, in as many characters."""
    return f"%{quoted[1]}" if quoted[1] else " " * len(quoted[0])


@lru_cache(maxsize=64)
def _runs_of(secrets: tuple[str, ...]) -> frozenset[str]:
    forms = {form for secret in secrets for form in _forms(secret)}
    runs = {form[at : at + RUN] for form in forms for at in range(len(form) - RUN + 1)}
    short = {text for text in secrets if _SHORTEST <= len(text) < RUN and _KEPT.issuperset(text)}
    return frozenset(run for run in runs | short if len(set(run)) >= _DIFFERENT)


def _forms(secret: str) -> Iterator[str]:
    yield _skeleton(secret).letters
    data = secret.encode(errors="surrogatepass")
    yield from (data.hex(), data.hex().upper())
    for before in range(3):
        core = core_of(data, before)
        yield from (core.replace("+", ""), core.translate(str.maketrans("+/", "-_")))


def core_of(data: bytes, before: int) -> str:
    """Return the letters of base64 that *data* alone decides, *before* bytes after its begin."""
    letters = base64.b64encode(bytes(before) + data).decode()
    return letters[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]


def _skeleton(text: str) -> _Skeleton:
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
