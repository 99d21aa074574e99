"""`releasio build`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from releasio.cli.options import act_options, json_option, path_argument, verbose_option

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.cli.app import App


@click.command()
@path_argument
@act_options
@json_option
@verbose_option
def build(path: Path, *, execute: bool, dry_run: bool, as_json: bool, verbose: bool) -> None:
    """
    Build the distributions of the present commit, and check them.

    They go to dist/, with their names, sizes and hashes in dist/releasio.json.
    Only what is committed is built. Needs no secrets.
    """
    from releasio.cli.again import acting  # noqa: PLC0415 -- --help needs none of it
    from releasio.cli.app import App, doorway, one_of  # noqa: PLC0415 -- the same

    act = one_of(execute=execute, dry_run=dry_run)
    app = App("build", path, as_json=as_json, verbose=verbose, offline=True)
    with doorway(app):
        _build(app, act=act)
        if not act:
            app.screen.say()
            app.screen.say(f"Nothing was changed. To do it: {acting('build', path, {})}")


def _build(app: App, *, act: bool) -> None:
    from releasio.cli.show import Progress, show_preview  # noqa: PLC0415 -- --help needs none of it
    from releasio.cli.tell import preview_document, refusals  # noqa: PLC0415 -- the same
    from releasio.release import build_here, foresee_build  # noqa: PLC0415 -- the same

    settings = app.settings()
    with app.world() as world:
        if act:
            progress = Progress(app.screen, app.document, verbose=app.verbose)
            record, folder = build_here(world, settings, progress)
            progress.close()
            app.document["record"] = json.loads(record.to_json())
            app.screen.say()
            app.screen.say(f"Built {record.project} {record.version} into {folder}:", bold=True)
            for file in record.files:
                app.screen.say(f"  {file.name}  {file.size} bytes  sha256 {file.sha256}")
            return
        seen = foresee_build(world, settings)
        app.document.update(preview_document(seen))
        show_preview(app.screen, seen, verbose=app.verbose)
        refusals(seen)
