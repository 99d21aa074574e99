"""What the index must know of the jobs that publish, before the first of them runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.identity.job_identity import github_claims, gitlab_claims
from releasio.rules.identity.publisher_form import GITLAB, PublisherForm, publisher_form
from releasio.rules.index.registry import resolve
from releasio.setup.init.wanted import recipe_answers
from releasio.setup.recipes.render import publishers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.rules.index.registry import Registry
    from releasio.setup.init.choices import Choices
    from releasio.setup.init.project import Project
    from releasio.setup.recipes.recipe import PublishingJob

# of a repository that is nowhere yet
OWNER, REPOSITORY = "(your account)", "(your repository)"


def publisher_forms(
    project: Project, choices: Choices, exists: Callable[[Registry], bool | None]
) -> tuple[PublisherForm, ...]:
    """
    Return the form for each job of the chosen recipe that publishes.

    Args:
        project: What is there.
        choices: What was answered.
        exists: Tells whether a registry has the project; `None`: that is not known.
    """
    jobs = publishers_of(choices.recipe, recipe_answers(project, choices))
    return tuple(_form(project, choices, job, exists) for job in jobs)


def _form(
    project: Project,
    choices: Choices,
    job: PublishingJob,
    exists: Callable[[Registry], bool | None],
) -> PublisherForm:
    registry = resolve(job.registry, project.settings.config.registries)
    claims, is_there = _claims(project, choices, job), exists(registry) if registry.site else None
    is_open = project.place is None
    return publisher_form(registry, project.manifest.name, claims, exists=is_there, is_open=is_open)


def _claims(project: Project, choices: Choices, job: PublishingJob) -> Mapping[str, object]:
    """Return what the identity of *job* will say, as far as the form asks for it."""
    place = project.place
    slug = place.slug if place else f"{OWNER}/{REPOSITORY}"
    if choices.recipe.forge == "gitlab":
        host = place.host if place else GITLAB.partition("://")[2]
        return gitlab_claims(host, slug, job.environment)
    return github_claims(slug, f".github/workflows/{job.workflow}", job.environment)
