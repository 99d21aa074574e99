"""releasio 2.x: its settings and its workflow are read as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading.generations import NEWEST
from releasio.rules.project.project_files import MANIFEST
from releasio.rules.workflow.publishing import is_releasio
from releasio.setup.adoption.foreign_table import ForeignTable, toml_table
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.used_actions import readable

if TYPE_CHECKING:
    from releasio.rules.workflow.workflow import Step
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.project import Project

TOOL = "releasio 2.x"
_FILES = (".releasio.toml", "releasio.toml")


def find(project: Project) -> Adopted | None:
    """
    Return what an older releasio left; `None`: nothing.

    Raises:
        Unreadable: Its file is broken.
    """
    table, steps = _settings(project), _old_steps(project)
    if table is None and not steps:
        return None
    places = [f"{step.path}:{step.line_of('uses')}" for step in steps]
    if table is None:
        step = steps[0]
        table = ForeignTable(step.path, {}, {(): step.line_of("uses")})
        places = places[1:]
    translation = Translation(TOOL, table)
    if table.values:
        translation.cannot(
            "its keys are read as they are, with the defaults of today where there is none",
            "`releasio config upgrade` shows what the new defaults would change.",
        )
    if steps:
        translation.cannot(
            "the Action takes the inputs of 2.x and has its outputs",
            "Take a release of 3.x by its commit id. For trusted publishing the job needs "
            "`id-token: write`. Nothing else has to be installed in it.",
        )
    return translation.adopted(*places)


def _settings(project: Project) -> ForeignTable | None:
    """Return the settings, where they do not say that they are of today."""
    for name in _FILES:
        if text := project.text(name):
            table = toml_table(name, text)
            break
    else:
        table = toml_table(MANIFEST, project.text(MANIFEST) or "", "tool", "releasio")
    return None if table is None or table.at("config_version") == NEWEST else table


def _old_steps(project: Project) -> list[Step]:
    """Return the steps that use its Action of an older version."""
    return [
        step
        for workflow in readable(project.workflows)
        for job in workflow.jobs.values()
        for step in job.steps
        if is_releasio(step) and step.ref.lower().startswith(("v1", "v2", "1.", "2."))
    ]
