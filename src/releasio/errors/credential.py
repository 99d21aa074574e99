"""Credentials that are missing, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import NO_CREDENTIAL, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from releasio.rules.credential import Answer


class CredentialRefused(ReleasioError):
    """A credential is there, and is sure not to work. The base of all that say why."""

    exit_code = NO_CREDENTIAL


class TokenForAnotherIndex(CredentialRefused):
    """
    The API token belongs to another index than the one chosen.

    Tokens of PyPI do not work on TestPyPI and the other way round, and neither
    is ever sent to a third index. The token itself says where it belongs.
    """

    code = "token-for-another-index"

    def __init__(self, source: str, *, made_for: str, wanted: str) -> None:
        super().__init__(
            f"{source} holds a token of {made_for}, but the upload goes to {wanted}",
            hint=f"Make a token on {wanted}, or choose the registry {made_for}.",
        )


class TokenExpired(CredentialRefused):
    """
    The API token's time is over.

    Tokens minted by trusted publishing live 15 minutes; others until the day
    chosen when they were made.
    """

    code = "token-expired"

    def __init__(self, source: str, expired: datetime) -> None:
        super().__init__(
            f"{source} holds a token that expired at {expired:%Y-%m-%d %H:%M} UTC",
            hint="Make a new token, or use trusted publishing, which needs none.",
        )


class TokenForAnotherProject(CredentialRefused):
    """
    The API token may only upload to other projects.

    A token limited to a project cannot create another one either: the first
    release of a new project needs trusted publishing or a token of the whole
    account.
    """

    code = "token-for-another-project"

    def __init__(self, source: str, *, projects: Sequence[str], project: str) -> None:
        super().__init__(
            f"{source} holds a token for {', '.join(projects)}, not for {project}",
            hint=f"Make a token for {project}. If {project} does not exist on the index yet, use "
            "trusted publishing or, once, a token of the whole account.",
        )


class TokenMalformed(CredentialRefused):
    """
    What is given as API token cannot be one.

    A token of PyPI or TestPyPI begins with `pypi-` and is copied as one piece.
    Cut off, quoted or with another secret's text in its place it is refused
    before it is sent.
    """

    code = "token-malformed"

    def __init__(self, source: str, registry: str) -> None:
        super().__init__(
            f"what {source} holds is not an API token of {registry}",
            hint="A token begins with pypi- and is pasted whole, without quotes.",
        )


class SecretGarbled(CredentialRefused):
    """
    A secret has characters in it that no secret has.

    Mostly a line break or a blank was copied along with it. White space around
    it does no harm and is dropped; in the middle it cannot be told from a part
    that is missing, so nothing is sent.
    """

    code = "secret-garbled"

    def __init__(self, source: str, stray: str) -> None:
        super().__init__(
            f"{source} has {stray} in the middle of the secret",
            hint="Copy it again in one piece, and set it anew: nothing but the secret itself, on "
            "one line.",
        )


class SecretOdd(CredentialRefused):
    """
    What stands where a secret is wanted cannot be one.

    Quotation marks were copied along, or it is as long as a file. Nothing is sent.
    """

    code = "secret-odd"

    def __init__(self, source: str, what: str) -> None:
        super().__init__(
            f"what {source} holds is no secret: it {what}",
            hint="Set it anew: nothing but the secret itself, without quotation marks.",
        )


class PasswordNotTaken(CredentialRefused):
    """
    The index takes no user names and passwords.

    PyPI and TestPyPI take API tokens, whose user name is `__token__`, and
    trusted publishing.
    """

    code = "password-not-taken"

    def __init__(self, source: str, user: str, registry: str) -> None:
        super().__init__(
            f"{source} has user {user!r} with a password, and {registry} takes only tokens",
            hint="Use an API token as password and __token__ as user name.",
        )


class SourceBroken(CredentialRefused):
    """
    A place that credentials are kept in could not be read.

    It is not passed over in silence: the credential you expect to be used may
    be in it.
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

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"the keyring did not take the token: {problem}",
            hint="Unlock it, or keep the token by hand: keyring set URL __token__",
        )


