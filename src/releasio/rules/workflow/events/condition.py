"""The `if` of a job, as far as event and ref decide it; the rest is not guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!(),])"
    r"|(?P<name>[A-Za-z_][\w-]*(?:\s*\.\s*(?:[\w-]+|\*)|\s*\[\s*'[^']*'\s*\])*)"
    r"|(?P<number>-?[0-9.]+))"
)
_WHOLE = re.compile(r"\s*\$\{\{((?:(?!\$\{\{).)*)\}\}\s*", re.DOTALL)
_DEEPEST = 40  # brackets in brackets


@frozen
class _Beginning:
    """A text of which only the beginning is known."""

    text: str


_UNKNOWN = _Beginning("")
_Value = str | bool | float | _Beginning | None


_WITHOUT_ACTION = frozenset({"push", "schedule", "workflow_dispatch"})
_LITERALS: dict[str, _Value] = {"true": True, "false": False, "null": None}


class _NotUnderstoodError(ValueError):
    """The condition is none, or has what is not looked at here."""


def holds(condition: str, event: str, ref: str) -> bool | None:
    """
    Tell whether *condition* holds in a run; None: that depends on what is not known here.

    Args:
        condition: As it is written, with or without `${{ }}`; empty: there is none.
        event: What `github.event_name` is; empty: not known.
        ref: What `github.ref` begins with; empty: not known.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
    """
    whole = _WHOLE.fullmatch(condition)
    text = whole[1] if whole else condition
    if not text.strip():
        return True
    if "${{" in text:
        return None
    try:
        return _truth(_Evaluation(_tokens(text), event, ref).value())
    except _NotUnderstoodError:
        return None


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise _NotUnderstoodError
        tokens.append(match[0].strip())
        place = match.end()
    return tokens


def _truth(value: _Value) -> bool | None:
    if isinstance(value, _Beginning):
        return True if value.text else None
    return bool(value)


class _Evaluation:
    """Goes once through the tokens of a condition."""

    def __init__(self, tokens: list[str], event: str, ref: str) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._event, self._ref = event, ref

    def value(self) -> _Value:
        value = self._either()
        if self._place < len(self._tokens):
            raise _NotUnderstoodError
        return value

    def _next(self, *signs: str) -> str:
        """Return the next token and go on, where it is one of *signs*; else empty."""
        token = self._tokens[self._place] if self._place < len(self._tokens) else ""
        if token and token in signs:
            self._place += 1
            return token
        return ""

    def _either(self) -> _Value:
        value = self._both()
        while self._next("||"):
            value = _or(value, self._both())
        return value

    def _both(self) -> _Value:
        value = self._comparison()
        while self._next("&&"):
            value = _and(value, self._comparison())
        return value

    def _comparison(self) -> _Value:
        value = self._single()
        while sign := self._next("==", "!=", "<", ">", "<=", ">="):
            other = self._single()
            same = _same(value, other) if sign in {"==", "!="} else None
            value = _UNKNOWN if same is None else same == (sign == "==")
        return value

    def _single(self) -> _Value:
        self._depth += 1
        if self._depth > _DEEPEST or self._place >= len(self._tokens):
            raise _NotUnderstoodError
        try:
            return self._read()
        finally:
            self._depth -= 1

    def _read(self) -> _Value:
        if self._next("!"):
            truth = _truth(self._single())
            return _UNKNOWN if truth is None else not truth
        if self._next("("):
            value = self._either()
            if not self._next(")"):
                raise _NotUnderstoodError
            return value
        token = self._tokens[self._place]
        self._place += 1
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if self._next("("):
            return self._call(token.lower())
        return self._name(re.sub(r"\s", "", token).lower())

    def _call(self, name: str) -> _Value:
        values: list[_Value] = []
        while not self._next(")"):
            values.append(self._either())
            self._next(",")
        function = _FUNCTIONS.get(name)
        return function(*values) if function and len(values) in {0, 2} else _UNKNOWN

    def _name(self, name: str) -> _Value:
        return _LITERALS[name] if name in _LITERALS else self._known().get(name, _UNKNOWN)

    def _known(self) -> dict[str, _Value]:
        """Return what is known of this run."""
        values: dict[str, _Value] = {"github.ref": _Beginning(self._ref)}
        if self._ref:
            is_tag = self._ref.startswith("refs/tags/")
            values["github.ref_type"] = "tag" if is_tag else "branch"
        if self._event:
            values["github.event_name"] = self._event
            if self._event in _WITHOUT_ACTION:
                values["github.event.action"] = ""
            if not self._event.startswith("pull_request"):
                values |= {"github.head_ref": "", "github.base_ref": ""}
        return values


def _or(one: _Value, other: _Value) -> _Value:
    truth = _truth(one)
    if truth is None:
        return True if _truth(other) else _UNKNOWN
    return one if truth else other


def _and(one: _Value, other: _Value) -> _Value:
    truth = _truth(one)
    if truth is None:
        return False if _truth(other) is False else _UNKNOWN
    return other if truth else one


def _same(one: _Value, other: _Value) -> bool | None:
    """Tell whether they are equal, as GitHub sees it: without case."""
    if isinstance(one, _Beginning) and isinstance(other, _Beginning):
        return None
    if isinstance(one, _Beginning):
        one, other = other, one
    if isinstance(other, _Beginning):
        if not isinstance(one, str):
            return None
        return None if one.lower().startswith(other.text.lower()) else False
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return one == other if type(one) is type(other) else None


def _starts_with(text: _Value = None, beginning: _Value = None) -> _Value:
    if not isinstance(beginning, str) or not isinstance(text, str | _Beginning):
        return _UNKNOWN
    lower_beginning = beginning.lower()
    if isinstance(text, str):
        return text.lower().startswith(lower_beginning)
    lower_text = text.text.lower()
    if lower_text.startswith(lower_beginning):
        return True
    return _UNKNOWN if lower_beginning.startswith(lower_text) else False


def _contains(text: _Value = None, part: _Value = None) -> _Value:
    if not isinstance(part, str) or not isinstance(text, str | _Beginning):
        return _UNKNOWN
    lower_part = part.lower()
    if isinstance(text, str):
        return lower_part in text.lower()
    if lower_part in text.text.lower():
        return True
    # `refs/tags/` stands at the beginning of a ref, or nobody means it
    return _starts_with(text, part) if lower_part.startswith("refs/") else _UNKNOWN


_FUNCTIONS: dict[str, Callable[..., _Value]] = {
    "startswith": _starts_with,
    "contains": _contains,
    "always": lambda *_: True,
}
