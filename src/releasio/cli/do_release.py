"""`releasio do-release`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from releasio.cli.options import (
    Versioned,
    act_options,
    json_option,
    offline_option,
    package_option,
    path_argument,
    registry_option,
    skip_publish_option,
    verbose_option,
    version_options,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command("do-release", cls=Versioned)
@path_argument
@version_options
@registry_option
@skip_publish_option
@package_option
@act_options
@click.option("--exit-code", is_flag=True, help="Exit with 3 when there is nothing to release.")
@json_option
@offline_option
@verbose_option
def do_release(path: Path, **options: Any) -> None:  # noqa: ANN401 -- one for each option above
    """Release directly, by the name the command had in 2.x: `release` with mode = "direct"."""
    from releasio.cli.release import run  # noqa: PLC0415 -- --help needs none of it

    run("do-release", path, options, mode="direct")
