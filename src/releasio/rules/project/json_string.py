"""Where in a JSON document a string stands, found by its keys and not by how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = pattern(r'"((?:[^"\\]|\\.)*)"|[{}\[\]:,]')


def strings_at(text: str, *places: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """
    Yield where the strings at *places* begin and end, without their quotes.

    Args:
        text: The document.
        places: The keys of objects that lead to a string; it is none of an array, nor inside one.
    """
    keys: list[str] = []  # of the objects that are open; empty strings for arrays
    key, is_value = "", False
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[":
                keys.append(key)
                key, is_value = "", False
            case "}" | "]":
                key, is_value = keys.pop() if keys else "", False
            case ":":
                is_value = True
            case ",":
                is_value = False
            case _ if is_value:
                if (*keys[1:], key) in places:
                    yield token.span(1)
            case _:
                key = token[1]
