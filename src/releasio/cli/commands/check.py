"""`releasio check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from releasio.cli.options import (
    diff_option,
    exit_code_option,
    json_option,
    offline_option,
    package_option,
    path_argument,
    registry_option,
    verbose_option,
    version_options,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@path_argument
@version_options
@registry_option
@package_option
@exit_code_option
@diff_option
@json_option
@offline_option
@verbose_option
def check(path: Path, **options: Any) -> None:  # noqa: ANN401 -- one for each option above
    """
    Show what would be released, and why.

    The version with the commits, rules and settings that led to it, the notes,
    every step, and what stands in the way. Changes nothing.
    """
    from releasio.cli.commands.release import run

    options |= {"execute": False, "dry_run": True, "skip_publish": False}
    run("check", path, options)
