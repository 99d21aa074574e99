"""Every way a secret is written on its way through URLs, HTML, JSON, headers and error texts."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from releasio.rules.credentials.secret_core import core_of, pieces_in
from releasio.text.invisible import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EDGE = 10  # as many letters of the begin or the end tell a piece
_SHORTEST = 6  # anything shorter would blank out parts of ordinary words
_SHORTEST_ALONE = 3  # and this short, ordinary words
_LONGEST = 4_000  # letters, beyond which not every one of them is looked for in every spelling
_NO_SECRET = 50_000  # letters, beyond which a text is looked for by its begin and end only
# what may come between two letters: what moves, colours or breaks a line, also as an escape
# a run of backslashes, from its begin
_SLASHES = r"(?<!\\)(?<!%5[cC])(?<!%255[cC])(?:\\|%(?:25)*5[cC])++"
_BREAK = re.compile(
    rf"(?:\x1b|{_SLASHES}(?:x1[bB]|u001[bB]|033|e)|%(?:25)*1[bB])"
    r"(?:\[|%(?:25)*5[bB])[0-?]*[ -/]*[@-~]"
    rf"|{_SLASHES}(?:[abfnrtv]|x[01][0-9A-Fa-f]|u00[01][0-9A-Fa-f]|0(?:[0-3][0-7])?)"
    r"|%(?:25)*(?:[01][0-9A-Fa-f]|20|7[fF])|&(?:amp;)*#(?:0*(?:9|1[03])|[xX]0*[9aAdD]);"
    rf"|[\x00-\x20\x7f-\x9f{ALL}]"
)
# before the secret in a Basic header; others are found by the secret alone
_USERS = ("__token__:", "x-access-token:", "")
_IN_BASE64 = {"+": r"(?:[+\-]|%2[bB])", "/": r"(?:\\?/|_|%2[fF])"}
_ONE = r"(?:[A-Za-z0-9+/_-]|%2[bBfF])"  # a letter of base64
_PADDING = r"(?:=|%3[dD]){0,2}"
# how escapes begin and end, which may be in a URL themselves
_AND = "(?:&|%(?:25)*26)(?:amp(?:;|%(?:25)*3[bB]))*"
_HASH = "(?:#|%(?:25)*23)"
_END = "(?:;|%(?:25)*3[bB])"
_BACKSLASH = r"(?:\\|%(?:25)*5[cC])"
_SHORT = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
_BYTE = 0x100
_PLANE = 0x10000


def found_in(text: str, secrets: tuple[str, ...]) -> list[tuple[int, int]]:
    """
    Return where in *text* a secret or a piece of one stands, however it is written.

    As it is, with any of its characters as URLs, HTML, JSON and Python escape
    them, in hexadecimal, and in base64 of any alphabet, also in the middle of
    something longer, such as a Basic header; also where line breaks, control
    characters or colours were put between its letters. A piece is known by its
    first or last letters: many a message shortens what it quotes.

    Returns:
        Begin and end of each place, in order; none touches another.
    """
    places = [*_places(text, secrets)]
    positions = _unbroken_positions(text)
    if len(positions) < len(text):
        joined = "".join(text[at] for at in positions)
        places += [
            (positions[begin], positions[end - 1] + 1) for begin, end in _places(joined, secrets)
        ]
    places += pieces_in(text, secrets)
    return _united(places)


def _unbroken_positions(text: str) -> list[int]:
    """Return where the letters stand that belong to no break."""
    positions: list[int] = []
    at = 0
    for match in _BREAK.finditer(text):
        positions += range(at, match.start())
        at = match.end()
    return [*positions, *range(at, len(text))]


def _places(text: str, secrets: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    if pattern := _pattern_of(secrets):
        yield from (at.span() for at in pattern.finditer(text))
    for form in _forms_of(secrets):
        yield from _pieces(text, form)


def _united(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *places* in order, those that meet as one."""
    united: list[tuple[int, int]] = []
    for begin, end in sorted(places):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((begin, end))
    return united


