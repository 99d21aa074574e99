"""Errors as annotations in GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.plaintext import command_property, command_value

if TYPE_CHECKING:
    from releasio.cli.screen import Terminal
    from releasio.errors.base import ReleasioError


def annotation(error: ReleasioError, screen: Terminal, level: str = "error") -> str:
    """Return the `::error` command for *error*, with file and line where they are known."""
    properties = {"title": f"releasio: {error.code}"}
    if error.path:
        properties["file"] = error.path
    if error.line:
        properties["line"] = str(error.line)
    property_list = ",".join(
        f"{key}={command_property(value)}" for key, value in properties.items()
    )
    text = f"{error}\n{error.hint}".strip()
    return f"::{level} {property_list}::{command_value(screen.clean(text))}"
