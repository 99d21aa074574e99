"""Where in a TOML document a string stands, found by what it means and not by how it looks."""

from __future__ import annotations

import re
import tomllib
from typing import Any


def toml_or_none(text: str | bytes) -> dict[str, Any] | None:
    """Return what *text* says; `None`: it is no TOML."""
    try:
        return tomllib.loads(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError):
        return None


def value_at(data: object, place: tuple[str, ...]) -> Any:  # noqa: ANN401 -- TOML holds anything
    """Return what *data* has at *place*; `None`: nothing."""
    for key in place:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def string_at(text: str, place: tuple[str, ...]) -> tuple[int, int] | None:
    """
    Return where the string at *place* begins and ends in *text*, without its quotes.

    TOML has many ways to write the same (dotted keys, inline tables, quoted keys)
    and many ways to look like it (comments, multi-line strings), so this tries
    every place where the string stands in quotes and takes the one that changes
    this value and nothing else.

    Returns:
        `None`: there is no string, it is written with escapes, or *text* is no TOML.
    """
    document = toml_or_none(text)
    old = value_at(document, place)
    if not isinstance(old, str):
        return None
    new = f"{old}x"
    value_at(document, place[:-1])[place[-1]] = new
    for match in re.finditer(rf"(?<=[\"']){re.escape(old)}(?=[\"'])", text):
        if toml_or_none(f"{text[: match.start()]}{new}{text[match.end() :]}") == document:
            return match.span()
    return None