@lru_cache(maxsize=64)
def _pattern_of(texts: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds each of *texts* whole; `None` if there is none."""
    secrets = [text for text in texts if len(text) <= _NO_SECRET]
    parts = {part for text in secrets for part in (text, *text.splitlines()) if part.strip()}
    longest_first = sorted(parts, key=len, reverse=True)
    ways = [way for part in longest_first for way in _ways(part)]
    return re.compile("|".join(ways)) if ways else None


def _ways(text: str) -> list[str]:
    if len(text) > _LONGEST:
        return [re.escape(text), *_encoded(text)]
    if len(text) >= _SHORTEST:
        return [_letters(text), *_encoded(text)]
    alone = rf"(?<![^\W_]){_letters(text)}(?![^\W_])"  # it may be part of many a word
    return [alone] if len(text) >= _SHORTEST_ALONE else []


@lru_cache(maxsize=64)
def _forms_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the usual spellings of *texts*, to find pieces of them by; each longer than `EDGE`."""
    forms: dict[str, None] = {}
    for text in dict.fromkeys([*texts, *(_BREAK.sub("", text) for text in texts)]):
        data = _bytes(text, "surrogatepass")
        forms |= dict.fromkeys([text, quote(data, safe=""), *(core_of(data, n) for n in range(3))])
    url_safe = [form.translate(str.maketrans("+/", "-_")) for form in forms]
    return tuple(form for form in dict.fromkeys([*forms, *url_safe]) if len(form) > EDGE)


def _pieces(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Find what was cut off *form* at its end, and at its begin."""
    at = text.find(form[:EDGE])
    while at >= 0:
        end = at + _common_length(text[at : at + len(form)], form)
        yield at, end
        at = text.find(form[:EDGE], end)
    at = text.find(form[-EDGE:])
    while at >= 0:
        end = at + EDGE
        yield end - _common_length(text[max(0, end - len(form)) : end][::-1], form[::-1]), end
        at = text.find(form[-EDGE:], end)


def _common_length(first: str, second: str) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))


def _letters(text: str) -> str:
    # a status line drops what is not ASCII, and we what breaks; enough must be left to know it by
    lossy = sum(letter.isascii() and not _BREAK.match(letter) for letter in text) >= _SHORTEST
    single = re.sub(r"\\+", r"\\", text)  # as one, they cannot be told apart in many ways
    predecessors = ["", *single]
    return "".join(
        _letter(letter, lossy=lossy, escaped=predecessor == "\\")
        for predecessor, letter in zip(predecessors, single, strict=False)
    )


def _letter(letter: str, *, lossy: bool, escaped: bool) -> str:
    """Return a pattern for one character and its escapes; *escaped*: after a backslash."""
    if letter.isascii() and letter.isalnum():
        return letter  # nothing escapes these
    if letter == "\\":
        return f"(?:{_BACKSLASH}|{'|'.join(_in_html(letter))})++"
    code = _in_code(letter, "" if escaped else f"{_BACKSLASH}++")
    ways = [re.escape(letter), *_in_url(letter), *_in_html(letter), *code]
    if letter.isascii():
        optional = "?" if lossy and _BREAK.match(letter) else ""
        return f"(?:{'|'.join(dict.fromkeys(ways))}){optional}"
    misread = "".join(re.escape(chr(byte)) for byte in _bytes(letter, "surrogatepass"))
    ways += [misread, r"[?\ufffd]{1,4}"]
    return f"(?:{'|'.join(dict.fromkeys(ways))}){'?' if lossy else ''}"


def _in_url(letter: str) -> list[str]:
    # a value that goes through two URLs is escaped twice
    ways = ["".join(f"%(?:25)*{_hex(byte)}" for byte in _bytes(letter, "surrogatepass"))]
    if "\udc80" <= letter <= "\udcff":
        ways.append("".join(f"%(?:25)*{_hex(byte)}" for byte in _bytes(letter, "surrogateescape")))
    return [*ways, r"\+"] if letter == " " else ways


def _in_html(letter: str) -> list[str]:
    name = escape(letter).strip("&;") if escape(letter) != letter else ""
    number = ord(letter)
    ways = [f"{_AND}{_HASH}0*{number}{_END}", f"{_AND}{_HASH}[xX]0*(?i:{number:x}){_END}"]
    return [*ways, f"{_AND}{name}{_END}"] if name else ways


def _in_code(letter: str, back: str) -> list[str]:
    number = ord(letter)
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    ways = ["".join(rf"{back}u(?i:{units[at : at + 4]})" for at in range(0, len(units), 4))]
    if number < _BYTE:
        ways.append(rf"{back}x{_hex(number)}")
    if number >= _PLANE:
        ways.append(rf"{back}U(?i:{number:08x})")
    if letter in _SHORT:
        ways.append(rf"{back}{_SHORT[letter]}")
    if letter in "\"'/`":
        inner = "|".join([re.escape(letter), *_in_url(letter), *_in_html(letter)])
        ways.append(f"{back}(?:{inner})")
    return ways


def _encoded(text: str) -> list[str]:
    """Return patterns for *text* in base64 and hexadecimal."""
    data = _bytes(text, "surrogatepass")
    whole = [_in_base64(base64.b64encode(user.encode() + data).decode()) for user in _USERS]
    inside = [_inside(data, before) for before in range(3)]
    return [*whole, *inside, "".join(_hex(byte) for byte in data)]


def _inside(data: bytes, before: int) -> str:
    """Return a pattern for base64 in which *data* stands *before* bytes after a multiple of 3."""
    # the letters on the edge belong to what stands beside it, too
    begins = _ONE if before else ""
    ends = f"{_ONE}?" if (before + len(data)) % 3 else ""
    return f"{begins}{_translated(core_of(data, before))}{ends}{_PADDING}"


def _in_base64(letters: str) -> str:
    return f"{_translated(letters.rstrip('='))}{_PADDING}"


def _translated(letters: str) -> str:
    return "".join(_IN_BASE64.get(letter, letter) for letter in letters)


def _bytes(text: str, errors: str) -> bytes:
    return text.encode(errors=errors)


def _hex(byte: int) -> str:
    return f"(?i:{byte:02x})"
