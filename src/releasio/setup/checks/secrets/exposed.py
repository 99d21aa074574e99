"""Secrets that reach too much, or not where they are needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.events.start import callers_of
from releasio.rules.workflow.publishing import secret_names
from releasio.setup.findings.secrets import tokens as findings
from releasio.setup.patches.entries import insert_entry, without_entry
from releasio.setup.patches.patch import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Job, Step, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.patches.patch import Patch
    from releasio.setup.situation.situation import Situation

_SHOWING = re.compile(r"\s*(?:echo|printf|Write-Host|Write-Output)\b([^|>]*)")
_MASKS = "::add-mask::"


def check_exposed(situation: Situation) -> Iterator[Finding]:
    """Yield secrets that are printed, held by too many steps, or not passed on."""
    for upload in situation.uploads:
        yield from _not_passed(situation, upload)
        yield from _in_environment(upload)
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            for step in job.steps:
                yield from _shown(workflow, job, step)


def _not_passed(situation: Situation, upload: Upload) -> Iterator[Finding]:
    if upload.job.environment is not None:
        return  # an environment brings its own
    for name in secret_names(upload.password):
        for caller, job in callers_of(upload.workflow, situation.workflows):
            passed_secrets = job.node.get("secrets")
            if name == "GITHUB_TOKEN" or (
                passed_secrets and (passed_secrets.text or passed_secrets.get(name))
            ):
                continue
            declared = upload.workflow.node.get("on", "workflow_call", "secrets", name)
            lines: tuple[str, ...] = ("secrets: inherit",)
            if declared is not None:
                lines = ("secrets:", f"  {name}: ${{{{ secrets.{name} }}}}")
            words = " ".join(line.strip() for line in lines)
            patch = (
                insert_entry(caller, job.node, lines, before="") if passed_secrets is None else None
            )
            finding = findings.SecretNotPassed(job.key, upload.workflow.file, name, words)
            entry = job.node.entry("uses")
            yield finding.at(caller.path, entry.line if entry else job.line, patch)


def _in_environment(upload: Upload) -> Iterator[Finding]:
    workflow, job = upload.workflow, upload.job
    names, has_others = secret_names(upload.password), len(job.steps) > 1
    scopes: tuple[tuple[Node, str, bool], ...] = (
        (workflow.node, "every job of the workflow", len(workflow.jobs) > 1 or has_others),
        (job.node, f"every step of job {job.key}", has_others),
    )
    for node, scope, is_shared in scopes:
        env = node.get("env")
        for entry in env.entries if env and is_shared and names else ():
            if set(secret_names(entry.node)) & set(names):
                finding = findings.SecretInEnvironment(entry.key, names[0], scope)
                yield finding.at(workflow.path, entry.line, _moved(upload, node, entry.key))


def _moved(upload: Upload, node: Node, key: str) -> Patch | None:
    """Return the patch that gives what *node* has under *key* to the step of *upload* alone."""
    value, step = node.get("env", key), upload.step
    others = [entry.node for entry in node.entries if entry.key != "env"]
    text = " ".join(each.text for other in others for each in other.scalars())
    if value is None or step.path != upload.workflow.path or key in text.replace(step.run, ""):
        return None
    line, env = f"{key}: {value.text}", step.node.get("env")
    addition = (
        insert_entry(upload.workflow, env, (line,), before="")
        if env
        else insert_entry(upload.workflow, step.node, ("env:", f"  {line}"), before="")
    )
    return joined(without_entry(upload.workflow.path, node, ("env", key)), addition)


def _shown(workflow: Workflow, job: Job, step: Step) -> Iterator[Finding]:
    script = step.node.get("run")
    if script is None:
        return
    for number, line in enumerate(step.run.split("\n"), script.text_line):
        match = _SHOWING.fullmatch(line)
        names = re.findall(r"secrets\.([A-Za-z_]\w*)", line) if match else []
        if names and _MASKS not in line and "GITHUB_TOKEN" not in names:
            yield findings.SecretShown(job.key, names[0]).at(workflow.path, number)
