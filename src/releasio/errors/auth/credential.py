"""Credentials that are missing, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.base import NO_CREDENTIAL, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class CredentialRefused(ReleasioError):
    """A credential is there, and is sure not to work. The base of all that say why."""

    exit_code = NO_CREDENTIAL


class NoCredential(ReleasioError):
    """
    No source had a credential for the index.

    Every source is asked in turn. One that was refused, or that would apply but for something
    that can be mended, stands first; that others do not apply is normal. `--verbose` lists what
    each one said.
    """

    exit_code = NO_CREDENTIAL
    message = "no credential for {registry}{asked}{detail:?\n\n%s}"
    registry: str
    asked: str  # what the sources answered: the cause first, and all of them where there is none
    answers: tuple[Any, ...]  # for who catches it; nothing is read from them here
    _: KW_ONLY
    detail: str
    hint: str
