"""Errors about the places that credentials come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.credential import CredentialRefused
from releasio.errors.base import USAGE, ReleasioError
from releasio.text.command_line import joined

if TYPE_CHECKING:
    from collections.abc import Sequence


class SourceBroken(CredentialRefused):
    """
    A place that credentials are kept in could not be read.

    It is not passed over in silence: the credential you expect to be used may
    be in it. Of an error in a keyring's back end only the kind and the place
    are shown, for its words could hold a secret; the keyring library's own
    words are.
    """

    code = "credential-source-broken"

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(
            f"{source} could not be read: {problem}",
            hint=f"Repair {source}.",
        )


class KeyringRefused(CredentialRefused):
    """
    The keyring did not take the token that it was to keep.

    The release is complete; only the next one asks for a token again.
    """

    code = "keyring-refused"

    def __init__(self, problem: str, *, url: str, user: str) -> None:
        super().__init__(
            f"the keyring did not take the token: {problem}",
            hint=f"Unlock it, or keep the token by hand: {joined(['keyring', 'set', url, user])}",
        )


class CommandFailed(CredentialRefused):
    """
    The program of `publish.token_command` gave no token.

    It must print the token, and nothing else, on standard output, and end with
    exit code 0. It is started without a shell: `~`, `$NAME` and pipes mean
    nothing to it. What it printed is never shown; what it said on standard
    error is.
    """

    code = "token-command-failed"

    def __init__(self, command: str, problem: str, *, said: str = "", remedy: str = "") -> None:
        shown = f"\n\n{said}" if said else ""
        super().__init__(
            f"publish.token_command ({command}) gave no token: {problem}{shown}",
            hint=remedy or "Run it by itself; it must print the token and nothing else.",
        )


class PluginFailed(CredentialRefused):
    """
    A source of credentials that another package brings gave none.

    It refused, broke down, did not end, or gave something that is no credential. Of an error
    in it only the kind and the place are shown, for its words could hold a
    secret. The package's own documentation knows more.
    """

    code = "credential-plugin-failed"

    def __init__(self, name: str, package: str, problem: str, *, remedy: str = "") -> None:
        super().__init__(
            f"the source {name} of {package} gave no credential: {problem}",
            hint=remedy
            or f"Ask the makers of {package}, or leave {name} out of publish.credentials.",
        )


class UnknownCredentialSource(ReleasioError):
    """
    `publish.credentials` names a source that does not exist.

    It is misspelt, or the package that brings it is not installed in the
    environment that releasio runs in.
    """

    code = "unknown-credential-source"
    exit_code = USAGE

    def __init__(self, name: str, *, known: Sequence[str], nearest: str) -> None:
        guess = f"Did you mean {nearest}? " if nearest else ""
        super().__init__(
            f"publish.credentials names {name!r}, and there is no such source",
            hint=f"{guess}There are {', '.join(known)}. A package that brings another one must be "
            "installed beside releasio.",
        )
