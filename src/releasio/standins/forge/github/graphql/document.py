"""The language of GraphQL, in so far as clients of a forge write it: parsed into values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'(?P<skip>[\s,]+|#[^\n]*)|(?P<text>"(?:\\.|[^"\\])*")'
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
    arguments: dict[str, object]
    selections: tuple[Selection, ...]


@dataclass(frozen=True)
class Spread:
    """What a fragment asks for stands here."""

    fragment: str


Selection = Field | Spread


@dataclass(frozen=True)
class Fragment:
    """What is asked of values of a type."""

    on: str
    selections: tuple[Selection, ...]


@dataclass
class Document:
    """One operation, a `query` or a `mutation`, and fragments by name."""

    kind: str = ""
    selections: tuple[Selection, ...] = ()
    fragments: dict[str, Fragment] = field(default_factory=dict)


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
        document = Document()
        while self._next or not document.kind:
            if self._may_take("fragment"):
                name = self._take()
                self._take("on")
                document.fragments[name] = Fragment(self._take(), self._selections())
                continue
            document.kind = self._take()
            while self._next not in {"{", ""}:  # its name, and the types of its variables
                self._take()
            document.selections = self._selections()
        return document

    def _selections(self) -> tuple[Selection, ...]:
        self._take("{")
        selections: list[Selection] = []
        while not self._may_take("}"):
            is_spread = self._may_take("...")
            selections.append(Spread(self._take()) if is_spread else self._field())
        return tuple(selections)

    def _field(self) -> Field:
        key = name = self._take()
        if self._may_take(":"):
            name = self._take()
        arguments = self._pairs(")") if self._may_take("(") else {}
        selections = self._selections() if self._next == "{" else ()
        return Field(name, key, arguments, selections)

    def _pairs(self, end: str) -> dict[str, object]:
        pairs = {}
        while not self._may_take(end):
            name = self._take()
            self._take(":")
            pairs[name] = self._value()
        return pairs

    def _value(self) -> object:
        word = self._take()
        if word == "$":
            return Variable(self._take())
        if word == "{":
            return self._pairs("}")
        if word[0] in '"-' or word[0].isdigit():
            return json.loads(word)
        return _WORDS.get(word, word)