class IdentityPermissionMissing(CredentialRefused):
    """
    The GitHub Actions job may not ask for an identity.

    Trusted publishing needs the permission `id-token: write` in the job that
    publishes. A `permissions:` block of a job replaces the workflow's, so it
    must be repeated there; a reusable workflow also needs it in its caller.
    """

    code = "identity-permission-missing"

    def __init__(self) -> None:
        super().__init__(
            "this job runs without the permission id-token: write",
            hint="Add to the job that publishes:\n"
            "    permissions:\n"
            "      id-token: write\n"
            "      contents: write",
        )


class ForkHasNoIdentity(CredentialRefused):
    """
    Workflows of pull requests from forks get neither identity nor secrets.

    That is GitHub's rule and protects your project: anybody could open a pull
    request that publishes.
    """

    code = "fork-has-no-identity"

    def __init__(self) -> None:
        super().__init__(
            "this job runs for a pull request from a fork, to which GitHub gives no identity",
            hint="Publish from a push to your branch or tag, not from pull requests.",
        )


class IdentityNotDeclared(CredentialRefused):
    """
    The GitLab job has no identity for the index.

    GitLab makes identity tokens for jobs that declare them, under `id_tokens`,
    each with the audience it is for. The name of the variable follows from the
    audience: `PYPI_ID_TOKEN` for PyPI, `TESTPYPI_ID_TOKEN` for TestPyPI.
    """

    code = "identity-not-declared"

    def __init__(self, registry: str, variable: str, audience: str) -> None:
        super().__init__(
            f"this job declares no identity for {registry}: {variable} is not set",
            hint="Add to the job that publishes, in .gitlab-ci.yml:\n"
            "    id_tokens:\n"
            f"      {variable}:\n"
            f"        aud: {audience}",
        )


class IdentityForAnother(CredentialRefused):
    """
    The job's identity token is for somebody else than the index.

    Its audience must be the one that the index asks for, as one string: a list
    is refused even if it contains the right one. Nothing was sent.
    """

    code = "identity-for-another"

    def __init__(self, variable: str, registry: str, *, found: object, wanted: str) -> None:
        has = "no audience" if found is None else f"the audience {found!r}"
        super().__init__(
            f"{variable} holds an identity with {has}, and {registry} wants {wanted!r}",
            hint=f"Have the CI make it for {wanted} and nobody else; in .gitlab-ci.yml:"
            f" `aud: {wanted}`.",
        )


class IdentityExpired(CredentialRefused):
    """
    The job's identity token is past its time.

    It was made when the job began and does not last as long as the job. Nothing
    was sent.
    """

    code = "identity-expired"

    def __init__(self, variable: str, expired: datetime) -> None:
        super().__init__(
            f"{variable} holds an identity that expired at {expired:%Y-%m-%d %H:%M} UTC",
            hint="Run the job again. If it takes long before it publishes, give publishing a job "
            "of its own.",
        )


