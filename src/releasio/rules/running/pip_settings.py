"""What pip was told about indexes, in uv's words, and what it cannot use of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from releasio.rules.running.environment import INDIFFERENT
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORDS = {
    "cert": "SSL_CERT_FILE",
    "constraint": "UV_CONSTRAINT",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
}
_BETWEEN = {"UV_FIND_LINKS": ","}  # else white space, as pip has it
_PATIENCE = frozenset({"default-timeout", "retries", "timeout"})
# what pip says of a value it cannot use, and of which option
_REFUSED = (
    pattern(r"option (?P<option>[\w-]+): (?P<why>invalid .*?)\. Check your pip configuration"),
    pattern(r"(?P<why>\S+ is not a valid value) for (?P<option>[\w-]+) option"),
    pattern(r"Could not open (?:constraint|requirements) file: (?P<why>.*)(?P<option>)"),
)
# pip takes the best version of all its indexes, and reads none of uv's files
_AS_PIP = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_CONFIG": "1"}


class PipSetting(NamedTuple):
    """What pip was told: its text, and the variable or the line of a file that says so."""

    text: str
    place: str


def refused_setting(
    settings: Mapping[str, PipSetting], lines: Sequence[str]
) -> tuple[str, str] | None:
    """
    Return the place of a setting that pip cannot use, and why; None: it is not the settings.

    Args:
        settings: pip's options by their long names, without dashes.
        lines: The last lines that pip or uv printed when it failed.
    """
    for option in ("index-url", "extra-index-url"):
        setting = settings.get(option)
        for address in setting.text.split() if setting else ():
            if setting and (flaw := _address_flaw(address)):
                return setting.place, flaw
    text = " ".join(" ".join(lines).split())
    for refusal in _REFUSED:
        if match := refusal.search(text):
            setting = settings.get(match["option"] or "constraint")
            return (setting.place, match["why"]) if setting else None
    return None


def _address_flaw(address: str) -> str:
    """Return why pip takes no pages from *address*; empty: it does. No login is shown."""
    shown = "its address" if "@" in address else address
    try:
        parts = urlsplit(address)
        is_nowhere = parts.scheme in {"http", "https"} and not parts.hostname
        is_malformed = parts.port == 0
    except ValueError:  # its words may have a part of a password
        is_nowhere, is_malformed = False, True
    if is_malformed:
        return f"host or port of {shown} is malformed"
    if is_nowhere:
        return f"{shown} names no host"
    return "" if parts.scheme or address.startswith("/") else f"{shown} is not a URL"


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
