"""Where the body of a commit says that something breaks, and where it only seems to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.commits.footers import MARK, Lines
from releasio.rules.commits.own_words import own_words
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from releasio.config.tables.model import CommitsConfig
    from releasio.rules.running.own_pattern import OwnPattern

USUAL = "BREAKING[ -]CHANGE:"

_NEAR = pattern(
    r"[\s>*+_#`-]*(?P<words>breaking(?:[ _-]?changes?)?)[\s!*_`]{0,4}[:#](?P<value>.*)",
    re.IGNORECASE,
)
_FORMS = frozenset({"no", "none", "na", "false"})
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"


class Mark(NamedTuple):
    """A place that says that something breaks, and what it says behind it."""

    start: int
    note: str


class BreakingReading(NamedTuple):
    """The marks of a body in their order, and the kinds of what only looks like one."""

    marks: Sequence[Mark] = ()
    near_misses: Sequence[str] = ()


NOTHING = BreakingReading()

# what a near miss is; behind `1a2b3c4d and 3 others: `
FILLED_IN = "BREAKING CHANGE with `no`, `none`, `n/a`, `false` or a dash is a filled-in form"
EMPTY = "BREAKING CHANGE has no text behind it"
LOWER_CASE = "only BREAKING CHANGE in upper case is a footer"
QUOTED = "BREAKING CHANGE stands in a quotation, in code or in indented text"
IN_A_SENTENCE = "BREAKING CHANGE stands in the middle of a sentence"
NO_FOOTER = "BREAKING stands in the body, but not as a footer `BREAKING CHANGE: ...`"
OTHER_CASE = "commits.breaking_pattern is there in another case only"


class BreakingFooters:
    """
    Finds what breaks, by `commits.breaking_pattern` and `commits.breaking_patterns`.

    The usual pattern is the footer of Conventional Commits: in upper case, at the beginning
    of a line, outside of quotations and code. A pattern of the project's own is searched as
    it is written, anywhere.

    Source: https://www.conventionalcommits.org/en/v1.0.0/#specification, rules 8 to 16
    """

    def __init__(self, settings: CommitsConfig) -> None:
        patterns = dict.fromkeys(settings.breaking_patterns, "commits.breaking_patterns")
        patterns[settings.breaking_pattern] = "commits.breaking_pattern"
        self._usual = USUAL in patterns
        own = [(key, text) for text, key in patterns.items() if text not in {USUAL, ""}]
        self._own: list[OwnPattern] = []
        self._any_case: list[OwnPattern] = []
        if own:
            from releasio.rules.running.own_pattern import OwnPattern

            self._own = [OwnPattern(key, text, lines=True) for key, text in own]
            self._any_case = [OwnPattern(key, text, lines=True, any_case=True) for key, text in own]

    def __call__(self, body: str, entries: Sequence[int] = (), bullet: str = "") -> BreakingReading:
        """
        Return what *body* says, and what it nearly says.

        Args:
            body: What stands below the subject.
            entries: Where the commits begin that a squash merge lists.
            bullet: What stands before each of them.
        """
        usual = self._usual and "breaking" in body.lower()
        if not (usual or self._own):
            return NOTHING
        own_spans: Sequence[tuple[int, int]] = ()
        if self._own:
            spans = [span for pattern in self._own for span in pattern.spans(body)]
            own_spans = list(_without_overlaps(spans))
        if not usual and not own_spans:
            is_near = any(pattern.search(body) for pattern in self._any_case)
            return BreakingReading(near_misses=(OTHER_CASE,)) if is_near else NOTHING
        words = own_words(body)
        lines = Lines(body, words)
        marks = list(_own_marks(body, lines, own_spans, frozenset(entries)))
        if not usual:
            return BreakingReading(marks)
        reader = _Usual(body, words, lines, frozenset(entries), bullet)
        reader.read({mark.start for mark in marks})
        marks = sorted([*marks, *reader.marks])
        no_footer = [NO_FOOTER] if "BREAKING" in body else []
        return BreakingReading(marks, () if marks else reader.near_misses or no_footer)


class _Usual:
    """Reads the lines of one body for footers as the convention has them."""

    def __init__(
        self, body: str, words: str, lines: Lines, entries: Collection[int], bullet: str
    ) -> None:
        self._body, self._words, self._lines = body, words, lines
        self._entries, self._bullet = entries, bullet
        self.marks: list[Mark] = []
        self.near_misses: list[str] = []

    def read(self, own_starts: set[int]) -> None:
        """Find the footers that begin elsewhere than at *own_starts*."""
        start = 0
        for line in self._body.split("\n"):
            if start not in own_starts and (near := _NEAR.match(line)):
                self._read_line(start, near["words"], near["value"])
            start += len(line) + 1

    def _read_line(self, start: int, words: str, value: str) -> None:
        mark = MARK.match(self._words, start)
        if mark is None:
            self.near_misses.append(self._why_not(start, words, value))
            return
        if self._lines.goes_on(start):
            self.near_misses.append(IN_A_SENTENCE)
            return
        note = self._lines.footer(mark.end(), self._entries, self._bullet)
        if not note:
            self.near_misses.append(EMPTY)
        elif _is_form(note):
            self.near_misses.append(FILLED_IN)
        else:
            self.marks.append(Mark(start, note))

    def _why_not(self, start: int, words: str, value: str) -> str:
        if _is_form(value):
            return FILLED_IN
        if MARK.match(self._line(start)):
            return QUOTED
        return NO_FOOTER if words.isupper() else LOWER_CASE

    def _line(self, start: int) -> str:
        end = self._body.find("\n", start)
        return self._body[start : end if end >= 0 else None].lstrip(" >\t")


def _is_form(value: str) -> bool:
    """Whether *value* is `no`, `none`, `n/a`, `false` or a dash, case and punctuation aside."""
    words = value.casefold().strip()
    bare = "".join(character for character in words if character.isalnum())
    return bare in _FORMS or (bool(words) and not words.strip(_DASHES))


def _own_marks(
    body: str, lines: Lines, spans: Sequence[tuple[int, int]], entries: Collection[int]
) -> Iterator[Mark]:
    """Yield the marks of patterns of the project's own; each note ends where the next begins."""
    begins = {body.rfind("\n", 0, start) + 1 for start, _ in spans}
    stops = begins.union(entries)
    following = [*(start for start, _ in spans), None][1:]
    for (start, end), after in zip(spans, following, strict=True):
        if after is not None and "\n" not in body[end:after]:
            yield Mark(start, body[end:after].strip())
        else:
            yield Mark(start, lines.footer(end, stops))


def _without_overlaps(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the *spans* in their order; of two that overlap, the one that begins first."""
    last = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end
