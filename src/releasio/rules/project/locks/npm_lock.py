"""The package's own entries in a package-lock.json: their versions and nothing else, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = pattern(r'"((?:[^"\\]|\\.)*)"|[{}\[\]:,]')


def set_locked_package(text: str, current: str, version: str, folder: str = "") -> str:
    """
    Return the lock file *text* with *version* where it says that the package is *current*.

    Lock files since npm 7 say it twice: at the top, and for the folder that the package is in.

    Args:
        text: A package-lock.json or npm-shrinkwrap.json.
        current: The version until now, as package.json has it.
        version: The new one.
        folder: The package's, relative to the lock; empty: beside it.

    Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
    """
    own_places: list[tuple[str, ...]] = [("packages", folder, "version")]
    if not folder:
        own_places.append(("version",))
    for begin, end in sorted(_strings(text, own_places), reverse=True):
        if text[begin:end] == current:
            text = f"{text[:begin]}{version}{text[end:]}"
    return text


def _strings(text: str, places: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where the strings at *places*, paths of keys in the JSON *text*, begin and end."""
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
