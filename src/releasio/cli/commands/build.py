"""`releasio build`."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

from releasio.cli.options import (
    Options,
    act_options,
    json_option,
    path_argument,
    takes_options,
    verbose_option,
)
from releasio.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.config.reading.load import Settings
    from releasio.release.checking.reproduce import Twice


@click.command()
@path_argument
@act_options
@click.option(
    "--check-reproducible",
    "twice",
    is_flag=True,
    help="Build twice in folders apart, and name what differs. Nothing of it is kept; with "
    "--execute the files in dist/ are the first build.",
)
@json_option
@verbose_option
@takes_options
def build(options: Options, *, twice: bool) -> None:
    """
    Build the distributions of the present commit, and check them.

    They go to dist/, with their names, sizes and hashes in dist/releasio.json.
    Only what is committed is built. Needs no secrets.
    """
    if twice and options.dry_run:
        msg = "--check-reproducible builds, if only aside: it has no preview."
        raise click.UsageError(msg)
    from releasio.cli.doorway import doorway

    app = replace(options, offline=True).app("build")
    with doorway(app):
        if options.acts:
            _build(app, twice=twice)
        elif twice:
            _compare(app, app.settings, None)
        else:
            _preview(app, options.acting("build"))


def _build(app: App, *, twice: bool) -> None:
    from releasio.release.staged.build_here import begun_here, build_here
    from releasio.world.run import Run

    settings = app.settings
    with app.world(acting=True) as world, Run(world) as run, begun_here(run, settings):
        from releasio.cli.show.progress import Progress  # 25 ms, while the environment is made

        with closing(Progress.of(app)) as progress:
            record, folder = build_here(run, settings, progress)
    app.document["record"] = json.loads(record.to_json())
    app.screen.say()
    app.screen.say(f"Built {record.project} {record.version} into {folder}:", bold=True)
    for file in record.files:
        app.screen.say(f"  {file.name}  {file.size} bytes  sha256 {file.sha256}")
    if twice:
        _compare(app, settings, [folder / file.name for file in record.files])


def _compare(app: App, settings: Settings, built: Sequence[Path] | None) -> None:
    """
    Say of each file of two builds whether it came out the same.

    Raises:
        NotReproducible: One did not.
    """
    from releasio.release.checking.reproduce import build_twice, raise_differing

    app.screen.say()
    app.screen.say("Building twice, in two folders.", bold=True)
    app.screen.chatty = app.verbose  # what a failed build said last is part of its error
    with app.world(acting=True) as world:
        builds = build_twice(world, settings, built)
    app.document["reproducible"] = [_told(file) for file in builds]
    raise_differing(builds)
    for file in builds:
        app.screen.say(f"  {file.name}  twice the same bytes, sha256 {file.sha256[0]}")


def _told(twice: Twice) -> dict[str, object]:
    members = twice.differences.found if twice.differences else ()
    return {
        "name": twice.name,
        "sha256": list(twice.sha256),
        "differences": [
            {"member": difference.path, "causes": list(difference.causes)} for difference in members
        ],
    }


def _preview(app: App, again: str) -> None:
    from releasio.cli.show.data import preview_document
    from releasio.cli.show.preview import conclude, show_preview
    from releasio.release.staged.build_here import preview_here

    settings = app.settings
    with app.world() as world:
        preview = preview_here(world, settings)
    app.document.update(preview_document(preview))
    show_preview(app.screen, preview, verbose=app.verbose)
    conclude(app, preview, again)
