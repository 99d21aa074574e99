"""`releasio config` and `releasio config schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from releasio.cli.options import json_option

if TYPE_CHECKING:
    from releasio.cli.context import App


@click.command()
@click.argument("what", default=".")
@click.argument("path", required=False)
@click.option(
    "--execute", "-x", is_flag=True, help="With `upgrade`: write the newest config_version."
)
@json_option
def config(what: str, path: str | None, *, execute: bool, as_json: bool) -> None:
    """
    Show the settings in force and where each comes from.

    WHAT is the project's directory, `schema` for the JSON Schema of the
    configuration file, or `upgrade` for what the newest config_version would
    change for the next release of this project (in PATH, if given).
    """
    from releasio.cli.context import App
    from releasio.cli.doorway import doorway
    from releasio.errors.config import DirectoryMissing

    if path is not None and what != "upgrade":
        msg = f"PATH goes with `upgrade`: releasio config {path}"
        raise click.UsageError(msg)
    if execute and what != "upgrade":
        msg = "--execute goes with `upgrade`; nothing else is written."
        raise click.UsageError(msg)
    if what == "schema":
        _schema()
        return
    folder = (path or ".") if what == "upgrade" else what
    app = App("config", Path(folder), as_json=as_json, offline=True)
    app.screen.apart = True
    with doorway(app):
        if not app.path.is_dir():
            raise DirectoryMissing(folder)
        if what == "upgrade":
            from releasio.cli.commands.upgrade import show_upgrade

            show_upgrade(app, execute=execute)
        else:
            _effective(app)


def _schema() -> None:
    import json

    from releasio.config.pages.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _effective(app: App) -> None:
    from releasio.config.pages.effective import document, rows

    settings = app.settings
    app.document.update(document(settings))
    app.screen.say(f"file: {settings.source or 'none; these are the defaults'}")
    setting_rows = rows(settings)
    width = max(len(row.key) for row in setting_rows)
    for row in setting_rows:
        origin = "" if row.origin == "default" else f"  ({row.origin})"
        app.screen.say(f"{row.key:{width}}  {row.text}{origin}", bold=bool(origin))
