"""What doctor found, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from releasio.cli.show.annotate import finding_annotation
from releasio.cli.show.outputs import append_summary
from releasio.rules.identity.publisher_form import comparison
from releasio.setup.finding import SEVERITIES
from releasio.setup.patches.patch import applied
from releasio.text.file_diff import file_diff
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from releasio.cli.context import App
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}
_DIFF_COLORS = {"+": "green", "-": "red"}
_MOST = 3  # of a kind that are shown; the others are named by their place
_FIX = "To make these edits:", "releasio doctor --fix"


class _Line(NamedTuple):
    """A line, and how a terminal shows it."""

    text: str = ""
    color: str | None = None
    bold: bool = False
    dim: bool = False


def show_findings(app: App, findings: Sequence[Finding], situation: Situation) -> None:
    """Show *findings* on the terminal, in the log of CI and on the page of its job."""
    for line in _lines(findings, situation, every=app.verbose):
        app.screen.say(line.text, fg=line.color, bold=line.bold or None, dim=line.dim or None)
    has_patch = any(finding.patch for finding in findings)
    if has_patch:
        app.screen.command(*_FIX)
    if app.screen.actions:
        for finding in findings:
            app.screen.raw(finding_annotation(finding, app.screen), error=True)
    append_summary(app, _page(findings, situation))


def show_mended(
    app: App, paths: Iterable[str], before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Show what was changed in the files at *paths*."""
    for path in paths:
        app.screen.say(f"mended {path}", bold=True)
        old, new = before.get(path), after.get(path, "")
        diff = file_diff(path, None if old is None else old.encode(), new.encode())
        for line in _short(list(diff), path):
            app.screen.say(f"    {line}", fg=_DIFF_COLORS.get(line[:1]))
        app.screen.say()


