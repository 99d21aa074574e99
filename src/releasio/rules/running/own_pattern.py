"""Regular expressions of the project's own, run with a bound over text that anybody writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from releasio.errors.project.pattern import PatternTooSlow

SECONDS = 2.0  # of this process's own work; a text of a megabyte takes hundredths
_REPEATS = pattern(r"[*+{]")


def problem_of(pattern: str) -> str:
    """Return why *pattern* is no expression, in the words of who reads it; empty: it is one."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        return str(problem)
    if not _REPEATS.search(pattern):
        return ""
    import regex  # type: ignore[import-untyped] # as in OwnPattern

    try:
        regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as problem:
        return str(problem)
    return ""


class Match(Protocol):
    """What is read of a match; those of `re` and of `regex` have it."""

    def __getitem__(self, group: str) -> str | None:
        """Return the text of a named group."""
        ...

    def span(self) -> tuple[int, int]:
        """Return where it begins and ends."""
        ...

    def end(self) -> int:
        """Return where it ends."""
        ...


class OwnPattern:
    """
    An expression from the settings, in Python's own syntax; it must be valid.

    One that repeats nothing is as fast as the text is short. All others run with a limit,
    which Python's `re` has not: there the library `regex` takes its place.
    """

    def __init__(
        self, key: str, pattern: str, *, lines: bool = False, any_case: bool = False
    ) -> None:
        """
        Compile *pattern*.

        Args:
            key: The setting it comes from, for the error.
            pattern: The expression.
            lines: Whether `^` and `$` match at each line.
            any_case: Whether it matches in any case.
        """
        self._key, self._pattern = key, pattern
        self._limit: dict[str, float] = {}
        engine: Any = re
        if _REPEATS.search(pattern):
            import regex  # 15 ms, for few projects

            engine, self._limit = regex, {"timeout": SECONDS}
        flags = (re.MULTILINE if lines else 0) | (re.IGNORECASE if any_case else 0)
        self._compiled = engine.compile(pattern, int(flags))
        self.groups: Collection[str] = self._compiled.groupindex.keys()

    def match(self, text: str) -> Match | None:
        """
        Match at the beginning of *text*.

        Raises:
            PatternTooSlow: It takes too long; likewise for the other methods.
        """
        return self._bounded(self._compiled.match, text)

    def search(self, text: str) -> Match | None:
        """Match anywhere in *text*."""
        return self._bounded(self._compiled.search, text)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield begin and end of each match in *text*."""
        try:
            yield from (match.span() for match in self._compiled.finditer(text, **self._limit))
        except TimeoutError:
            raise self._too_slow(text) from None

    def _bounded(self, method: Callable[..., Match | None], text: str) -> Match | None:
        try:
            match: Match | None = method(text, **self._limit)
        except TimeoutError:
            raise self._too_slow(text) from None
        return match

    def _too_slow(self, text: str) -> PatternTooSlow:
        from releasio.errors.project.pattern import PatternTooSlow

        return PatternTooSlow(self._key, self._pattern, text=text, seconds=SECONDS)
