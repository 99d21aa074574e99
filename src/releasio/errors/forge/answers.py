"""What a forge answers, and why it may not be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import NO_ANSWER, NO_CREDENTIAL, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class ForgeUnreachable(ReleasioError):
    """
    The forge did not answer.

    What is public already stays so; the rest is finished by running the same command again.
    Packages go to the index without it.
    """

    exit_code = NO_ANSWER
    message = "{forge} gave no usable answer{tries:// after %d tries}: {problem}"
    forge: str
    problem: str
    _: KW_ONLY
    tries: int = 1
    hint: str = "Run the same command again in a while."


class ForgeLimited(ReleasioError):
    """
    The forge takes no more requests of this token for a while.

    GitHub counts requests by the hour, and slows down who changes much in a short time. What is
    public already stays so; the rest is finished by running the same command again.
    """

    exit_code = NO_ANSWER
    message = "{forge} takes no more requests of this token{until:? until %s}"
    hint = "Run the same command again then. A job's own token has a limit of its own."
    forge: str
    until: str


class ForgeForbids(ReleasioError):
    """
    The token may not do what is asked of the forge.

    Rights of a job's token are in the workflow's `permissions:`, those of other tokens where
    they were made.
    """

    exit_code = NO_CREDENTIAL
    message = "{forge} does not let this token {deed}: {sentence}"
    forge: str
    deed: str
    sentence: str
    hint: str


class ForgeNotFound(ReleasioError):
    """
    The forge has no such repository, or hides it from this token.

    A private repository is hidden from a token without rights to it, and one that was renamed
    has another address.
    """

    exit_code = NO_CREDENTIAL
    message = "{forge} shows no repository {slug} to this token"
    hint = """
        Check the remote's address, or set github.owner and github.repo; a token needs the right
        to read the repository."""
    forge: str
    slug: str


class ForgeRefused(ReleasioError):
    """
    The forge refused a request, for the reason it gives.

    What is public already stays so; after the cause is removed, running the same command again
    does the rest.
    """

    message = "{forge} refused to {deed} ({status}): {sentence}"
    forge: str
    deed: str
    status: int
    sentence: str
    hint: str = ""


class NoForgeToken(ReleasioError):
    """
    There is no token for the forge.

    It is looked for in the variables of the forge's kind, and `gh` is asked where it is logged
    in. Without one, packages are released and the forge is left alone, unless
    `github.releases = true` asks for it.
    """

    exit_code = NO_CREDENTIAL
    message = "there is no token for {forge}: {places:listed} had none{kept:?; %s}"
    forge: str
    places: Sequence[str]
    variable: str
    _: KW_ONLY
    kept: str = ""  # what has one that the forge does not get, with the reason
    hint: str = "Set {variable}; in GitHub Actions: env: GITHUB_TOKEN: ${{{{ github.token }}}}"


class NoForge(ReleasioError):
    """
    The repository is on no forge that releasio talks to.

    GitHub, GitLab, Gitea and Forgejo are known by their addresses; one on a host of its own is
    named by `github.kind`.
    """

    message = "{remote:?%s is|the repository has no remote that is} on no forge known here"
    hint = 'Set github.kind = "github", "gitlab" or "gitea", and github.api_url if it is not usual.'
    remote: str
