"""Errors about the places that credentials come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.credential import CredentialRefused
from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class SourceBroken(CredentialRefused):
    """
    A place that credentials are kept in could not be read.

    It is not passed over in silence: the credential you expect to be used may
    be in it. Of an error in a keyring's back end only the kind and the place
    are shown, for its words could hold a secret; the keyring library's own
    words are.
    """

    code = "credential-source-broken"
    message = "{source} could not be read: {problem}"
    hint = "Repair {source}."
    source: str
    problem: str


class KeyringRefused(CredentialRefused):
    """
    The keyring did not take the token that it was to keep.

    The release is complete; only the next one asks for a token again.
    """

    message = "the keyring did not take the token: {problem}"
    hint = "Unlock it, or keep the token by hand: keyring set {url:shell} {user:shell}"
    problem: str
    _: KW_ONLY
    url: str
    user: str


class CommandFailed(CredentialRefused):
    """
    The program of `publish.token_command` gave no token.

    It must print the token, and nothing else, on standard output, and end with
    exit code 0. It is started without a shell: `~`, `$NAME` and pipes mean
    nothing to it. What it printed is never shown; what it said on standard
    error is.
    """

    code = "token-command-failed"
    message = "publish.token_command ({command}) gave no token: {problem}{said:?\n\n%s}"
    command: str
    problem: str
    _: KW_ONLY
    said: str = ""
    hint: str = "Run it by itself; it must print the token and nothing else."


class PluginFailed(CredentialRefused):
    """
    A source of credentials that another package brings gave none.

    It refused, broke down, did not end, or gave something that is no credential. Of an error
    in it only the kind and the place are shown, for its words could hold a
    secret. The package's own documentation knows more.
    """

    code = "credential-plugin-failed"
    message = "the source {name} of {package} gave no credential: {problem}"
    name: str
    package: str
    problem: str
    _: KW_ONLY
    hint: str = "Ask the makers of {package}, or leave {name} out of publish.credentials."


class UnknownCredentialSource(ReleasioError):
    """
    `publish.credentials` names a source that does not exist.

    It is misspelt, or the package that brings it is not installed in the
    environment that releasio runs in.
    """

    exit_code = USAGE
    message = "publish.credentials names {name!r}, and there is no such source"
    hint = """
        {nearest:?Did you mean %s? }There are {known:joined}. A package that brings another one must
        be installed beside releasio."""
    name: str
    _: KW_ONLY
    known: Sequence[str]
    nearest: str
