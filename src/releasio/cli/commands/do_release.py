"""`releasio do-release`."""

from __future__ import annotations

import click

from releasio.cli.options import Options, Versioned, release_options, takes_options


@click.command("do-release", cls=Versioned)
@release_options
@takes_options
def do_release(options: Options) -> None:
    """Release directly, by the name the command had in 2.x: `release` with mode = "direct"."""
    from releasio.cli.releasing import releasing

    releasing("do-release", options, mode="direct")
