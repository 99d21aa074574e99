"""Whether the jobs of a workflow build wheels, and whether one machine builds all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.deeds import find_deeds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.rules.workflow.workflow import Job, Step

_CIBUILDWHEEL = "cibuildwheel"
_MATURIN = "maturin"


def uses_cibuildwheel(jobs: Iterable[Job]) -> bool:
    """Tell whether a step of *jobs* uses or runs cibuildwheel; a comment does neither."""
    return any(_names_cibuildwheel(step) for job in jobs for step in job.steps)


def builds_apart(jobs: Iterable[Job], *, is_compiled: bool, builds_itself: bool) -> bool:
    """
    Tell whether *jobs* build wheels that one machine does not.

    Args:
        jobs: Those of a workflow that publishes.
        is_compiled: Whether wheels of the project are of one platform each. maturin's are.
        builds_itself: Whether what uploads builds what it uploads.
    """
    building = {job.key: job for job in jobs if _builders(job)}
    if not is_compiled and not any(_MATURIN in _builders(job) for job in building.values()):
        return False
    has_matrix = any(job.node.get("strategy", "matrix") is not None for job in building.values())
    if not building:
        return not builds_itself  # the files come from elsewhere
    return has_matrix or len(building) > 1


def _names_cibuildwheel(step: Step) -> bool:
    if step.action.partition("/")[2] == _CIBUILDWHEEL:
        return True
    return any(command.after(_CIBUILDWHEEL) is not None for command, _ in step.commands())


def _builders(job: Job) -> str:
    """Return what *job* builds with, in one line."""
    return " ".join(deed.words for deed in find_deeds(job, {}) if deed.kind == "builds")
