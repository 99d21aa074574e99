"""In which environments jobs publish, as far as the files say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.environments.of_job import environments_of
from releasio.rules.workflow.environments.slips import USUAL, meant
from releasio.rules.workflow.trusted import trusted_uploads
from releasio.setup.findings.environments import (
    EnvironmentCaseDiffers,
    EnvironmentInOneJobOnly,
    EnvironmentMissing,
    EnvironmentMisspelt,
    EnvironmentOfOtherIndex,
    EnvironmentOnCall,
    EnvironmentShared,
)
from releasio.setup.patches.entries import insert_entry
from releasio.setup.patches.values import with_environment_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.workflow.workflow import Job, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.patches.patch import Patch
    from releasio.setup.situation.situation import Situation

_TRIALS = frozenset({"testpypi", "pypitest", "releasetestpypi", "publishtestpypi"})


@frozen
class Publishing:
    """
    A job that publishes to an index.

    Attributes:
        workflow: Its file.
        job: It.
        target: `pypi` or `testpypi`.
        names: The environments it can run in; None: not known.
    """

    workflow: Workflow
    job: Job
    target: str
    names: tuple[str, ...] | None

    @property
    def line(self) -> int:
        """Where its environment is named, else the job."""
        return self.job.environment.line if self.job.environment else self.job.line


def publishing_jobs(situation: Situation) -> tuple[Publishing, ...]:
    """Return the jobs that publish to PyPI or TestPyPI by what they are, once for each index."""
    jobs = {}
    for upload in trusted_uploads(situation.uploads):
        workflow, job = upload.workflow, upload.job
        names = environments_of(workflow, job, situation.calls)
        key = (workflow.path, job.key, upload.target)
        jobs[key] = Publishing(workflow, job, upload.target, names)
    return tuple(jobs.values())


def check_environments(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the environments of jobs that publish."""
    jobs = publishing_jobs(situation)
    environments = situation.surroundings.environments if situation.surroundings else None
    known_names = tuple(each.name for each in environments or ())
    for each in jobs:
        if each.names == ():
            yield from _missing(each, jobs, _registered(situation, each.target))
        elif each.names is not None:
            yield from _spelling(each, jobs, known_names)
            yield from _of_other_index(each)
    yield from _shared(jobs)
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            if job.uses and job.environment is not None:
                yield EnvironmentOnCall(job.key).at(workflow.path, job.environment.line)


def _registered(situation: Situation, target: str) -> str:
    """Return the environment that the publisher of the last release names; else the usual one."""
    publishers = [state.publisher for state in situation.indexes if state.registry.name == target]
    return next((each.environment for each in publishers if each and each.environment), target)


def _missing(each: Publishing, jobs: Sequence[Publishing], usual: str) -> Iterator[Finding]:
    other = next((job for job in jobs if job.target == each.target and job.names), None)
    job = each.job
    if other is not None and other.names:
        name = other.names[0]
        patch = _added(each, name)
        yield EnvironmentInOneJobOnly(job.key, each.target, other.job.key, name).at(
            each.workflow.path, job.line, patch
        )
    elif each.target == PYPI.name:
        yield EnvironmentMissing(job.key, each.target, usual).at(
            each.workflow.path, job.line, _added(each, usual)
        )


def _added(each: Publishing, name: str) -> Patch | None:
    return insert_entry(each.workflow, each.job.node, (f"environment: {name}",), before="steps")


def _spelling(
    each: Publishing, jobs: Sequence[Publishing], known: tuple[str, ...]
) -> Iterator[Finding]:
    place = (each.workflow.path, each.line)
    # what stands first is taken to be right
    earlier = {name: job for job in jobs[: jobs.index(each)] for name in job.names or ()}
    usual = {name for job in jobs for name in job.names or () if name.lower() in USUAL}
    for name in each.names or ():
        right = meant(name, (*earlier, *usual, *known))
        if right is not None and name.lower() not in {other.lower() for other in known}:
            is_used = right in earlier or right in usual or right in known
            yield EnvironmentMisspelt(each.job.key, name, right).at(
                *place, _renamed(each, right) if is_used else None
            )
        for spelling, other in earlier.items():
            if spelling != name and spelling.lower() == name.lower():
                yield EnvironmentCaseDiffers(each.job.key, name, other.job.key, spelling).at(
                    *place, _renamed(each, spelling)
                )


def _renamed(each: Publishing, name: str) -> Patch | None:
    return with_environment_name(each.workflow, each.job, name)


def _of_other_index(each: Publishing) -> Iterator[Finding]:
    for name in each.names or ():
        plain = re.sub(r"[^a-z]", "", name.lower())
        is_wrong = plain in (_TRIALS if each.target == PYPI.name else {"pypi"})
        if is_wrong and len(each.names or ()) == 1:
            yield EnvironmentOfOtherIndex(each.job.key, name, each.target).at(
                each.workflow.path, each.line
            )


def _shared(jobs: Sequence[Publishing]) -> Iterator[Finding]:
    by_target: dict[str, dict[str, Publishing]] = {}
    for each in jobs:
        for name in each.names or ():
            by_target.setdefault(each.target, {}).setdefault(name.lower(), each)
    real = by_target.get(PYPI.name, {})
    for name, each in by_target.get("testpypi", {}).items():
        if name in real:
            yield EnvironmentShared(name).at(each.workflow.path, each.line)
