"""Command lines for people to copy, as their shell takes them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

ON_WINDOWS = sys.platform == "win32"
_PLAIN = pattern(r"[A-Za-z0-9._+/\\:=@-]+")  # means itself to cmd.exe and PowerShell
_MARKS = str.maketrans("", "", "._+/:=@-")  # mean themselves to every shell


def quoted(text: str, *, windows: bool = ON_WINDOWS) -> str:
    r"""
    Return *text* as one word.

    A POSIX shell gets it in single quotes if need be, cmd.exe and PowerShell in
    double quotes: `'` is an ordinary character to the one, and `\` to both.
    """
    if text.isascii() and text.translate(_MARKS).isalnum():
        return text
    if windows:
        return text if _PLAIN.fullmatch(text) else '"{}"'.format(text.replace('"', '""'))
    from shlex import quote

    return quote(text)


def joined(words: Iterable[str], *, windows: bool = ON_WINDOWS) -> str:
    """Return the command line of *words*."""
    return " ".join(quoted(word, windows=windows) for word in words)
