"""Errors about what a token or password is, read before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.credential import CredentialRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY
    from datetime import datetime


class TokenForAnotherIndex(CredentialRefused):
    """
    The API token belongs to another index than the one chosen.

    Tokens of PyPI do not work on TestPyPI and the other way round, and neither
    is ever sent to a third index. The token itself says where it belongs.
    """

    message = "{source} holds a token of {made_for}, but the upload goes to {wanted}"
    hint = "Make a token on {wanted}, or choose the registry {made_for}."
    source: str
    _: KW_ONLY
    made_for: str
    wanted: str


class TokenExpired(CredentialRefused):
    """
    The API token's time is over.

    Tokens minted by trusted publishing live 15 minutes; others until the day
    chosen when they were made.
    """

    message = "{source} holds a token that expired at {expired:%Y-%m-%d %H:%M} UTC"
    hint = "Make a new token, or use trusted publishing, which needs none."
    source: str
    expired: datetime


class TokenForAnotherProject(CredentialRefused):
    """
    The API token may only upload to other projects.

    A token limited to a project cannot create another one either: the first
    release of a new project needs trusted publishing or a token of the whole
    account.
    """

    message = "{source} holds a token for {projects:joined}, not for {project}"
    hint = """
        Make a token for {project}. If {project} does not exist on the index yet, use trusted
        publishing or, once, a token of the whole account."""
    source: str
    _: KW_ONLY
    projects: Sequence[str]
    project: str


class TokenMalformed(CredentialRefused):
    """
    What is given as API token cannot be one.

    A token of PyPI or TestPyPI begins with `pypi-` and is copied as one piece.
    Cut off, quoted or with another secret's text in its place it is refused
    before it is sent.
    """

    message = "what {source} holds is not an API token of {registry}"
    hint = "A token begins with pypi- and is pasted whole, without quotes."
    source: str
    registry: str


class SecretGarbled(CredentialRefused):
    """
    A secret has characters in it that no secret has.

    Mostly a line break or a blank was copied along with it. White space around
    it does no harm and is dropped; in the middle it cannot be told from a part
    that is missing, so nothing is sent.
    """

    message = "{source} has {stray} in the middle of the secret"
    hint = """
        Copy it again in one piece, and set it anew: nothing but the secret itself, on one line."""
    source: str
    stray: str


class SecretOdd(CredentialRefused):
    """
    What stands where a secret is wanted cannot be one.

    Quotation marks were copied along, or it is as long as a file. Nothing is sent.
    """

    message = "what {source} holds is no secret: it {what}"
    hint = "Set it anew: nothing but the secret itself, without quotation marks."
    source: str
    what: str


class PasswordNotTaken(CredentialRefused):
    """
    The index takes no user names and passwords.

    PyPI and TestPyPI take API tokens, whose user name is `__token__`, and
    trusted publishing.
    """

    message = "{source} has user {user!r} with a password, and {registry} takes only tokens"
    hint = "Use an API token as password and __token__ as user name."
    source: str
    user: str
    registry: str
