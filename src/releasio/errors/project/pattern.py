"""Expressions of the settings, run over the text of commits."""

from __future__ import annotations

from releasio.errors.base import USAGE, ReleasioError


class PatternTooSlow(ReleasioError):
    """
    A regular expression of the settings does not come to an end on the text of a commit.

    An expression such as `(?:a|aa)+$` tries every way to divide a text, and their number doubles
    with each letter. Write it so that no repeated part can match in two ways, and bind it
    to the beginning of the text where that is meant.
    """

    code = "pattern-too-slow"
    exit_code = USAGE

    def __init__(self, key: str, pattern: str, *, text: str, seconds: float) -> None:
        begin = " ".join(text[:200].split())
        shown = f"{begin[:60]}..." if len(begin) > 60 else begin  # noqa: PLR2004 -- as a subject
        super().__init__(
            f"`{key}` was not done after {seconds:g} seconds of work on one text, which begins "
            f"with: {shown}",
            hint=f"Simplify the expression {pattern!r}: a part that is repeated must not match "
            "the same text in several ways.",
        )
