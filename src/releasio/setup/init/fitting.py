"""Which recipe is like the way a project releases already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.upload_tools import RELEASIO
from releasio.rules.workflow.wheel_builds import builds_apart, uses_cibuildwheel
from releasio.setup.adoption.adopted import proposes_releases
from releasio.setup.adoption.used_actions import readable
from releasio.setup.recipes.recipes import OWN_BUILDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.workflow.workflow import Job
    from releasio.setup.init.project import Contents, Project
    from releasio.setup.recipes.recipe import Forge

# by the forge, and by what the project does now
_NAMES: Mapping[str, Mapping[str, str]] = {
    "github": {
        "proposal": "pull-request",
        "push": "push-to-main",
        "tag": "tag",
        "release": "github-release",
        "two indexes": "environments",
        "wheels": "wheels",
        "own builds": OWN_BUILDS,
    },
    "gitlab": {
        "proposal": "gitlab-merge-request",
        "push": "gitlab-push-to-main",
        "tag": "gitlab-tag",
        "two indexes": "gitlab-environments",
    },
}


@frozen
class Fit:
    """
    A recipe that fits.

    Attributes:
        name: The recipe's.
        why: What tells that it does.
    """

    name: str
    why: str


def publishing_files(project: Project) -> tuple[str, ...]:
    """Return the paths of the files whose jobs upload something."""
    contents = project.contents
    workflows = [upload.workflow.path for upload in contents.uploads]
    pipelines = [upload.job.path for upload in contents.pipeline_uploads]
    return tuple(dict.fromkeys([*workflows, *pipelines]))


def fitting_recipe(project: Project, forge: Forge) -> Fit:
    """
    Return the recipe of *forge* that is most like what the project does now.

    A project that publishes nothing yet gets the one in which somebody sees the version before
    it is public.
    """
    names = _NAMES.get(forge)
    if names is None:
        return Fit("laptop", "there is no recipe for jobs of that forge")
    if forge == "github" and _has_own_builds(project.contents):
        path = publishing_files(project)[0]
        return Fit(names["own builds"], f"{path} publishes wheels that one machine does not build")
    if project.settings.config.mode == "pull-request":
        return Fit(names["proposal"], 'mode = "pull-request"')
    if proposer := next(filter(proposes_releases, project.contents.adopted), None):
        return Fit(names["proposal"], f"{proposer.tool} opens release pull requests")
    return _fit_of_files(project, forge, names)


def _fit_of_files(project: Project, forge: Forge, names: Mapping[str, str]) -> Fit:
    present_way = _present_way(project, forge)
    if present_way in names:
        return Fit(names[present_way], f"{publishing_files(project)[0]} publishes like that")
    if project.contents.is_compiled and "wheels" in names:
        return Fit(names["wheels"], "the project has compiled parts")
    return Fit(names["proposal"], "you see each release before it is public")


def _present_way(project: Project, forge: Forge) -> str:
    """Return how the jobs of *forge* publish; empty: they do not, or nothing tells."""
    contents = project.contents
    if forge == "gitlab" and contents.pipeline_uploads:
        return _way_of_pipeline(contents)
    return _way_of(contents) if forge == "github" and contents.uploads else ""


def _way_of_pipeline(contents: Contents) -> str:
    uploads = contents.pipeline_uploads
    if not any(
        "tags" in upload.job.only or "CI_COMMIT_TAG" in contents.pipeline.get(upload.job.path, "")
        for upload in uploads
    ):
        return "push"
    return "two indexes" if {"pypi", "testpypi"} <= {upload.target for upload in uploads} else "tag"


def _has_own_builds(contents: Contents) -> bool:
    jobs = _publishing_jobs(contents)
    if not contents.uploads or uses_cibuildwheel(jobs):
        return False
    builds_itself = all(upload.tool == RELEASIO.name for upload in contents.uploads)
    return builds_apart(jobs, is_compiled=contents.is_compiled, builds_itself=builds_itself)


def _publishing_jobs(contents: Contents) -> tuple[Job, ...]:
    """Return the jobs of the workflows that upload, and of those that they call."""
    workflows = {upload.workflow.path: upload.workflow for upload in contents.uploads}
    called = {
        job.uses.removeprefix("./")
        for workflow in workflows.values()
        for job in workflow.jobs.values()
        if job.uses.startswith("./")
    }
    texts = {path: text for path, text in contents.workflows.items() if path in called}
    return tuple(
        job
        for workflow in (*workflows.values(), *readable(texts))
        for job in workflow.jobs.values()
    )


def _way_of(contents: Contents) -> str:
    uploads = contents.uploads
    workflow = uploads[0].workflow
    if uses_cibuildwheel(_publishing_jobs(contents)):
        return "wheels"
    if "release" in workflow.triggers:
        return "release"
    push = workflow.triggers.get("push")
    if push is None:
        return ""
    if push.patterns("tags"):
        targets = {upload.target for upload in uploads}
        return "two indexes" if {"pypi", "testpypi"} <= targets else "tag"
    return "push"
