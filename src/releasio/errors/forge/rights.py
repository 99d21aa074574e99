"""Rights that a token lacks, as far as that is known before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import NO_CREDENTIAL, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class RightMissing(ReleasioError):
    """
    The token may not do on the forge what the release needs.

    That was asked before anything was changed. Rights of a job's own token are in the workflow's
    `permissions:`, scopes of a classic token and permissions of a fine-grained one where it was
    made, and nobody's token can do more than the account it belongs to.
    """

    exit_code = NO_CREDENTIAL
    message = "the token from {source} may not {deed} on {forge}: it lacks {right}"
    forge: str
    deed: str
    right: str
    _: KW_ONLY
    source: str
    hint: str
    path: str | None = None
    line: int | None = None
