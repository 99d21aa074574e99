"""Expressions of the settings, run over the text of commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class PatternTooSlow(ReleasioError):
    """
    A regular expression of the settings does not come to an end on the text of a commit.

    An expression such as `(?:a|aa)+$` tries every way to divide a text, and their number doubles
    with each letter. Write it so that no repeated part can match in two ways, and bind it
    to the beginning of the text where that is meant.
    """

    exit_code = USAGE
    message = """
        `{key}` was not done after {seconds:g} seconds of work on one text, which begins with:
        {beginning}"""
    hint = """
        Simplify the expression {pattern!r}: a part that is repeated must not match the same text in
        several ways."""
    key: str
    pattern: str
    _: KW_ONLY
    text: str
    seconds: float

    @property
    def beginning(self) -> str:
        """As much of the text as a subject has."""
        begin = " ".join(self.text[:200].split())
        return f"{begin[:60]}..." if begin[60:] else begin
