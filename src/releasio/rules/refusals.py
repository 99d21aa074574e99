"""What to do when the index knows no publisher for a job: sentences with values and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.claims import claim
from releasio.rules.publisher import (
    called_workflow,
    pending_link,
    publisher_link,
    publisher_of,
    workflow_file,
)
from releasio.rules.registry import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.registry import Registry


def invalid_publisher(registry: Registry, project: str, claims: Mapping[str, object]) -> str:
    """Return the remedy for `invalid-publisher`, for a job with these *claims*."""
    if claim(claims, "event_name") == "pull_request_target":
        return "Publish from a push or a tag: pull_request_target is never accepted."
    return "\n".join(
        (*_called(claims), *_forms(registry, project, claims), *_other_index(registry))
    )


def stale_pending_publisher(registry: Registry, project: str, claims: Mapping[str, object]) -> str:
    """Return the remedy for a pending publisher whose project exists already."""
    link = publisher_link(registry, project, claims)
    page = f" The form, filled in: {link}" if link else ""
    return (
        f"If {project} is yours, add the publisher to the project itself.{page}\n"
        "If it is not, choose another project name in pyproject.toml."
    )


def _called(claims: Mapping[str, object]) -> tuple[str, ...]:
    """Return what to do about a reusable workflow, if the job is in one."""
    called = called_workflow(claims)
    if called is None:
        return ()
    caller, callee = (workflow_file(reference) for reference in called)
    own = called[1].startswith(f"{claim(claims, 'repository')}/")
    advice = (
        f"The job runs in the reusable workflow {callee}, called by {caller}. Move the publishing "
        "job into a workflow that is not called by another"
    )
    if own:
        return (f"{advice}, or register {callee} (attestations are refused then).",)
    return (f"{advice}: one of another repository can never publish.",)


def _forms(registry: Registry, project: str, claims: Mapping[str, object]) -> tuple[str, ...]:
    link, pending = publisher_link(registry, project, claims), pending_link(registry)
    if publisher_of(claims) is None:
        return (f"Register this job as a trusted publisher of {project} on {registry.name}.",)
    exact = f"The publisher of {project} on {registry.name} must have exactly these values"
    if link is None or pending is None:
        return (f"{exact}; upper and lower case count.",)
    return (
        f"{exact}; upper and lower case count. The form, filled in: {link}",
        (
            f"If {project} is not on {registry.name} yet, enter them with the project name "
            f"{project} as a pending publisher: {pending}"
        ),
    )


def _other_index(registry: Registry) -> tuple[str, ...]:
    others = [name for name, other in BUILT_IN.items() if other.site != registry.site]
    if registry.site is None or not others:
        return ()
    return (f"A publisher registered on {others[0]} does not count on {registry.name}.",)
