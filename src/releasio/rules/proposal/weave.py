"""What a text becomes that was generated again after somebody had edited it: line by line."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ALIKE = 0.6  # of two lines: one is the other, reworded
_MOST = 400  # lines of a block that are compared each with each


@frozen
class Woven:
    """
    A text with the changes of both sides.

    Attributes:
        text: It ends with a line feed, or is empty.
        kept: Lines that both sides changed, and that are as people wrote them: what was generated
            first, each without surrounding blank space.
    """

    text: str
    kept: tuple[str, ...] = ()


def weave(generated: str | None, edited: str, new: str) -> Woven:
    """
    Return *edited* with what is different in *new* than in *generated*.

    Unlike the merge of git, neighbouring lines have nothing to do with each other: an entry that
    comes in below one that somebody reworded is no conflict. What people changed stays as they
    have it, deleted lines stay deleted, and no line comes in twice. Line ends become line feeds.

    Args:
        generated: What *edited* was made from; None: nobody knows, and both are kept.
        edited: What people made of it.
        new: What is generated now.
    """
    people, ours = _lines(edited), _lines(new)
    base = [*_common(people, ours)] if generated is None else _lines(generated)
    if ours in (people, base):
        return Woven(_text(people))
    begin, end = _alike(base, people, ours)
    woven = _weave(*(lines[begin : len(lines) - end] for lines in (base, people, ours)))
    return Woven(_text(base[:begin]) + woven.text + _text(base[len(base) - end :]), woven.kept)


def _weave(base: Sequence[str], people: Sequence[str], ours: Sequence[str]) -> Woven:
    theirs, news = _Changes.of(base, people, by_people=True), _Changes.of(base, ours)
    added_by_people = set(Counter(map(str.strip, people)) - Counter(map(str.strip, base)))
    lines: list[str] = []
    kept: list[str] = []
    for number in range(len(base) + 1):
        lines += theirs.before.get(number, [])
        if news.before.get(number) != theirs.before.get(number):
            lines += _unknown(news.before.get(number, []), added_by_people)
        if number == len(base):
            break
        line = base[number]
        if number in theirs.instead:
            lines += theirs.instead[number]
            if news.instead.get(number, theirs.instead[number]) != theirs.instead[number]:
                kept.append(line.strip())
        else:
            lines += news.instead.get(number, [line])
        lines += theirs.after.get(number, [])
        if news.after.get(number) != theirs.after.get(number):
            lines += _unknown(news.after.get(number, []), added_by_people)
    return Woven(_text(lines), tuple(filter(None, kept)))


@frozen
class _Changes:
    """
    How a text differs from its base, by the numbers of the base's lines.

    Attributes:
        before: Lines that come in before a line; the last number is that of the end.
        instead: Lines that stand for one; empty: it is gone.
        after: Lines that stand for it, or for those before it, and resemble none of them.
    """

    before: Mapping[int, list[str]]
    instead: Mapping[int, list[str]]
    after: Mapping[int, list[str]]

    @classmethod
    def of(cls, base: Sequence[str], text: Sequence[str], *, by_people: bool = False) -> _Changes:
        before: dict[int, list[str]] = defaultdict(list)
        instead: dict[int, list[str]] = {}
        after: dict[int, list[str]] = {}
        matcher = SequenceMatcher(None, base, text, autojunk=False)
        for kind, begin, end, text_begin, text_end in matcher.get_opcodes():
            if kind == "equal":
                continue
            at = text_begin
            # who writes a line anew means the same entry; what is generated anew is another one
            is_reworded = by_people and end - begin == text_end - text_begin
            for number in range(begin, end):
                fitting = at if is_reworded else _fitting(base[number], text, at, text_end)
                if fitting is None:
                    instead[number] = []
                    continue
                before[number] += text[at:fitting]
                instead[number] = [text[fitting]]
                at = fitting + 1
            if kind == "insert":
                before[end] += text[at:text_end]
            elif at < text_end:
                after[end - 1] = list(text[at:text_end])
        return cls({number: lines for number, lines in before.items() if lines}, instead, after)


def _fitting(line: str, text: Sequence[str], begin: int, end: int) -> int | None:
    """Return which of the lines from *begin* to *end* is *line* in other words."""
    if not line.strip() or end - begin > _MOST:
        return None
    for number in range(begin, end):
        matcher = SequenceMatcher(None, line, text[number], autojunk=False)
        if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            return number
    return None


def _alike(*texts: Sequence[str]) -> tuple[int, int]:
    """Return how many lines are the same in all at the begin, and of the others at the end."""
    shortest = min(map(len, texts))
    begin = next((n for n in range(shortest) if len({text[n] for text in texts}) > 1), shortest)
    end = next(
        (n for n in range(shortest - begin) if len({text[-1 - n] for text in texts}) > 1),
        shortest - begin,
    )
    return begin, end


def _unknown(lines: Sequence[str], known: set[str]) -> list[str]:
    """Return *lines* without those that are *known*; blank ones do not come in alone."""
    unknown = [line for line in lines if not line.strip() or line.strip() not in known]
    return unknown if any(line.strip() for line in unknown) else []


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for begin, _, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield from one[begin : begin + size]


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").rstrip("\n").split("\n") if text.strip() else []
