"""The language of GraphQL, in so far as clients of a forge write it: parsed into values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r'(?P<skip>[\s,]+|#[^\n]*)|(?P<text>"""(?:.|\n)*?"""|"(?:\\.|[^"\\])*")'
    r"|(?P<name>[_A-Za-z][_0-9A-Za-z]*)|(?P<number>-?\d+(?:\.\d+)?)|(?P<mark>\.\.\.|[!$():=\[\]{}])"
)
_WORDS = {"true": True, "false": False, "null": None}


class NotUnderstood(Exception):
    """The text is no document, or one of a kind that nobody here writes."""


@dataclass(frozen=True)
class Variable:
    """A value that comes beside the document."""

    name: str


@dataclass(frozen=True)
class Field:
    """A field that is asked for; `key` is what it is called in the answer."""

    name: str
    key: str
    arguments: dict[str, Any] = field(default_factory=dict)
    selections: tuple[Selection, ...] = ()


@dataclass(frozen=True)
class Spread:
    """A fragment, named or written in place, for values of a type; empty: of any."""

    fragment: str
    on: str = ""
    selections: tuple[Selection, ...] = ()


Selection = Field | Spread


@dataclass(frozen=True)
class Operation:
    """What is done: a `query` or a `mutation`, and the defaults of its variables."""

    kind: str
    name: str
    defaults: dict[str, Any]
    selections: tuple[Selection, ...]


@dataclass(frozen=True)
class Document:
    """Operations and fragments, the latter by name."""

    operations: tuple[Operation, ...]
    fragments: dict[str, Spread]


def parse(text: str) -> Document:
    """
    Return the document that *text* is.

    Raises:
        NotUnderstood: It is none.
    """
    return _Parser(_tokens(text)).document()


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            message = f"unexpected {text[at]!r} at {at}"
            raise NotUnderstood(message)
        at = match.end()
        if match.lastgroup != "skip":
            tokens.append(match.group())
    return tokens


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, expected: str = "") -> str:
        token = self._next
        if not token or (expected and token != expected):
            message = f"expected {expected or 'more'}, found {token or 'the end'}"
            raise NotUnderstood(message)
        self._at += 1
        return token

    def _may_take(self, token: str) -> bool:
        if self._next != token:
            return False
        self._at += 1
        return True

    def document(self) -> Document:
        operations, fragments = [], {}
        while self._next:
            if self._may_take("fragment"):
                name = self._take()
                self._take("on")
                fragments[name] = Spread("", self._take(), self._selections())
            else:
                operations.append(self._operation())
        return Document(tuple(operations), fragments)

    def _operation(self) -> Operation:
        if self._next == "{":
            return Operation("query", "", {}, self._selections())
        kind = self._take()
        name = "" if self._next in {"(", "{"} else self._take()
        defaults: dict[str, Any] = {}
        if self._may_take("("):
            while not self._may_take(")"):
                self._take("$")
                variable = self._take()
                self._type()
                if self._may_take("="):
                    defaults[variable] = self._value()
        return Operation(kind, name, defaults, self._selections())

    def _type(self) -> None:
        self._take(":")
        while self._next in {"[", "]", "!"} or (self._next and self._next[0].isalpha()):
            self._take()

    def _selections(self) -> tuple[Selection, ...]:
        self._take("{")
        selections = []
        while not self._may_take("}"):
            selections.append(self._spread() if self._may_take("...") else self._field())
        return tuple(selections)

    def _spread(self) -> Spread:
        if self._may_take("on"):
            return Spread("", self._take(), self._selections())
        if self._next == "{":
            return Spread("", "", self._selections())
        return Spread(self._take())

    def _field(self) -> Field:
        key = name = self._take()
        if self._may_take(":"):
            name = self._take()
        arguments = {}
        if self._may_take("("):
            while not self._may_take(")"):
                argument = self._take()
                self._take(":")
                arguments[argument] = self._value()
        selections = self._selections() if self._next == "{" else ()
        return Field(name, key, arguments, selections)

    def _value(self) -> Any:  # noqa: ANN401 -- of any type there is
        word = self._take()
        if word == "$":
            return Variable(self._take())
        if word == "[":
            items = []
            while not self._may_take("]"):
                items.append(self._value())
            return items
        if word == "{":
            pairs = {}
            while not self._may_take("}"):
                name = self._take()
                self._take(":")
                pairs[name] = self._value()
            return pairs
        if word.startswith('"""'):
            return word[3:-3].strip()
        if word[0] in '"-' or word[0].isdigit():
            return json.loads(word)
        return _WORDS.get(word, word)
