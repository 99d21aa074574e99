"""Built files that another client refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class TwineRefuses(ReleasioError):
    """
    twine refuses a built file in which releasio sees nothing wrong.

    twine is the reference client for uploads, so it is asked about every file before anything
    is public. One of the two errs; until it is known which, nothing is published. What both
    refuse has an error of its own, and is not repeated here.
    """

    message = "twine refuses {files:listed}, which releasio would take: {words}"
    hint = """
        Correct what twine names, for other tools may read the file as it does. If it is twine that
        errs, upgrade it, or publish.validate_before_publish = false asks neither it nor whether
        descriptions render."""
    files: Sequence[str]
    words: str
