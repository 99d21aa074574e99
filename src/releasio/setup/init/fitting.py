"""Which recipe is like the way a project releases already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.setup.init.project import PIPELINE
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.rules.workflow.publishing import Upload
    from releasio.setup.init.project import Project
    from releasio.setup.recipes.recipe import Forge

_PIPELINE_PUBLISHES = pattern(
    r"\b(?:twine upload|(?:uv|poetry|hatch|pdm|flit) publish|releasio (?:do-)?release)\b"
)
# by the forge, and by what the project does now
_NAMES: Mapping[str, Mapping[str, str]] = {
    "github": {
        "proposal": "pull-request",
        "push": "push-to-main",
        "tag": "tag",
        "release": "github-release",
        "two indexes": "environments",
        "wheels": "wheels",
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
    paths = dict.fromkeys(upload.workflow.path for upload in contents.uploads)
    is_pipeline = _PIPELINE_PUBLISHES.search(contents.pipeline or "")
    return (*paths, *((PIPELINE,) if is_pipeline else ()))


def fitting_recipe(project: Project, forge: Forge) -> Fit:
    """
    Return the recipe of *forge* that is most like what the project does now.

    A project that publishes nothing yet gets the one in which somebody sees the version before
    it is public.
    """
    names = _NAMES.get(forge)
    if names is None:
        return Fit("laptop", "there is no recipe for jobs of that forge")
    if project.settings.config.mode == "pull-request":
        return Fit(names["proposal"], 'mode = "pull-request"')
    present_way = _present_way(project, forge)
    if present_way in names:
        return Fit(names[present_way], f"{publishing_files(project)[0]} publishes like that")
    return Fit(names["proposal"], "you see each release before it is public")


def _present_way(project: Project, forge: Forge) -> str:
    """Return how the jobs of *forge* publish; empty: they do not, or nothing tells."""
    contents = project.contents
    if forge == "gitlab":
        publishes = _PIPELINE_PUBLISHES.search(contents.pipeline or "")
        if not publishes:
            return ""
        return "tag" if "CI_COMMIT_TAG" in (contents.pipeline or "") else "push"
    return _way_of(contents.uploads) if contents.uploads else ""


def _way_of(uploads: Sequence[Upload]) -> str:
    workflow = uploads[0].workflow
    if any("cibuildwheel" in upload.workflow.text for upload in uploads):
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
