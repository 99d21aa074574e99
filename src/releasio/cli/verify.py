"""`releasio verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import json_option, not_empty, project_option, registry_option

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.cli.app import App


@click.command()
@click.argument("version", required=False, callback=not_empty)
@project_option
@registry_option
@json_option
def verify(version: str | None, path: Path, registry: str | None, *, as_json: bool) -> None:
    """
    Compare what is on the index with tag and record.

    VERSION is the last released one unless given. The tag of a release names
    its files and their hashes, so any clone will do.
    """
    from releasio.cli.app import App, doorway  # noqa: PLC0415 -- --help needs none of it

    overrides = {"publish.registry": registry} if registry else {}
    app = App("verify", path, overrides=overrides, as_json=as_json)
    with doorway(app):
        _verify(app, version)


def _verify(app: App, version: str | None) -> None:
    from releasio.verify import compare_release  # noqa: PLC0415 -- --help needs none of it

    settings = app.settings()
    with app.world() as world:
        found = compare_release(world, settings, version)
    app.document["release"] = {"tag": found.tag, "version": found.version, "files": found.states}
    app.screen.say(f"{found.project} {found.version} on {found.registry}", bold=True)
    for name, state in found.states.items():
        app.screen.say(f"  {'[x]' if state == 'same' else '[!]'} {name}: {state}")
    found.raise_problems()
