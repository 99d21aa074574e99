"""Tokens that lie about: in files of the repository, and on this machine; never the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from releasio.rules.credentials.token import TokenFacts


@frozen
class FoundToken:
    """
    A token in a file that git tracks.

    Attributes:
        path: The file, with `/`.
        line: The line.
        facts: What it says about itself.
    """

    path: str
    line: int
    facts: TokenFacts


@frozen
class KeptPassword:
    """
    A section of a `.pypirc`.

    Attributes:
        section: Its name.
        target: `pypi`, `testpypi`, or an address.
        facts: What its token says about itself; None: it is no token.
        path: The file in the repository; empty: it is the one of this user.
    """

    section: str
    target: str
    facts: TokenFacts | None
    path: str = ""


@frozen
class SecretsState:
    """
    What was found.

    Attributes:
        tokens: In files of the repository.
        passwords: In `.pypirc` of the repository and of this user.
    """

    tokens: tuple[FoundToken, ...] = ()
    passwords: tuple[KeptPassword, ...] = ()
