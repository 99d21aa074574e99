"""What the index must know of the jobs that publish, before the first of them runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.identity.job_identity import github_claims, gitlab_claims
from releasio.rules.identity.publisher import pending_link
from releasio.rules.identity.publisher_form import GITLAB, form_of, form_values, publisher_link
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


@frozen
class PublisherForm:
    """
    The form on an index for one job that publishes.

    Attributes:
        registry: The index, by its name.
        values: Label and value of each field, in the form's order.
        link: The page of the form; empty: not known.
        is_filled: Whether the link fills the form.
        exists: Whether the index has the project; `None`: it was not asked, or did not answer.
        is_open: Whether owner and repository are for people to put in.
    """

    registry: str
    values: tuple[tuple[str, str], ...]
    link: str = ""
    is_filled: bool = False
    exists: bool | None = None
    is_open: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """The form, for the report."""
        return {
            "registry": self.registry,
            "values": dict(self.values),
            "link": self.link or None,
            "exists": self.exists,
        }


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
    claims = _claims(project, choices, job)
    form = form_of(claims)
    name = project.manifest.name
    is_there = exists(registry) if registry.site else None
    is_open = project.place is None
    filled_link = publisher_link(registry, name, claims) if is_there else None
    if filled_link and is_open:
        filled_link = filled_link.partition("?")[0]
    return PublisherForm(
        registry.name,
        form_values(form, None if is_there else name) if form else (),
        filled_link or pending_link(registry) or "",
        bool(filled_link) and not is_open,
        is_there,
        is_open,
    )


def _claims(project: Project, choices: Choices, job: PublishingJob) -> Mapping[str, object]:
    """Return what the identity of *job* will say, as far as the form asks for it."""
    place = project.place
    slug = place.slug if place else f"{OWNER}/{REPOSITORY}"
    if choices.recipe.forge == "gitlab":
        host = place.host if place else GITLAB.partition("://")[2]
        return gitlab_claims(host, slug, job.environment)
    return github_claims(slug, f".github/workflows/{job.workflow}", job.environment)
