"""A string that does not print, and the redactor that keeps it out of other strings."""

from __future__ import annotations

import base64
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "***"
_SHORTEST = 6  # anything shorter would blank out ordinary words


class Secret:
    """
    A credential. Only `reveal()` gives the text; everything else shows `***`.

    It does not pickle, format or compare to strings, so it cannot slip into a
    log, an exception or a file by accident.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one request that needs it."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({HIDDEN!r})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __reduce__(self) -> str:
        msg = "a Secret does not pickle"
        raise TypeError(msg)


def stray(secret: Secret, *, token: bool) -> str:
    """
    Say what is in *secret* that cannot be part of it; empty when nothing is.

    A token is printable ASCII without blanks. A password may have blanks and
    letters of any language, but nothing that commands a terminal.
    """
    for letter in secret.reveal():
        if letter in "\r\n\u2028\u2029":
            return "a line break"
        if unicodedata.category(letter) == "Cc":
            return "a control character"
        if token and letter.isspace():
            return "a space"
        if (token and not letter.isascii()) or unicodedata.category(letter) == "Cs":
            return "a character that is not ASCII"
    return ""


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """Return *text* with every spelling of every secret replaced by `***`."""
    for spelling in sorted(
        {s for secret in secrets for s in spellings(secret)}, key=len, reverse=True
    ):
        text = text.replace(spelling, HIDDEN)
    return text


def spellings(secret: Secret) -> set[str]:
    """
    Return the forms a secret travels in.

    Raw, URL-encoded, as HTML and JSON write it, base64, and in a Basic header.
    """
    import json  # noqa: PLC0415 -- 3 ms, and most runs hold no secret
    from html import escape  # noqa: PLC0415 -- the same

    raw = secret.reveal()
    if len(raw) < _SHORTEST:
        return set()
    # bytes of the environment that are no text arrive as lone surrogates
    quoted = quote(raw, safe="", errors="surrogatepass")
    forms = {raw, quoted, escape(raw), json.dumps(raw)[1:-1]}
    for user in ("", "__token__:", "x-access-token:"):
        encoded = base64.b64encode(f"{user}{raw}".encode(errors="surrogatepass"))
        forms |= {encoded.decode(), encoded.rstrip(b"=").decode()}
    return forms
