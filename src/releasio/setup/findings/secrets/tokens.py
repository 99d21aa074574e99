"""Tokens that are not needed, or are for something else."""

from __future__ import annotations

from releasio.setup.finding import Finding


class TokenNotNeeded(Finding):
    """
    A job publishes with a stored token although it could do so without one.

    Trusted publishing trades what the job is for a token of fifteen minutes. A stored one works
    for years, from everywhere, for whoever reads it. Register the job as a publisher, remove the
    token from the workflow, then from the repository's secrets, and then revoke it.
    """

    severity = "warning"
    message = "job {job} publishes to {target} with the token {secret}, and could do so without one"
    why = """
    A stored token works from everywhere until somebody revokes it; trusted publishing has none
    that could leak."""
    fix = """
    Register this job as a publisher, {deed}, then delete the secret {secret} and revoke the token
    at {page}."""
    job: str
    target: str
    secret: str
    deed: str
    page: str


class TokenKept(Finding):
    """
    A token is kept on this machine although the project publishes without one.

    `~/.pypirc` holds it as plain text, for every program that this user runs. If it is not kept
    for an emergency, revoke it and remove it.
    """

    severity = "note"
    message = "[{section}] of ~/.pypirc holds a token for {target}, and {workflow} needs none"
    why = "Whatever runs as this user can read it, and publish with it."
    fix = """
    Revoke it at {page} and remove the section, or keep it in the keyring instead of a file."""
    section: str
    target: str
    workflow: str
    page: str


class TokenInFile(Finding):
    """
    A token stands in a file of the repository.

    Everybody who has ever cloned it has the token, and it stays in the history when the line is
    gone. Revoke it first.
    """

    severity = "error"
    message = "a token of {site} stands in this file, for everybody who has the repository"
    why = """
    It is in the history for good. PyPI revokes tokens that it is told of; until then anybody can
    publish with this one."""
    fix = "Revoke it at {page} now. Then remove it from the file, and publish without a token."
    site: str
    page: str


class PasswordInRepository(Finding):
    """
    A `.pypirc` with a password is part of the repository.

    Everybody who has ever cloned it has the password.
    """

    severity = "error"
    message = "[{section}] of this file has a password, for everybody who has the repository"
    why = "It is in the history for good, and anybody who reads it can publish with it."
    fix = "Change or revoke it now, then `git rm --cached {file}`, and list the file in .gitignore."
    section: str
    file: str


class TokenForAnother(Finding):
    """
    A token is for another index than the one it is kept for.

    PyPI and TestPyPI have accounts and tokens of their own. A token says which one it is of.
    """

    code = "token-for-another-index"
    severity = "error"
    message = "the token in {holder} is for {made_for}, and is kept for {target}"
    why = 'The index answers 403: "Invalid or non-existent authentication information".'
    fix = "Make a token at {page}, or publish without one."
    holder: str
    made_for: str
    target: str
    page: str


class SecretForAnother(Finding):
    """
    A secret is called after another index than the one it is given to.

    PyPI and TestPyPI have accounts and tokens of their own.
    """

    code = "secret-for-another-index"
    severity = "warning"
    message = "job {job} publishes to {target} with {secret}, which is called after {other}"
    why = """
    A token of the other index is refused with 403: "Invalid or non-existent authentication
    information"."""
    fix = "Give it the secret of {target}, or let the names say what they hold."
    job: str
    target: str
    secret: str
    other: str


class UserNotToken(Finding):
    """
    An upload to PyPI is given a user name.

    PyPI and TestPyPI take tokens only, and the user of a token is `__token__`.
    """

    severity = "error"
    message = "job {job} publishes to {target} as {user}; with a token the user is `__token__`"
    why = """
    The index answers 403: "Username/Password authentication is no longer supported. Migrate to API
    Tokens or Trusted Publishers instead"."""
    fix = "Write `__token__`, or leave it out where the tool knows that by itself."
    job: str
    target: str
    user: str


class SecretNotPassed(Finding):
    """
    A called workflow needs a secret that its caller does not pass on.

    Secrets of the repository do not reach a called workflow by themselves. The password is empty
    there.
    """

    severity = "error"
    message = "job {job} calls {callee}, which needs the secret {secret}, and does not pass it"
    why = """
    In the called workflow the secret is empty, so the upload has no password: "Invalid or
    non-existent authentication information", or "password is required"."""
    fix = "Add `{addition}` to the job."
    job: str
    callee: str
    secret: str
    addition: str


class SecretInEnvironment(Finding):
    """
    An upload token is in the environment of more than the upload.

    Every step that has it, with all that it runs, can read it and publish with it: tests, builds
    and actions of others.
    """

    severity = "warning"
    message = "{variable} holds {secret} for {scope}, not for the upload alone"
    why = "Whatever these steps run can read it: tests, build back ends, actions of others."
    fix = "Give it to the step that uploads: `env:` of the step."
    variable: str
    secret: str
    scope: str


class SecretShown(Finding):
    """
    A script prints a secret.

    GitHub hides the exact text in its logs, and nothing else: not a part of it, nor another
    spelling, nor what a program copies elsewhere.
    """

    severity = "warning"
    message = "job {job} prints the secret {secret}"
    why = "Logs are hidden by exact text only; a line break or an encoding shows it."
    fix = """
    Remove the line. To see whether a secret is there, print `${{{{ secrets.{secret} != '' }}}}`."""
    job: str
    secret: str
