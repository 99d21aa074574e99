"""What doctor found, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.setup.patch import applied
from releasio.text.file_diff import file_diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.cli.screen import Terminal
    from releasio.setup.finding import Finding
    from releasio.setup.situation import Situation

_COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}


def show_findings(screen: Terminal, findings: Sequence[Finding], situation: Situation) -> None:
    """Show each of *findings* with its evidence, its reason and what mends it."""
    for finding in findings:
        screen.say(
            f"{finding.severity}: {finding.message}  [{finding.code}]",
            fg=_COLORS[finding.severity],
        )
        if finding.place:
            screen.say(f"  {finding.place}")
        screen.say(f"  why: {finding.why}")
        if finding.fix:
            screen.say(f"  fix: {finding.fix}")
        for line in _diff(finding, situation):
            screen.say(f"    {line}")
        screen.say()
    screen.say(_summary(findings), bold=True)
    if any(finding.patch for finding in findings):
        screen.command("To make these edits:", "releasio doctor --fix")


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


def _diff(finding: Finding, situation: Situation) -> Iterator[str]:
    if finding.patch is None:
        return
    texts = situation.texts()
    for path, text in applied([finding.patch], texts).items():
        before = texts.get(path)
        old = None if before is None else before.encode()
        yield from file_diff(path, old, text.encode())


def _summary(findings: Sequence[Finding]) -> str:
    numbers = {
        severity: sum(1 for finding in findings if finding.severity == severity)
        for severity in ("error", "warning", "note")
    }
    parts = [
        f"{number} {word}{'s' if number > 1 else ''}" for word, number in numbers.items() if number
    ]
    return ", ".join(parts) if parts else "nothing to complain about"
