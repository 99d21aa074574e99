"""Read a job's identity before it is spent: what can never work, and what to expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.publisher import EventNotTaken, WorkflowOfAnother
from releasio.rules.identity.claims import claim
from releasio.rules.identity.publisher import called_workflow, workflow_file
from releasio.rules.identity.refusals import called_here, pending_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking


def refuse_hopeless(asking: Asking, claims: Mapping[str, object]) -> None:
    """
    Refuse an identity with these *claims* that PyPI and TestPyPI never trade.

    Nothing is known of what other indexes do.

    Raises:
        WorkflowOfAnother: The job is in a workflow of another repository.
        EventNotTaken: A stranger's pull request started it.
    """
    if asking.registry.site is None:
        return
    if claim(claims, "event_name") == "pull_request_target":
        raise EventNotTaken(asking.registry.name)
    workflow, repository = called_workflow(claims), claim(claims, "repository")
    if workflow and repository and not workflow[1].startswith(f"{repository}/"):
        raise WorkflowOfAnother(repository, workflow_file(workflow[0]), workflow[1])


def say_what_to_expect(asking: Asking, claims: Mapping[str, object]) -> None:
    """Say what decides about an identity with these *claims* and is easily overlooked."""
    screen, registry = asking.index.requester.screen, asking.registry
    if workflow := called_here(claims):
        screen.note(workflow)
    # of other indexes nobody knows what their forms ask for
    if registry.site is not None and asking.index.has(asking.project) is False:
        form = pending_form(registry, asking.project, claims)
        screen.note(f"{asking.project} is not on {registry.name} yet: {form}")
