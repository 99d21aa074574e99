"""What pip was told about indexes, in uv's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.running.environment import INDIFFERENT

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {
    "cert": "SSL_CERT_FILE",
    "constraint": "UV_CONSTRAINT",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
}
_BETWEEN = {"UV_FIND_LINKS": ","}  # else white space, as pip has it
_PATIENCE = frozenset({"default-timeout", "retries", "timeout"})
# pip takes the best version of all its indexes, and reads none of uv's files
_AS_PIP = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_CONFIG": "1"}


def in_words_of_uv(settings: Mapping[str, str]) -> dict[str, str] | None:
    """
    Return the variables that tell uv what *settings* tell pip; empty: nothing.

    None: uv has no word for one of them, or understands it in another way.

    Args:
        settings: pip's options by their long names, without dashes; several values in one text.

    Source: https://docs.astral.sh/uv/reference/environment/
    """
    variables: dict[str, str] = {}
    for option, text in settings.items():
        values = text.split()
        if not values or option in _PATIENCE or _variable(option) in INDIFFERENT:
            continue
        variable = _WORDS.get(option, "")
        if not variable or not all(map(_is_plain, values)):
            return None
        variables[variable] = _BETWEEN.get(variable, " ").join(values)
    return variables | _AS_PIP if variables else {}


def _variable(option: str) -> str:
    return f"PIP_{option.replace('-', '_').upper()}"


def _is_plain(value: str) -> bool:
    """Tell whether both read *value* alike: a URL or an absolute path without a comma."""
    return "," not in value and ("://" in value or value.startswith("/"))
