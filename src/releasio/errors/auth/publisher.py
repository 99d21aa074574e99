"""Errors about trusted publishers: what an index says to a proven identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.credential import CredentialRefused

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class TrustedPublishingUnsupported(CredentialRefused):
    """
    The index does not offer trusted publishing.

    Most private indexes do not. They need a token or a user name and password.
    """

    message = "{registry} does not offer trusted publishing (it answered {status})"
    hint = "Give {registry} a token: RELEASIO_TOKEN, or TWINE_USERNAME and TWINE_PASSWORD."
    registry: str
    status: int


class TrustedPublishingOff(CredentialRefused):
    """
    The index offers trusted publishing but has switched it off for now.

    Its operators do so during incidents.
    """

    message = "{registry} has switched trusted publishing off: {problem}"
    hint = "Look at the index's status page and run the job again later, or use a token."
    registry: str
    problem: str


class AudienceRefused(CredentialRefused):
    """
    The index asks for an identity that others would take as well.

    The audience of an identity says who may accept it. An index that is given one made
    out to somebody else, such as PyPI, could publish there in your name. So an index is
    only given identities for its own host or origin, or for the `audience` of its
    `[registries.NAME]` table. No identity was made.
    """

    message = "{registry} asks for an identity for the audience {audience!r}: {why}"
    hint = "{remedy}"
    registry: str
    audience: str
    why: str
    _: KW_ONLY
    taken: bool

    @property
    def remedy(self) -> str:
        """What to do, where the audience is another index's or where it may be this one's."""
        if self.taken:
            return "No index but that one gets them; give this one a token, or correct its url."
        setting = f"registries.{self.registry}.audience"
        return f"If that is the audience of this index alone, set {setting}."


class PublisherUnknown(CredentialRefused):
    """
    No trusted publisher on the index fits this job (`invalid-publisher`).

    The index compares repository, owner, workflow file and environment with
    what was registered, and upper and lower case count. Frequent causes: one of
    them differs or was renamed; the publisher was registered on the other
    index; the job has another environment, or none; the publishing job is in a
    reusable workflow.
    """

    message = (
        "{registry} has no trusted publisher that fits this job (invalid-publisher): {reason}"
        "{comparison:?\n\n%s}"
    )
    registry: str
    reason: str
    _: KW_ONLY
    comparison: str
    hint: str


class PendingPublisherStale(CredentialRefused):
    """
    The project of your pending publisher exists already (`invalid-pending-publisher`).

    Somebody created it after you registered the publisher, or you did. The
    pending publisher is gone now; the project needs one of its own.
    """

    message = (
        "{registry} has dropped the pending publisher of this job (invalid-pending-publisher): "
        "{reason}{comparison:?\n\n%s}"
    )
    registry: str
    reason: str
    _: KW_ONLY
    comparison: str
    hint: str


class MintRefused(CredentialRefused):
    """
    The index did not trade the job's identity for an upload token.

    The index's own words say why.
    """

    message = "{registry} gave no upload token: {reason}"
    registry: str
    reason: str
    _: KW_ONLY
    hint: str = "Run the job again later, or use a token."


class WorkflowOfAnother(CredentialRefused):
    """
    The job runs in a reusable workflow of another repository.

    The index compares the repository with the one the workflow file is in, and
    they differ, so no publisher can ever fit. The identity was not sent. Build
    in reusable workflows as you like; the publishing job itself must stand in a
    workflow of the project's own repository.
    """

    code = "workflow-of-another-repository"
    message = """
        this job of {repository} runs in {called}, a workflow of another repository, from which
        nobody can publish"""
    hint = """
        Write the publishing job into {caller:?%s|a workflow of the repository} itself; the jobs
        before it may stay where they are."""
    repository: str
    caller: str
    called: str


class EventNotTaken(CredentialRefused):
    """
    The job was started by `pull_request_target`, from which the index takes nothing.

    Such a job runs with the rights of the repository on a stranger's request.
    The identity was not sent.
    """

    message = "this job was started by pull_request_target, and {registry} takes nothing from it"
    hint = "Publish from a push to your branch, from a tag or by hand (workflow_dispatch)."
    registry: str
