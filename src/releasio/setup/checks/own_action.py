"""Whether GitHub finds releasio's own Action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.findings.own_action import ActionOwnerMissing
from releasio.setup.recipes.recipe import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation


def check_own_action(situation: Situation) -> Iterator[Finding]:
    """Yield the jobs that take the Action from the account that a ready workflow leaves open."""
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            for step in job.steps:
                if step.uses.startswith(PLACEHOLDER):
                    line = step.line_of("uses")
                    yield ActionOwnerMissing(job.key, step.uses).at(workflow.path, line)
