"""Whether the built files come to the job that publishes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.events.start import needed_jobs
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers import artefacts as findings
from releasio.setup.patches.entries import insert_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.workflow.workflow import Job, Step
    from releasio.setup.checks.triggers.publish_job import PublishJob
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_UP, _DOWN = "actions/upload-artifact", "actions/download-artifact"
_RETIRED = re.compile(r"v[123](?:\.[0-9.]+)?")
_USUAL_NAME = "artifact"
# actions that are known to upload no artefact; of any other one that is not known
_SILENT_OWNERS = ("actions/", "astral-sh/", "github/", "docker/", "pypa/")
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")


def check_artefacts(situation: Situation) -> Iterator[Finding]:
    """Yield where built files are lost between jobs."""
    for publishing in publish_jobs(situation):
        jobs = (*needed_jobs(publishing.workflow, publishing.job), publishing.job)
        yield from _retired(publishing, jobs)
        yield from _twice(publishing, jobs)
        yield from _not_uploaded(publishing)
        yield from _in_folders(publishing)


def _retired(publishing: PublishJob, jobs: Sequence[Job]) -> Iterator[Finding]:
    for job in jobs:
        for step in job.steps:
            if step.action in {_UP, _DOWN} and _RETIRED.fullmatch(step.ref):
                name = f"{step.action}: {step.ref.partition('.')[0]}"
                finding = findings.ArtefactActionRetired(step.uses, name)
                yield finding.at(publishing.workflow.path, step.line_of("uses"))


def _name(step: Step) -> str:
    node = step.input("name")
    return _USUAL_NAME if node is None or node.is_empty else node.text


def _twice(publishing: PublishJob, jobs: Sequence[Job]) -> Iterator[Finding]:
    uploaders: dict[str, str] = {}
    for job in jobs:
        for step in job.steps:
            overwrite = step.input("overwrite")
            is_other = step.action != _UP or _RETIRED.fullmatch(step.ref) or step.condition
            name = _name(step)
            if is_other or overwrite is not None or "${{" in name or job.condition:
                continue
            who = f"the legs of the matrix of job {job.key} upload" if _legs(job) > 1 else ""
            if name in uploaders:
                other = uploaders[name]
                who = (
                    f"job {job.key} uploads"
                    if other == job.key
                    else f"jobs {other} and {job.key} upload"
                )
            uploaders[name] = job.key
            if who:
                finding = findings.ArtefactNameTwice(who, name)
                yield finding.at(publishing.workflow.path, step.line_of("with", "name"))


def _legs(job: Job) -> int:
    """Return how many runs the matrix of *job* surely has; 1 where that is not known."""
    matrix = job.node.get("strategy", "matrix")
    if matrix is None or not matrix.is_mapping or matrix.get("exclude") is not None:
        return 1
    count = 1
    for entry in matrix.entries:
        if entry.key != "include":
            count *= max(len(entry.node.items), 1)
    included = matrix.get("include")
    return max(count, len(included.items) if included and len(matrix.entries) == 1 else 1)


def _not_uploaded(publishing: PublishJob) -> Iterator[Finding]:
    if any(job.uses or not _is_plain(job) for job in publishing.workflow.jobs.values()):
        return
    names = {
        _name(step): None
        for job in publishing.workflow.jobs.values()
        for step in job.steps
        if step.action == _UP
    }
    for step in publishing.job.steps:
        artefact_name = step.input("name")
        if (
            step.action != _DOWN
            or artefact_name is None
            or "${{" in artefact_name.text
            or not names
        ):
            continue
        if step.input("run-id") is not None or step.input("github-token") is not None:
            continue
        if not any(_may_be(name, artefact_name.text) for name in names):
            finding = findings.ArtefactNotUploaded(
                publishing.job.key, artefact_name.text, tuple(names)
            )
            yield finding.at(publishing.workflow.path, artefact_name.line)


def _is_plain(job: Job) -> bool:
    """Tell whether every action of *job* is one of which its artefacts are known."""
    return all(not step.uses or step.action.startswith(_SILENT_OWNERS) for step in job.steps)


def _may_be(name: str, wanted: str) -> bool:
    """Tell whether the *name* of an upload, which may be computed, can be *wanted*."""
    parts = _EXPRESSION.split(name)
    return bool(re.fullmatch(".*".join(map(re.escape, parts)), wanted, re.DOTALL))


def _in_folders(publishing: PublishJob) -> Iterator[Finding]:
    steps = list(publishing.job.steps)
    places = [place for place, step in enumerate(steps) if step.action == _DOWN]
    direct = [upload for upload in publishing.uploads if upload.tool == "gh-action-pypi-publish"]
    if len(places) != 1 or not direct or direct[0].step not in steps:
        return
    download, upload = steps[places[0]], direct[0].step
    between = steps[places[0] + 1 : steps.index(upload)]
    if any(step.run or step.uses.startswith("./") for step in between):
        return  # it may move the files
    if any(download.input(name) for name in ("name", "merge-multiple", "artifact-ids")):
        return
    folder = upload.input("packages-dir") or upload.input("packages_dir")
    looked_at = _folder(folder.text if folder else "dist")
    target = download.input("path")
    if looked_at != _folder(target.text if target else ".") or "${{" in looked_at:
        return
    inputs = download.node.get("with")
    lines = ("merge-multiple: true",) if inputs else ("with:", "  merge-multiple: true")
    patch = insert_entry(publishing.workflow, inputs or download.node, lines, before="")
    finding = findings.ArtefactsInFolders(publishing.job.key, looked_at)
    yield finding.at(publishing.workflow.path, download.line_of("uses"), patch)


def _folder(text: str) -> str:
    return text.strip().removeprefix("./").rstrip("/") or "."
