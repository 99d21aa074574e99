"""All tools that release this project, and what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.adoption.adopted import Adopted
from releasio.setup.adoption.foreign_table import Unreadable
from releasio.setup.adoption.project import Project
from releasio.setup.adoption.translators import (
    bumpversion,
    commitizen,
    fragments,
    publishing_jobs,
    python_semantic_release,
    release_drafter,
    release_please,
    releasio_2,
    tbump,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles

_TOOLS = (
    releasio_2,
    python_semantic_release,
    commitizen,
    release_please,
    bumpversion,
    tbump,
    fragments,
    release_drafter,
    publishing_jobs,
)


def find_tools(files: ProjectFiles, workflows: Mapping[str, str]) -> tuple[Adopted, ...]:
    """
    Return the tools that release the project, those that decide about versions first.

    A file that cannot be read is told in `Adopted.broken`.

    Args:
        files: The project's, read as they are asked for.
        workflows: The texts of the repository's workflow files, by path.
    """
    project = Project.of(files, workflows)
    tools = []
    for module in _TOOLS:
        try:
            tool = module.find(project)
        except Unreadable as error:
            place = error.broken.place.partition(":")[0]
            tool = Adopted(module.TOOL, (place,), broken=(error.broken,))
        if tool is not None:
            tools.append(tool)
    return tuple(tools)
