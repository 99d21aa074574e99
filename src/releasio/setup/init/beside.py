"""A recipe beside a pipeline that is there already: in a file of its own, to be included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.workflow.gitlab.pipeline import TOP
from releasio.rules.workflow.node import NOTHING, Node, parse_yaml
from releasio.setup.recipes.render import as_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from releasio.setup.init.project import Project

OWN_FILE = ".gitlab/release.yml"
_TEMPLATE = ".releasio"  # what every job of a recipe extends
_LAST_OF_GITLAB = "deploy"  # of the stages that a pipeline has without naming any
_JOB = re.compile(r"^([a-z][a-z-]*):$", re.MULTILINE)
_NEEDS = re.compile(r"^( +needs: \[)([a-z-]+)\]$", re.MULTILINE)


def beside_pipeline(project: Project, files: Mapping[str, str]) -> dict[str, str]:
    """
    Return *files*, with the pipeline of a recipe in `OWN_FILE` where the project has one.

    GitLab makes one job of two that have the same name. So a job of the recipe gets another name
    where the project's pipeline has it. All run in the last stage, after the project's tests.

    Args:
        project: What is there.
        files: Those of a recipe, by path.

    Source: https://docs.gitlab.com/ci/yaml/includes/
    """
    if TOP not in files or not _has_own(project):
        return dict(files)
    nodes = _others(project)
    taken_names = {entry.key for node in nodes for entry in node.entries}
    text = files[TOP].replace(
        f"{_TEMPLATE}:\n", f"{_TEMPLATE}:\n  stage: {as_yaml(_last_stage(nodes))}\n", 1
    )

    def free(name: str) -> str:
        return f"releasio-{name}" if name in taken_names else name

    text = _JOB.sub(lambda job: f"{free(job[1])}:", text)
    text = _NEEDS.sub(lambda needs: f"{needs[1]}{free(needs[2])}]", text)
    return {OWN_FILE if path == TOP else path: text for path, text in {**files, TOP: text}.items()}


def include_sentence(project: Project) -> str:
    """Return what is to be added to the pipeline for `OWN_FILE`; empty: it includes that."""
    if not _has_own(project) or OWN_FILE in project.contents.pipeline:
        return ""
    include = _parsed(TOP, project.contents.pipeline[TOP]).get("include")
    entry = f"{{local: {OWN_FILE}}}"
    if include is None:
        return f"Add to {TOP}: include: [{entry}]"
    if not include.is_sequence:  # a single file, or a table for it
        return f"Make a list of what `include` in {TOP} names, and add to it: {entry}"
    return f"Add to the list of `include` in {TOP}: {entry}"


def _has_own(project: Project) -> bool:
    """Whether the project has a pipeline that is no recipe of ours."""
    text = project.contents.pipeline.get(TOP)
    return text is not None and f"{_TEMPLATE}:" not in text.splitlines()


def _others(project: Project) -> tuple[Node, ...]:
    """Return the files of the project's own pipeline, the one at the top first."""
    files = project.contents.pipeline
    top = _parsed(TOP, files[TOP])
    included = [path for path in files if path not in {TOP, OWN_FILE}]
    return (top, *(_parsed(path, files[path]) for path in included))


def _parsed(path: str, text: str) -> Node:
    try:
        return parse_yaml(text, path)
    except WorkflowUnreadable:  # doctor says so
        return NOTHING


def _last_stage(nodes: Iterable[Node]) -> str:
    """Return the last stage that the pipeline names, as far as it can be told."""
    for node in nodes:
        stages = node.get("stages")
        names = [name for name in (stages.texts() if stages else ()) if "$" not in name]
        if own_names := [name for name in names if name != ".post"]:
            return own_names[-1]
    return _LAST_OF_GITLAB
