"""A string that does not print, and the redactor that keeps it out of other strings."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "***"
_PART = "[A-Za-z0-9_-]"
# what looks like a token wherever it comes from: of PyPI, also in the base64 of a Basic header,
# of GitHub, of GitLab, and what a CI or Google signs; the latter's whole first part, so that a
# text of nothing but its beginnings takes no long time
_WELL_KNOWN = pattern(
    r"pypi-Ag[A-Za-z0-9_=-]{16,}"
    r"|X190b2tlbl9fOnB5cGkt[A-Za-z0-9+/_=-]{16,}"
    r"|gh[pousr]_[A-Za-z0-9_]{30,}|github_pat_[A-Za-z0-9_]{30,}"
    rf"|gl(?:pat|cbt|dt)-{_PART}{{20,}}(?:\.[A-Za-z0-9]{{2,}})*"
    rf"|(?<!{_PART})(?={_PART}*?eyJ){_PART}++\.eyJ{_PART}++(?:\.{_PART}*+)?"
)
# one of them is in all that it matches, and they are found faster
_BEGINNINGS = (
    *("pypi-Ag", "X190b2tlbl9fOnB5cGkt", "github_pat_", "eyJ"),
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "glcbt-", "gldt-"),
)


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
    """
    Return *text* with every spelling of every secret, and what is cut off one, as `***`.

    Whatever looks like a token of an index, a forge or a CI is hidden, too, though it is
    none of *secrets*: a program may print one that it never gave us.
    """
    texts = tuple(secret.reveal() for secret in secrets)
    blanked = _blanked(text, texts) if texts and text else text
    if not any(beginning in blanked for beginning in _BEGINNINGS):  # every match has one of them
        return blanked
    return _WELL_KNOWN.sub(HIDDEN, blanked)


def _blanked(text: str, secrets: tuple[str, ...]) -> str:
    from releasio.rules.credentials import redaction

    parts, at = [], 0
    for begin, end in redaction.found_in(text, secrets):
        parts += [text[at:begin], HIDDEN]
        at = end
    return "".join([*parts, text[at:]])