class IdentityNotGiven(CredentialRefused):
    """
    The CI's identity service did not give a usable identity token.

    The job may ask, and the service said no or answered something else. It is
    mostly a passing trouble of the CI.
    """

    code = "identity-not-given"

    def __init__(self, service: str, problem: str, *, remedy: str = "") -> None:
        super().__init__(
            f"{service} gave no identity token: {problem}",
            hint=remedy or "Run the job again; if it stays so, look at the CI's status page.",
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


class IdentityRefused(CredentialRefused):
    """
    The index could not verify the job's identity token.

    It expired on the way, was used before, or the index just renewed its copy
    of the issuer's keys.
    """

    code = "identity-refused"

    def __init__(self, registry: str, problem: str) -> None:
        super().__init__(
            f"{registry} did not take this job's identity: {problem}",
            hint="Run the job again: each run gets a fresh identity.",
        )


class TrustedPublishingUnsupported(CredentialRefused):
    """
    The index does not offer trusted publishing.

    Most private indexes do not. They need a token or a user name and password.
    """

    code = "trusted-publishing-unsupported"

    def __init__(self, registry: str, status: int) -> None:
        super().__init__(
            f"{registry} does not offer trusted publishing (it answered {status})",
            hint=f"Give {registry} a token: RELEASIO_TOKEN, or TWINE_USERNAME and TWINE_PASSWORD.",
        )


class TrustedPublishingOff(CredentialRefused):
    """
    The index offers trusted publishing but has switched it off for now.

    Its operators do so during incidents.
    """

    code = "trusted-publishing-off"

    def __init__(self, registry: str, problem: str) -> None:
        super().__init__(
            f"{registry} has switched trusted publishing off: {problem}",
            hint="Look at the index's status page and run the job again later, or use a token.",
        )


class PublisherUnknown(CredentialRefused):
    """
    No trusted publisher on the index fits this job (`invalid-publisher`).

    The index compares repository, owner, workflow file and environment with
    what was registered, and upper and lower case count. Frequent causes: one of
    them differs or was renamed; the publisher was registered on the other
    index; the job has another environment, or none; the publishing job is in a
    reusable workflow.
    """

    code = "publisher-unknown"

    def __init__(self, registry: str, reason: str, *, comparison: str, remedy: str) -> None:
        shown = f"\n\n{comparison}" if comparison else ""
        super().__init__(
            f"{registry} has no trusted publisher that fits this job: {reason}{shown}", hint=remedy
        )


class PendingPublisherStale(CredentialRefused):
    """
    The project of your pending publisher exists already (`invalid-pending-publisher`).

    Somebody created it after you registered the publisher, or you did. The
    pending publisher is gone now; the project needs one of its own.
    """

    code = "pending-publisher-stale"

    def __init__(self, registry: str, reason: str, *, comparison: str, remedy: str) -> None:
        shown = f"\n\n{comparison}" if comparison else ""
        super().__init__(
            f"{registry} has dropped the pending publisher of this job: {reason}{shown}",
            hint=remedy,
        )


class MintRefused(CredentialRefused):
    """
    The index did not trade the job's identity for an upload token.

    The index's own words say why.
    """

    code = "mint-refused"

    def __init__(self, registry: str, reason: str, *, remedy: str = "") -> None:
        super().__init__(
            f"{registry} gave no upload token: {reason}",
            hint=remedy or "Run the job again later, or use a token.",
        )


class WorkflowOfAnother(CredentialRefused):
    """
    The job runs in a reusable workflow of another repository.

    The index compares the repository with the one the workflow file is in, and
    they differ, so no publisher can ever fit. The identity was not sent. Build
    in reusable workflows as you like; the publishing job itself must stand in a
    workflow of the project's own repository.
    """

    code = "workflow-of-another-repository"

    def __init__(self, repository: str, caller: str, called: str) -> None:
        super().__init__(
            f"this job of {repository} runs in {called}, a workflow of another repository, from "
            "which nobody can publish",
            hint=f"Write the publishing job into {caller or 'a workflow of the repository'} "
            "itself; the jobs before it may stay where they are.",
        )


class EventNotTaken(CredentialRefused):
    """
    The job was started by `pull_request_target`, from which the index takes nothing.

    Such a job runs with the rights of the repository on a stranger's request.
    The identity was not sent.
    """

    code = "event-not-taken"

    def __init__(self, registry: str) -> None:
        super().__init__(
            f"this job was started by pull_request_target, and {registry} takes nothing from it",
            hint="Publish from a push to your branch, from a tag or by hand (workflow_dispatch).",
        )


class PluginFailed(CredentialRefused):
    """
    A source of credentials that another package brings gave none.

    It refused, broke down, or gave something that is no credential. Of an error
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


class NoCredential(ReleasioError):
    """
    No source had a credential for the index.

    Every source is asked in turn, and the list shows what each one said.
    Sources that do not apply are normal; one that was refused is the one to
    look at.
    """

    code = "no-credential"
    exit_code = NO_CREDENTIAL

    def __init__(self, registry: str, answers: Sequence[Answer], *, detail: str, hint: str) -> None:
        asked = "\n".join(f"  {answer}" for answer in answers)
        shown = f"\n\n{detail}" if detail else ""
        super().__init__(
            f"no credential for {registry}; asked in turn:\n{asked}{shown}",
            hint=hint,
        )
        self.answers = tuple(answers)
