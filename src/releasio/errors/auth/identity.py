"""Errors about what proves who a CI job is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.credential import CredentialRefused

if TYPE_CHECKING:
    from dataclasses import KW_ONLY
    from datetime import datetime


class IdentityPermissionMissing(CredentialRefused):
    """
    The GitHub Actions job may not ask for an identity.

    Trusted publishing needs the permission `id-token: write` in the job that
    publishes. A `permissions:` block of a job replaces the workflow's, so it
    must be repeated there; a reusable workflow also needs it in its caller.
    """

    message = "this job runs without the permission id-token: write"
    hint = (
        "Add to the job that publishes:\n"
        "    permissions:\n"
        "      id-token: write\n"
        "      contents: write"
    )


class ForkHasNoIdentity(CredentialRefused):
    """
    Workflows of pull requests from forks get neither identity nor secrets.

    That is GitHub's rule and protects your project: anybody could open a pull
    request that publishes.
    """

    message = "this job runs for a pull request from a fork, to which GitHub gives no identity"
    hint = "Publish from a push to your branch or tag, not from pull requests."


class IdentityNotDeclared(CredentialRefused):
    """
    The GitLab job has no identity for the index.

    GitLab makes identity tokens for jobs that declare them, under `id_tokens`,
    each with the audience it is for. The name of the variable follows from the
    audience: `PYPI_ID_TOKEN` for PyPI, `TESTPYPI_ID_TOKEN` for TestPyPI.
    """

    message = "this job declares no identity for {registry}: {variable} is not set"
    hint = (
        "Add to the job that publishes, in .gitlab-ci.yml:\n"
        "    id_tokens:\n"
        "      {variable}:\n"
        "        aud: {audience}"
    )
    registry: str
    variable: str
    audience: str


class IdentityForAnother(CredentialRefused):
    """
    The job's identity token is for somebody else than the index.

    Its audience must be the one that the index asks for, as one string: a list
    is refused even if it contains the right one. Nothing was sent.
    """

    message = "{variable} holds an identity with {audience}, and {registry} wants {wanted!r}"
    hint = "Have the CI make it for {wanted} and nobody else; in .gitlab-ci.yml: `aud: {wanted}`."
    variable: str
    registry: str
    _: KW_ONLY
    found: object
    wanted: str

    @property
    def audience(self) -> str:
        """Whom it is made for."""
        return "no audience" if self.found is None else f"the audience {self.found!r}"


class IdentityExpired(CredentialRefused):
    """
    The job's identity token is past its time.

    It was made when the job began and does not last as long as the job. Nothing
    was sent.
    """

    message = "{variable} holds an identity that expired at {expired:%Y-%m-%d %H:%M} UTC"
    hint = """
        Run the job again. If it takes long before it publishes, give publishing a job of its
        own."""
    variable: str
    expired: datetime


class IdentityNotGiven(CredentialRefused):
    """
    The CI's identity service did not give a usable identity token.

    The job may ask, and the service said no or answered something else. It is
    mostly a passing trouble of the CI.
    """

    message = "{service} gave no identity token: {problem}"
    service: str
    problem: str
    _: KW_ONLY
    hint: str = "Run the job again; if it stays so, look at the CI's status page."


class IdentityRefused(CredentialRefused):
    """
    The index could not verify the job's identity token.

    It expired on the way, was used before, or the index just renewed its copy
    of the issuer's keys.
    """

    message = "{registry} did not take this job's identity: {problem}"
    hint = "Run the job again: each run gets a fresh identity."
    registry: str
    problem: str
