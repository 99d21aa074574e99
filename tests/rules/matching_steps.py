"""Counts the steps in which a backtracking engine, such as Python's, matches an expression."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from re import _constants as op  # type: ignore[attr-defined] # the engine's own words
from re import _parser as parser  # type: ignore[attr-defined] # the same
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Continuation = Callable[[int], bool]
    Node = Any  # a part of an expression, in the engine's own shape

_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
}
_NOT = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}
_ONE_LETTER = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}


def steps_of(pattern: re.Pattern[str], text: str, method: str = "search") -> int:
    """Return the number of steps in which *pattern* finds all that it finds in *text*."""
    with _deep():
        return _Matcher(pattern, text).run(method)


def nodes_of(pattern: re.Pattern[str]) -> list[Any]:
    """Return the parts of *pattern*, as the engine reads them."""
    return list(parser.parse(pattern.pattern, pattern.flags))


@contextmanager
def _deep() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


class _Matcher:
    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._nodes = nodes_of(pattern)
        self._flags = pattern.flags
        self._text = text
        self._groups: dict[int, tuple[int, int]] = {}
        self._steps = 0

    def run(self, method: str) -> int:
        ends: list[int] = []

        def done(place: int) -> bool:
            ends.append(place)
            return method != "fullmatch" or place == len(self._text)

        start = 0
        while start <= len(self._text):
            found = self._follow(self._nodes, 0, start, done)
            if method != "search":
                break
            start = max(ends[-1], start + 1) if found else start + 1
        return self._steps

    def _follow(self, nodes: list[Any], at: int, place: int, then: Continuation) -> bool:
        self._steps += 1
        if at == len(nodes):
            return then(place)
        kind, about = nodes[at]

        def following(end: int) -> bool:
            return self._follow(nodes, at + 1, end, then)

        if kind in _ONE_LETTER:
            return self._fits(kind, about, place) and following(place + 1)
        return bool(getattr(self, f"_{str(kind).lower()}")(about, place, following))

    def _fits(self, kind: Node, about: Node, place: int) -> bool:
        if place >= len(self._text):
            return False
        letter = self._text[place]
        if self._flags & re.IGNORECASE:
            return self._is(kind, about, letter.lower()) or self._is(kind, about, letter.upper())
        return self._is(kind, about, letter)

    def _is(self, kind: Node, about: Node, letter: str) -> bool:  # noqa: PLR0911 -- each kind
        match kind:
            case op.LITERAL:
                return ord(letter) == about
            case op.NOT_LITERAL:
                return ord(letter) != about
            case op.ANY:
                return bool(self._flags & re.DOTALL) or letter != "\n"
            case op.RANGE:
                return bool(about[0] <= ord(letter) <= about[1])
            case op.CATEGORY if about in _NOT:
                return not _CATEGORIES[_NOT[about]](letter)
            case op.CATEGORY:
                return bool(_CATEGORIES[about](letter))
        negated = about[0][0] is op.NEGATE
        return negated != any(self._is(*one, letter) for one in about[negated:])

    def _branch(self, about: Node, place: int, then: Continuation) -> bool:
        return any(self._follow(list(way), 0, place, then) for way in about[1])

    def _subpattern(self, about: Node, place: int, then: Continuation) -> bool:
        group, added, _, inside = about
        flags, self._flags = self._flags, self._flags | added

        def close(end: int) -> bool:
            before = self._groups.get(group)
            self._groups[group] = place, end
            inner, self._flags = self._flags, flags
            if then(end):
                return True
            self._flags = inner
            if before is not None:
                self._groups[group] = before
            return False

        found = self._follow(list(inside), 0, place, close)
        self._flags = flags
        return found

    def _atomic_group(self, about: Node, place: int, then: Continuation) -> bool:
        ends: list[int] = []
        found = self._follow(list(about), 0, place, lambda end: not ends.append(end))
        return found and then(ends[-1])

    def _assert(self, about: Node, place: int, then: Continuation) -> bool:
        return self._looks(about, place) and then(place)

    def _assert_not(self, about: Node, place: int, then: Continuation) -> bool:
        return not self._looks(about, place) and then(place)

    def _looks(self, about: Node, place: int) -> bool:
        direction, inside = about
        begin = place if direction > 0 else place - inside.getwidth()[0]
        return begin >= 0 and self._follow(list(inside), 0, begin, lambda _: True)

    def _groupref(self, about: Node, place: int, then: Continuation) -> bool:
        begin, end = self._groups.get(about, (0, 0))
        self._steps += end - begin
        return self._text.startswith(self._text[begin:end], place) and then(place + end - begin)

    def _at(self, about: Node, place: int, then: Continuation) -> bool:
        before, behind = self._text[place - 1 : place], self._text[place : place + 1]
        lines = bool(self._flags & re.MULTILINE)
        is_word = _CATEGORIES[op.CATEGORY_WORD]
        boundary = bool(before and is_word(before)) != bool(behind and is_word(behind))
        holds = {
            op.AT_BEGINNING: place == 0 or (lines and before == "\n"),
            op.AT_BEGINNING_STRING: place == 0,
            op.AT_END: not behind
            or (lines and behind == "\n")
            or (behind == "\n" and place + 1 == len(self._text)),
            op.AT_END_STRING: not behind,
            op.AT_BOUNDARY: boundary,
            op.AT_NON_BOUNDARY: not boundary,
        }
        return holds[about] and then(place)

    def _max_repeat(self, about: Node, place: int, then: Continuation) -> bool:
        return self._repeat(about, place, then, greedy=True)

    def _min_repeat(self, about: Node, place: int, then: Continuation) -> bool:
        return self._repeat(about, place, then, greedy=False)

    def _possessive_repeat(self, about: Node, place: int, then: Continuation) -> bool:
        ends: list[int] = []
        found = self._repeat(about, place, lambda end: not ends.append(end), greedy=True)
        return found and then(ends[-1])

    def _repeat(self, about: Node, place: int, then: Continuation, *, greedy: bool) -> bool:
        least, most, inside = about
        nodes = list(inside)
        if len(nodes) == 1 and nodes[0][0] in _ONE_LETTER:
            return self._repeat_letter((least, most, nodes), place, then, greedy=greedy)

        def again(count: int, here: int) -> bool:
            def once_more(end: int) -> bool:
                return end > here and again(count + 1, end)

            def inner() -> bool:
                return count < most and self._follow(nodes, 0, here, once_more)

            if count < least:
                return inner()
            return (inner() or then(here)) if greedy else (then(here) or inner())

        return again(0, place)

    def _repeat_letter(self, about: Node, place: int, then: Continuation, *, greedy: bool) -> bool:
        least, most, (node,) = about
        longest = 0
        while longest < most and self._fits(*node, place + longest):
            longest += 1
            self._steps += 1
        if longest < least:
            return False
        counts = range(longest, least - 1, -1) if greedy else range(least, longest + 1)
        for count in counts:
            self._steps += 1
            if then(place + count):
                return True
        return False