def findings_document(findings: Sequence[Finding], situation: Situation) -> list[dict[str, Any]]:
    """Return *findings* as the JSON document has them."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "why": finding.why,
            "fix": finding.fix,
            "path": finding.path or None,
            "line": finding.line,
            "diff": "\n".join(_diff(finding, situation)) or None,
        }
        for finding in findings
    ]


def looked_at_document(situation: Situation) -> dict[str, Any]:
    """Return what was looked at as the JSON document has it."""
    return {
        "project": situation.project.name or None,
        "folder": situation.project.folder,
        "workflows": [workflow.path for workflow in situation.workflows],
        "publishing_jobs": [f"{path}: {key}" for path, key in _publishing_jobs(situation)],
        "indexes": [state.registry.name for state in situation.indexes if not state.trouble],
        "offline": situation.offline,
    }


def _lines(
    findings: Sequence[Finding], situation: Situation, *, every: bool = False
) -> Iterator[_Line]:
    for group in _groups(findings):
        most = len(group) if every else _MOST
        yield from _group_lines(group[:most], situation, group[most:])
        yield _Line()
    yield from _identity_lines(situation)
    yield _Line(_summary(findings), bold=True)
    yield _Line(_looked_at(situation), dim=True)
    if note := _unpublished(situation):
        yield _Line(note)


def _group_lines(
    shown: Sequence[Finding], situation: Situation, others: Sequence[Finding]
) -> Iterator[_Line]:
    """Yield the lines of findings of one kind; what they have in common stands below the last."""
    is_one_reason = len({finding.why for finding in shown}) == 1
    is_one_fix = len({finding.fix for finding in shown}) == 1
    for finding in shown:
        is_last = finding is shown[-1]
        color = _COLORS[finding.severity]
        yield _Line(f"{finding.severity}: {_indented(finding.message)}", color, bold=True)
        yield _Line(f"  {f'{finding.place}  ' if finding.place else ''}({finding.code})", dim=True)
        if is_last and others:
            places = ", ".join(dict.fromkeys(each.place for each in others if each.place))
            yield _Line(f"  and {len(others)} more{': ' * bool(places)}{places}")
        if is_last or not is_one_reason:
            yield _Line(f"  why: {_indented(finding.why)}")
        if finding.fix and (is_last or not is_one_fix):
            yield _Line(f"  fix: {_indented(finding.fix)}")
        for text in _short(list(_diff(finding, situation)), finding.path):
            yield _Line(f"    {text}", _DIFF_COLORS.get(text[:1]), dim=text.startswith("@@"))


def _indented(text: str) -> str:
    """Return *text* with its further lines below the first."""
    return text.strip().replace("\n", "\n  ")


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return *findings* with those of a kind together, the gravest first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    return sorted(groups.values(), key=lambda group: SEVERITIES.index(group[0].severity))


def _diff(finding: Finding, situation: Situation) -> Iterator[str]:
    if finding.patch is None:
        return
    texts = situation.texts()
    for path, text in applied([finding.patch], texts).items():
        before = texts.get(path)
        old = None if before is None else before.encode()
        yield from file_diff(path, old, text.encode())


def _short(lines: list[str], known_path: str) -> Iterator[str]:
    """Yield what changes, with one line around it; and the file where it is not plain which."""
    for number, line in enumerate(lines):
        if line.startswith(("--- ", "+++ ")):
            if line.startswith("+++ ") and line != f"+++ b/{known_path}":
                yield line
            continue
        nearby = lines[number - 1 : number + 2]
        if line.startswith("@@") or any(each.startswith(("+", "-")) for each in nearby):
            yield line


def _identity_lines(situation: Situation) -> Iterator[_Line]:
    """Yield what the identity of this CI job says, beside what a publisher has to be."""
    machine = situation.machine
    if machine is None or not machine.claims:
        return
    yield _Line("This job can publish where its publisher is:", bold=True)
    for text in comparison(machine.claims).splitlines():
        yield _Line(text)
    yield _Line()


def _summary(findings: Sequence[Finding]) -> str:
    parts = []
    for severity in SEVERITIES:
        number = sum(1 for finding in findings if finding.severity == severity)
        if number:
            parts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    return listed(parts) if parts else "Nothing to complain about."


def _publishing_jobs(situation: Situation) -> list[tuple[str, str]]:
    jobs = [(upload.workflow.path, upload.job.key) for upload in situation.uploads]
    jobs += [(upload.job.path, upload.job.key) for upload in situation.pipeline]
    return list(dict.fromkeys(jobs))


def _looked_at(situation: Situation) -> str:
    workflows, jobs = situation.workflows, _publishing_jobs(situation)
    number = len(workflows)
    parts = [situation.project.name] if situation.project.name else []
    if workflows or not situation.pipeline_texts:
        parts.append(f"{number or 'no'} workflow{'s' if number > 1 else ''}")
    if situation.pipeline_texts:
        parts.append("the pipeline")
    if jobs:
        parts[-1] += " (1 job publishes)" if len(jobs) == 1 else f" ({len(jobs)} jobs publish)"
    parts += [state.registry.name for state in situation.indexes if not state.trouble]
    asked = "; no index was asked (--offline)" if situation.offline else ""
    return f"Looked at {listed(parts)}{asked}."


def _unpublished(situation: Situation) -> str:
    if situation.targets or (situation.place and situation.place.kind != "github"):
        return ""
    if situation.workflows:
        return "None of the workflows is seen to publish; `releasio init` writes one that does."
    return "There is no workflow that publishes; `releasio init` writes one."


def _page(findings: Sequence[Finding], situation: Situation) -> Iterator[str]:
    """Yield what stands on the page of the job; a fence that no text can end is around it."""
    texts = [line.text for line in _lines(findings, situation)]
    fence = "`" * (3 + max((text.count("`") for text in texts), default=0))
    yield f"## releasio doctor: {_summary(findings)}\n"
    yield f"{fence}text"
    yield from texts
    yield f"{fence}\n"
