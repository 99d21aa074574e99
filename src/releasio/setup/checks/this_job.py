"""Whether the CI job in which this runs can publish, where it is one that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.identity import ForkHasNoIdentity, IdentityPermissionMissing
from releasio.errors.auth.publisher import EventNotTaken, WorkflowOfAnother
from releasio.rules.identity.claims import claim
from releasio.rules.identity.job_identity import JobIdentity, differences
from releasio.rules.identity.publisher import called_workflow, workflow_file
from releasio.rules.workflow.trusted import PUBLIC
from releasio.setup.findings.this_job import (
    IdentityNotGiven,
    JobDiffersFromPublisher,
    JobGetsNoIdentity,
    JobNeverTrusted,
)
from releasio.setup.situation.needed_publishers import identities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.rules.workflow.publishing import Upload
    from releasio.setup.finding import Finding
    from releasio.setup.situation.machine_state import MachineState
    from releasio.setup.situation.situation import Situation


def check_this_job(situation: Situation) -> Iterator[Finding]:
    """Yield why this job gets no upload token; nothing where it is not one that publishes."""
    machine = situation.machine
    uploads = own_uploads(situation)
    if machine is None or machine.job is None or not uploads:
        return
    place = uploads[0].workflow.path, uploads[0].job.line
    if not machine.job.grants_identity:
        is_fork = machine.job.from_fork
        error = ForkHasNoIdentity() if is_fork else IdentityPermissionMissing()
        finding = JobGetsNoIdentity(uploads[0].job.key, f"{error.message}.", error.hint)
        yield finding.at(*place).weighed("note" if is_fork else "error")
    if machine.claims_trouble:
        yield IdentityNotGiven(machine.claims_trouble)
    if problem := _never_trusted(machine):
        yield JobNeverTrusted(problem.message, problem.hint).at(*place)
    elif machine.claims:
        yield from _differs(situation, machine, uploads)


def _differs(
    situation: Situation, machine: MachineState, uploads: Sequence[Upload]
) -> Iterator[Finding]:
    """Yield publishers of the last release that this job is not, where no file tells it."""
    for state in situation.indexes:
        upload = next((each for each in uploads if each.target == state.registry.name), None)
        last = state.publisher
        if last is None or upload is None:
            continue
        path, line = upload.workflow.path, upload.job.line
        claims = {name: claim(machine.claims, name) for name in machine.claims}
        actual = JobIdentity(upload.target, upload.job.key, path, line, claims)
        fields = differences(actual, last.signatory, last.environment)
        declared = (each for each in identities(situation) if each.path == path)
        if fields and not any(
            differences(each, last.signatory, last.environment) == fields for each in declared
        ):
            differing = tuple(f"{name} {here}, not {there}" for name, there, here in fields)
            yield JobDiffersFromPublisher(
                str(last.version), upload.target, upload.job.key, differing, str(last.signatory)
            ).at(path, line)


def own_uploads(situation: Situation) -> tuple[Upload, ...]:
    """Return what this job uploads to PyPI or TestPyPI without a token, by its workflow file."""
    job = situation.machine.job if situation.machine else None
    if job is None:
        return ()
    file, key = workflow_file(f"/{job.workflow}"), situation.env.get("GITHUB_JOB", "")
    return tuple(
        upload
        for upload in situation.uploads
        if upload.is_trusted
        and upload.target in PUBLIC
        and upload.workflow.path.rpartition("/")[2] == file
        and upload.job.key == key
    )


def _never_trusted(machine: MachineState) -> ReleasioError | None:
    claims = machine.claims
    event = claim(claims, "event_name") or (machine.job.event if machine.job else "")
    if event == "pull_request_target":
        return EventNotTaken("pypi")
    called, repository = called_workflow(claims), claim(claims, "repository")
    if called and repository and not called[1].startswith(f"{repository}/"):
        return WorkflowOfAnother(repository, workflow_file(called[0]), called[1])
    return None
