"""`releasio check-pr`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import json_option, path_argument

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.cli.context import App


@click.command("check-pr")
@path_argument
@click.option("--title", "-t", help="The title; else GITHUB_PR_TITLE or the event says it.")
@click.option("--require-scope", is_flag=True, help="A title without a scope is wrong.")
@json_option
def check_pr(path: Path, title: str | None, *, require_scope: bool, as_json: bool) -> None:
    """Tell whether a pull request's title is a conventional commit, and what it would release."""
    from releasio.cli.context import App
    from releasio.cli.doorway import doorway

    app = App("check-pr", path, as_json=as_json)
    with doorway(app):
        _check(app, title, require_scope=require_scope)


def _check(app: App, title: str | None, *, require_scope: bool) -> None:
    from releasio.cli.show.outputs import append_outputs
    from releasio.errors.base import ReleasioError
    from releasio.release.reading.pull_request import read_title, title_of

    config = app.settings.config
    try:
        title_reading = read_title(title or title_of(app.env), config, require_scope=require_scope)
    except ReleasioError:
        append_outputs(app.env, {"valid": "false"})
        app.document["valid"] = False
        raise
    append_outputs(app.env, {"valid": "true"})
    app.document |= {
        "valid": True,
        "type": title_reading.type,
        "scope": title_reading.scope,
        "level": title_reading.level,
    }
    app.screen.say(f"valid: {title_reading.title}")
    app.screen.say(f"  {title_reading.meaning}")
