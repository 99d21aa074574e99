"""Inputs of publishing actions that do nothing, or not what they seem to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.action_version import action_version
from releasio.rules.workflow.publishing import PYPI_ACTION
from releasio.rules.workflow.trusted import PUBLIC
from releasio.setup.findings.triggers import inputs as findings
from releasio.setup.patches.entries import without_entry
from releasio.setup.patches.patch import respelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Step, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.patches.patch import Patch
    from releasio.setup.situation.situation import Situation

_RENAMED = (
    "repository_url",
    "packages_dir",
    "verify_metadata",
    "skip_existing",
    "print_hash",
)
_SUNSET, _LIKE = "master", (1, 4)  # the branch that was given up, and the version it is like
_KEBAB_CASE = (1, 7)  # since then, the PyPI action's inputs are written with `-`
_TRUSTED = (1, 8)  # since then, it can publish without a token
_SEMANTIC_RELEASE = "python-semantic-release/python-semantic-release"
_UPLOADING = ("pypi_token", "upload_to_pypi", "repository_username", "repository_password")
_WITHOUT_UPLOAD = (8, 0)  # since then, python-semantic-release uploads nothing


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
    version = action_version(step, upload.workflow.text)
    if step.ref == _SUNSET:
        version = _LIKE
        finding = findings.PypiActionSunset(upload.job.key, step.ref)
        yield finding.at(path, step.line_of("uses"))
    if upload.password is None and upload.target in PUBLIC and version and version < _TRUSTED:
        numbers = ".".join(map(str, version))
        yield findings.PypiActionTooOld(upload.job.key, numbers).at(path, step.line_of("uses"))
    attestations = step.input("attestations")
    if attestations is not None and attestations.text == "true" and upload.password is not None:
        yield findings.AttestationsWithoutIdentity(upload.job.key).at(
            path, attestations.line, without_entry(path, step.node, ("with", "attestations"))
        )
    yield from _names(upload, version)
    skips = step.input("skip-existing") or step.input("skip_existing")
    if skips is not None and skips.text == "true" and upload.target == "pypi":
        yield findings.SkipExisting(upload.job.key).at(path, skips.line)


def _names(upload: Upload, version: tuple[int, int] | None) -> Iterator[Finding]:
    """Yield the inputs that the *version* of the PyPI action has under another name."""
    path, inputs = upload.workflow.path, upload.step.node.get("with")
    for entry in inputs.entries if inputs else ():
        other = entry.key.replace("_", "-")
        old = entry.key.replace("-", "_")
        if old not in _RENAMED:
            continue
        if version is not None and version < _KEBAB_CASE:
            if entry.key != old:
                numbers = ".".join(map(str, version))
                patch = _renamed(upload.workflow, entry.line, entry.key, old)
                yield findings.InputNotKnown(numbers, entry.key, old).at(path, entry.line, patch)
        elif entry.key != other:
            patch = _renamed(upload.workflow, entry.line, entry.key, other) if version else None
            yield findings.InputRenamed(entry.key, other).at(path, entry.line, patch)


def _renamed(workflow: Workflow, line: int, old: str, new: str) -> Patch | None:
    return respelt(workflow.path, workflow.text, line, f"{old}:", f"{new}:")


def _of_semantic_release(situation: Situation, workflow: Workflow, step: Step) -> Iterator[Finding]:
    inputs = step.node.get("with")
    names = [entry for entry in (inputs.entries if inputs else ()) if entry.key in _UPLOADING]
    version = action_version(step, workflow.text)
    if not names or version is None or version < _WITHOUT_UPLOAD:
        return
    keys = tuple(entry.key for entry in names)
    finding = findings.SemanticReleaseInputGone(str(version[0]), keys)
    uploads = any(upload.target in PUBLIC for upload in situation.uploads)
    finding.weighed("warning" if uploads else "error")
    yield finding.at(workflow.path, names[0].line)
