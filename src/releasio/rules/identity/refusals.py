"""What to do when the index does not take a job's identity: sentences with values and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.identity.claims import claim
from releasio.rules.identity.publisher import called_workflow, pending_link, workflow_file
from releasio.rules.identity.publisher_form import form_of, form_values, publisher_link
from releasio.rules.index.registry import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry


# a stable fragment of the index's reason, and what it takes
_REASONS = {
    "Missing claim": "The index needs that claim, and the CI left it out: start the job by a push "
    "or a tag.",
    "ref and sha claims are empty": "Start the job for a branch or a tag.",
    "ref_path and sha claims are empty": "Start the pipeline for a branch or a tag.",
    "job_workflow_ref claim does not match": "The workflow must be taken from the very branch or "
    "tag that started the job, and from this repository under its present name: look for `uses:` "
    "with another ref, and for a renamed repository.",
    "job extract workflow filename": "The publishing job must stand in a file directly in "
    ".github/workflows.",
    "Could not extract workflow filename": "The pipeline must come from a .yml file in the "
    "project itself.",
    "ci_config_ref_uri claim": "The pipeline must come from the project's own file, at the branch "
    "or tag it runs for, and not from another project.",
    "does not match expected issuer": "The publisher was registered for another server: add one "
    "for the server of this job.",
    "'subject' claim": "The identity's subject must read org:ORGANIZATION:project:PROJECT.",
}


def invalid_publisher(
    registry: Registry,
    project: str,
    claims: Mapping[str, object],
    *,
    exists: bool | None = None,
    reason: str = "",
) -> str:
    """
    Return the remedy for `invalid-publisher`, for a job with these *claims*.

    Args:
        registry: The index that refused.
        project: What the token is wanted for.
        claims: Of the job's identity.
        exists: Whether the index has the project; `None`: nobody asked.
        reason: The index's own.
    """
    if claim(claims, "event_name") == "pull_request_target":
        return "Publish from a push or a tag: pull_request_target is never accepted."
    return "\n".join(
        (
            *(advice for fragment, advice in _REASONS.items() if fragment in reason),
            *_advice_on_reusable_workflow(claims),
            *_advice_on_form(registry, project, claims, exists=exists),
            *_advice_on_environment(claims),
            *_advice_on_other_index(registry),
        )
    )


def stale_pending_publisher(registry: Registry, project: str, claims: Mapping[str, object]) -> str:
    """Return the remedy for a pending publisher whose project exists already."""
    link = publisher_link(registry, project, claims)
    page = f" The form, filled in: {link}" if link else ""
    return (
        f"If {project} is yours, add the publisher to the project itself.{page}\n"
        "If it is not, choose another project name in pyproject.toml."
    )


def unfit_payload(registry: Registry, reason: str, claims: Mapping[str, object]) -> str:
    """Return the remedy for `invalid-payload`, by the index's *reason*."""
    issuer = claim(claims, "iss")
    if "issuer" in reason:
        origin = f" This identity is of {issuer}." if issuer else ""
        return (
            f"{registry.name} must know who made the identity; PyPI and TestPyPI know GitHub, "
            f"GitLab.com, Google and ActiveState.{origin} "
            "Publish from one of these, or use a token."
        )
    if "JWT" in reason or "validation error" in reason:
        return "Give the identity as the CI made it: one line, three parts with dots between."
    return (
        "The name stands in pyproject.toml and in the pending publisher: choose another one in "
        "both."
    )


def pending_form(registry: Registry, project: str, claims: Mapping[str, object]) -> str:
    """Return what a pending publisher must hold for the first release of *project*."""
    form = form_of(claims)
    link = pending_link(registry)
    page = f" on {link}" if link else ""
    if form is None:
        return f"a pending publisher{page} must name it"
    values = ", ".join(f"{label}: {value}" for label, value in form_values(form, project))
    return f"a pending publisher{page} must have {values}"


def called_here(claims: Mapping[str, object]) -> str:
    """Say what a job in a reusable workflow of its own repository has to expect."""
    workflows = called_workflow(claims)
    if workflows is None:
        return ""
    caller, callee = (workflow_file(reference) for reference in workflows)
    return (
        f"the job runs in the reusable workflow {callee}, called by {caller}: the publisher must "
        f"name {callee}, and attestations are refused whichever it names"
    )


def _advice_on_reusable_workflow(claims: Mapping[str, object]) -> tuple[str, ...]:
    """Return what to do about a reusable workflow, if the job is in one."""
    workflows = called_workflow(claims)
    if workflows is None:
        return ()
    caller, callee = (workflow_file(reference) for reference in workflows)
    own = workflows[1].startswith(f"{claim(claims, 'repository')}/")
    advice = (
        f"The job runs in the reusable workflow {callee}, called by {caller}. Move the publishing "
        "job into a workflow that is not called by another"
    )
    if own:
        return (f"{advice}, or register {callee} (attestations are refused then).",)
    return (f"{advice}: one of another repository can never publish.",)


def _advice_on_form(
    registry: Registry, project: str, claims: Mapping[str, object], *, exists: bool | None
) -> tuple[str, ...]:
    link, pending = publisher_link(registry, project, claims), pending_link(registry)
    if form_of(claims) is None:
        return (f"Register this job as a trusted publisher of {project} on {registry.name}.",)
    exact = f"The publisher of {project} on {registry.name} must have exactly these values"
    if link is None or pending is None:
        return (f"{exact}; upper and lower case count.",)
    existing = f"{exact}; upper and lower case count. The form, filled in: {link}"
    enter = f"enter these values, and the project name {project}, as a pending publisher: {pending}"
    if exists:
        return (existing,)
    if exists is None:
        return (existing, f"If {project} is not on {registry.name} yet, {enter}")
    return (
        f"{project} is not on {registry.name} yet. For its first release {enter}",
        "Upper and lower case count in the values; the name must be the one in pyproject.toml.",
    )


def _advice_on_environment(claims: Mapping[str, object]) -> tuple[str, ...]:
    """Return what the environment, the value most often forgotten, does."""
    form = form_of(claims)
    if form is None or all(entry.claim != "environment" for entry in form.entries):
        return ()
    if environment := claim(claims, "environment"):
        return (
            (
                f"The job ran in the environment {environment}: a publisher with another one does "
                "not fit, one with none does."
            ),
        )
    return (
        (
            "The job ran in no environment: a publisher that has one fits only if the job says it, "
            "`environment: NAME`."
        ),
    )


def _advice_on_other_index(registry: Registry) -> tuple[str, ...]:
    names = [name for name, index in BUILT_IN.items() if index.site != registry.site]
    if registry.site is None or not names:
        return ()
    return (f"A publisher registered on {names[0]} does not count on {registry.name}.",)
