"""The publishers that the jobs of a repository need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.forge.place import GITHUB
from releasio.rules.identity.job_identity import (
    JobIdentity,
    github_identities,
    gitlab_identities,
)
from releasio.rules.identity.publisher_form import (
    PublisherForm,
    form_of,
    form_values,
    publisher_form,
)
from releasio.rules.index.registry import BUILT_IN

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry
    from releasio.setup.situation.situation import Situation

_ACCOUNT = "(the address of the build's service account)"
NO_PROJECT = "PROJECT"  # stands for a name that is not known


@frozen
class NeededPublisher:
    """A publisher, as the form of its index asks for it, and the jobs that it is for."""

    form: PublisherForm
    jobs: tuple[JobIdentity, ...]


def identities(situation: Situation) -> tuple[JobIdentity, ...]:
    """Return who the jobs that upload to PyPI or TestPyPI are to it."""
    return (*_of_forge(situation), *situation.cloud_builds)


def _of_forge(situation: Situation) -> tuple[JobIdentity, ...]:
    place = situation.place
    if place is not None and place.kind == "gitlab":
        return gitlab_identities(situation.pipeline, place.slug, place.host)
    if place is None or place.kind != "github" or place.host != GITHUB:
        return ()
    # identities spell the repository as the forge does
    slug = situation.surroundings.slug if situation.surroundings else place.slug
    return github_identities(situation.uploads, situation.calls, slug)


def needed_publishers(situation: Situation) -> tuple[NeededPublisher, ...]:
    """Return the publishers that the jobs need, each once, in the order of the jobs."""
    jobs: dict[tuple[str, tuple[tuple[str, str], ...]], list[JobIdentity]] = {}
    for identity in identities(situation):
        values = _values(identity)
        jobs.setdefault((identity.target, values), []).append(identity)
    project = situation.project.name or NO_PROJECT
    return tuple(
        _publisher(situation, BUILT_IN[target], project, tuple(needing))
        for (target, _), needing in jobs.items()
    )


def _publisher(
    situation: Situation, registry: Registry, project: str, jobs: tuple[JobIdentity, ...]
) -> NeededPublisher:
    exists = next((each.exists for each in situation.indexes if each.registry == registry), None)
    form = publisher_form(registry, project, jobs[0].claims, exists=exists)
    return NeededPublisher(replace(form, fields=_values(jobs[0])), jobs)


def _values(identity: JobIdentity) -> tuple[tuple[str, str], ...]:
    form = form_of(identity.claims)
    values = form_values(form) if form else ()
    if not identity.claims.get("email", "told"):
        return tuple((label, _ACCOUNT if label == "Email" else value) for label, value in values)
    if not identity.environment:
        return values
    placeholder = f"(what {identity.environment} is when it runs)"
    return tuple(
        (label, placeholder if "nvironment" in label else value) for label, value in values
    )
