"""`releasio release`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import Options, edit_option, release_options, takes_options
from releasio.cli.staging import run_stage, stage_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@release_options
@edit_option
@stage_options
@takes_options
def release(
    options: Options,
    *,
    edit: bool,
    stage: str,
    commit: str | None,
    tag: str | None,
    dist: Path | None,
) -> None:
    """
    Release: everything that is left until the version is on the index.

    Raises the version as the commits say, writes the changelog, builds, tags,
    pushes, uploads and verifies. A release that was interrupted is finished.
    Without --execute it shows what it would do.
    """
    from releasio.cli.releasing import releasing

    if edit and not options.execute:
        msg = "--edit is for a release: give --execute, too."
        raise click.UsageError(msg)
    if stage != "all":
        if edit:
            msg = "--edit is for a release in one run, without --stage."
            raise click.UsageError(msg)
        run_stage(options, stage, commit=commit, tag=tag, dist=dist)
        return
    if commit or tag or dist:
        msg = "--commit, --tag and --dist are for a release in stages: say which with --stage."
        raise click.UsageError(msg)
    releasing("release", options, edit=edit)
