"""`releasio release`."""

from __future__ import annotations

import click

from releasio.cli.options import Options, edit_option, release_options, takes_options


@click.command()
@release_options
@edit_option
@takes_options
def release(options: Options, *, edit: bool) -> None:
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
    releasing("release", options, edit=edit)
