"""`releasio do-release`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from releasio.cli.options import Versioned, release_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("do-release", cls=Versioned)
@release_options
def do_release(path: Path, **options: Any) -> None:  # noqa: ANN401 -- one for each option above
    """Release directly, by the name the command had in 2.x: `release` with mode = "direct"."""
    from releasio.cli.commands.release import run

    run("do-release", path, options, mode="direct")
