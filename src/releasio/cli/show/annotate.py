"""Errors and findings as annotations in GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.plaintext import command_property, command_value

if TYPE_CHECKING:
    from releasio.cli.screen import Terminal
    from releasio.errors.base import ReleasioError
    from releasio.setup.finding import Finding


def annotation(error: ReleasioError, screen: Terminal, level: str = "error") -> str:
    """Return the `::error` command for *error*, with file and line where they are known."""
    text = f"{error}\n{error.hint}".strip()
    return _command(level, error.code, (error.path or "", error.line), screen.clean(text))


def finding_annotation(finding: Finding, screen: Terminal) -> str:
    """Return the command for *finding*: `::error`, `::warning` or `::notice`."""
    level = {"note": "notice"}.get(finding.severity, finding.severity)
    text = screen.clean(f"{finding.message}\n{finding.why}\n{finding.fix}".strip())
    return _command(level, finding.code, (finding.path, finding.line), text)


def _command(level: str, code: str, place: tuple[str, int | None], text: str) -> str:
    properties = {"title": f"releasio: {code}"}
    path, line = place
    if path:
        properties["file"] = path
    if line:
        properties["line"] = str(line)
    property_list = ",".join(
        f"{key}={command_property(value)}" for key, value in properties.items()
    )
    return f"::{level} {property_list}::{command_value(text)}"
