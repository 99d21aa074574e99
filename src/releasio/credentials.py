"""
What a source of credentials in another package is written with.

A source is a function that takes a `Question` and returns a `Token` or `NotHere`, or
raises `Refused`. Its package names it as an entry point of the group
`releasio.credentials`. What is in this module stays as it is until releasio 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.credentials.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["NotHere", "Question", "Refused", "Secret", "Token"]


@dataclass(frozen=True)
class Question:
    """
    What a credential is wanted for.

    Attributes:
        registry: The index's name in the settings, such as `pypi`.
        url: The address files are uploaded to.
        project: What is to be uploaded.
        user: The user name that goes with a token; `__token__` for PyPI.
        env: The process environment.
    """

    registry: str
    url: str
    project: str
    user: str
    env: Mapping[str, str]


class Token:
    """
    A token or password.

    Args:
        secret: The text; it is hidden from now on.
        user: The user name that goes with it; `None`: the question's.
        expires: When the index stops taking it (aware); `None`: not known, or never.
            releasio asks again before that.
    """

    def __init__(
        self, secret: str | Secret, *, user: str | None = None, expires: datetime | None = None
    ) -> None:
        self.secret = secret if isinstance(secret, Secret) else Secret(secret)
        self.user = user
        self.expires = expires


@dataclass(frozen=True)
class NotHere:
    """The source does not apply; *reason* says why, in some words without a full stop."""

    reason: str


class Refused(Exception):
    """
    The source applies, and gives nothing.

    Args:
        reason: Why, in some words without a full stop. It is shown: no secret in it.
        fix: What to do about it, in a sentence.
    """

    def __init__(self, reason: str, fix: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.fix = fix
