"""Sentences with gaps, which the values of an error fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.text.command_line import quoted
from releasio.text.listing import listed, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LINES = 10  # of a child's output that are shown


def indented(lines: Sequence[str]) -> str:
    """Return the last *lines* of a child's output, set off from the sentence before them."""
    shown = [line for line in lines if line.strip()][-_LINES:]
    return "".join(f"\n    {line}" for line in shown)


WAYS: dict[str, Callable[[Any], str]] = {
    "listed": listed,  # a, b and c; of many the first
    "shortened": shortened,  # a, b, c and 4 more
    "joined": ", ".join,
    "and": " and ".join,
    "or": " or ".join,
    "shell": quoted,  # one word of a command line
    "indented": indented,
}


def filled(template: str, owner: object) -> str:
    """
    Return *template* with attributes of *owner* in its gaps; what they hold stays as it is.

    Args:
        template: A format string: `{tag}`, `{path!r}`, `{commit:.8}`. A gap may also name one of
            `WAYS`, `{files:listed}`, or choose words:
            `{branch:?on %s|on no branch}` is the first where there is a value, which 0 is and an
            empty text is not, else the second;
            `{files:/is/are}` is the first where there is one of them, and may say how many: `%d`;
            `{files:#file}` is `1 file` or `3 files`. One that begins with a line end is a
            paragraph: its lines are joined by blanks.
        owner: Has the attributes.
    """
    folded = " ".join(template.split()) if template.startswith("\n") else template
    return folded.format_map(_Gaps(owner))


class _Gaps:
    def __init__(self, owner: object) -> None:
        self._owner = owner

    def __getitem__(self, name: str) -> _Gap:
        return _Gap(getattr(self._owner, name))


class _Gap:
    def __init__(self, value: object) -> None:
        self._value: Any = value  # what its way takes

    def __repr__(self) -> str:
        return repr(self._value)

    def __format__(self, way: str) -> str:
        if way in WAYS:
            return WAYS[way](self._value)
        match way[:1], way[1:]:
            case "?", words:
                some, _, none = words.partition("|")
                if self._value is None or self._value is False or self._value == "":
                    return none
                return some % self._value if "%" in some else some
            case "/", words:
                one, several = words.split("/")
                chosen = one if self._number == 1 else several
                return chosen % self._number if "%" in chosen else chosen
            case "#", noun:
                return f"{self._number} {noun}{'' if self._number == 1 else 's'}"
        return format(self._value, way)

    @property
    def _number(self) -> int:
        return self._value if isinstance(self._value, int) else len(self._value)
