"""Inputs of publishing actions that do nothing, or not what they seem to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.publishing import PYPI_ACTION
from releasio.setup.checks.triggers.publish_job import PUBLIC
from releasio.setup.findings.triggers import inputs as findings
from releasio.setup.patch import Edit, Patch
from releasio.setup.value_edits import without_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Step, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.situation import Situation

_RENAMED = (
    "repository_url",
    "packages_dir",
    "verify_metadata",
    "skip_existing",
    "print_hash",
)
_UNTRUSTED = re.compile(r"(?:release/)?v1\.[0-7](?:\.\w+)?")  # v1.8.0 brought trusted publishing
_GONE_BRANCHES = frozenset({"master"})
_SEMANTIC_RELEASE = "python-semantic-release/python-semantic-release"
_UPLOADING = ("pypi_token", "upload_to_pypi", "repository_username", "repository_password")
_WITHOUT_UPLOAD = re.compile(r"v(?:[89]|[1-9][0-9])(?:\.|$)")


def check_inputs(situation: Situation) -> Iterator[Finding]:
    """Yield the inputs that are not what they seem."""
    for upload in situation.uploads:
        if upload.step.action == PYPI_ACTION:
            yield from _of_pypi_action(upload)
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            for step in job.steps:
                if step.action == _SEMANTIC_RELEASE:
                    yield from _of_semantic_release(situation, workflow, step)


def _of_pypi_action(upload: Upload) -> Iterator[Finding]:
    step, path = upload.step, upload.workflow.path
    if step.ref in _GONE_BRANCHES:
        yield findings.PypiActionBranchGone(step.ref).at(path, step.line_of("uses"))
    if upload.password is None and _UNTRUSTED.fullmatch(step.ref):
        yield findings.PypiActionTooOld(upload.job.key, step.ref).at(path, step.line_of("uses"))
    attestations = step.input("attestations")
    if attestations is not None and attestations.text == "true" and upload.password is not None:
        yield findings.AttestationsWithoutIdentity(upload.job.key).at(
            path, attestations.line, without_entry(path, step.node, ("with", "attestations"))
        )
    inputs = step.node.get("with")
    for entry in inputs.entries if inputs else ():
        if entry.key in _RENAMED:
            new = entry.key.replace("_", "-")
            patch = _renamed(upload.workflow, entry.line, entry.key, new)
            yield findings.InputRenamed(entry.key, new).at(path, entry.line, patch)
    skips = step.input("skip-existing") or step.input("skip_existing")
    if skips is not None and skips.text == "true" and upload.target == "pypi":
        yield findings.SkipExisting(upload.job.key).at(path, skips.line)


def _renamed(workflow: Workflow, line: int, old: str, new: str) -> Patch | None:
    text = workflow.text.split("\n")[line - 1].rstrip("\r")
    if text.count(f"{old}:") != 1:
        return None
    edit = Edit(workflow.path, line, line + 1, (text.replace(f"{old}:", f"{new}:"),))
    return Patch((edit,))


def _of_semantic_release(situation: Situation, workflow: Workflow, step: Step) -> Iterator[Finding]:
    inputs = step.node.get("with")
    names = [entry for entry in (inputs.entries if inputs else ()) if entry.key in _UPLOADING]
    if not names or not _WITHOUT_UPLOAD.match(step.ref):
        return
    finding = findings.SemanticReleaseInputGone(step.ref, tuple(entry.key for entry in names))
    uploads = any(upload.target in PUBLIC for upload in situation.uploads)
    finding.weighed("warning" if uploads else "error")
    yield finding.at(workflow.path, names[0].line)
