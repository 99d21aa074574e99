"""`releasio init`."""

from __future__ import annotations

import click

from releasio.cli.options import Options, json_option, offline_option, path_argument, takes_options

_PLACES = (".releasio.toml", "releasio.toml", "pyproject.toml")


@click.command()
@path_argument
@click.option(
    "yes",
    "--yes",
    "-y",
    "--execute",
    "-x",
    is_flag=True,
    help="Ask nothing: take what the project says, and write it.",
)
@click.option("--recipe", metavar="NAME", help="How releases are made, instead of the question.")
@click.option("--config", type=click.Choice(_PLACES), help="Where the settings are kept, likewise.")
@click.option(
    "--force", "-f", is_flag=True, help="Change files that are there without asking for each."
)
@click.option(
    "--dry-run", "-n", is_flag=True, help="Show what --yes would write, and write nothing."
)
@json_option
@offline_option
@takes_options
def init(
    options: Options, *, yes: bool, recipe: str | None, config: str | None, force: bool
) -> None:
    """
    Set a project up for its releases: settings, workflow, changelog.

    Asks a few questions; the project gives the usual answer to each. Shows every
    file before it is written, and writes them together in the end. What is there
    already is only changed if you say so. Then shows what the index has to know.
    """
    from releasio.cli.doorway import doorway
    from releasio.cli.setup.initializing import Wishes, initialize

    app = options.app("init")
    with doorway(app):
        initialize(app, Wishes(yes, recipe, config, force, options.dry_run))
