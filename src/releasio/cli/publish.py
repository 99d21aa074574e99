"""`releasio publish`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from releasio.cli.options import (
    act_options,
    json_option,
    offline_option,
    project_option,
    registry_option,
    verbose_option,
)

if TYPE_CHECKING:
    from releasio.cli.app import App


@click.command()
@click.argument("dist", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@project_option
@registry_option
@act_options
@json_option
@offline_option
@verbose_option
def publish(dist: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401 -- one for each above
    """
    Tag, push, upload and verify what was built.

    Takes what dist/releasio.json names, or the files given as DIST. Works on a
    laptop as in CI: the same checks, and a token where there is no trusted
    publishing. What is done already is not done again.
    """
    from releasio.cli.again import acting  # noqa: PLC0415 -- --help needs none of it
    from releasio.cli.app import App, doorway, one_of  # noqa: PLC0415 -- the same

    act = one_of(
        execute=options.pop("execute"),
        dry_run=options.pop("dry_run"),
        offline=options["offline"],
    )
    path = options.pop("path")
    project = {"project": None if path == Path() else path}
    again = acting("publish", Path(), {**project, **options}, *dist)
    registry = options.pop("registry")
    app = App(
        "publish",
        path,
        overrides={"publish.registry": registry} if registry else {},
        as_json=options["as_json"],
        verbose=options["verbose"],
        offline=options["offline"],
    )
    with doorway(app):
        if act:
            _publish(app, dist)
        else:
            _preview(app, dist, again)


def _publish(app: App, dist: tuple[Path, ...]) -> None:
    from releasio.cli.outputs import write_outputs  # noqa: PLC0415 -- --help needs none of it
    from releasio.cli.show import Progress  # noqa: PLC0415 -- the same
    from releasio.cli.summary import summarise  # noqa: PLC0415 -- the same
    from releasio.publish import publish_here  # noqa: PLC0415 -- the same

    settings = app.settings()
    progress = Progress(app.screen, app.document, verbose=app.verbose)
    app.standing = progress.standing
    with app.world() as world:
        with closing(progress):
            seen = publish_here(world, settings, dist, progress)
        write_outputs(app, seen, released=True)
        summarise(app, seen, world)


def _preview(app: App, dist: tuple[Path, ...], again: str) -> None:
    from releasio.cli.again import conclude  # noqa: PLC0415 -- --help needs none of it
    from releasio.cli.show import show_preview  # noqa: PLC0415 -- the same
    from releasio.cli.tell import preview_document  # noqa: PLC0415 -- the same
    from releasio.publish import foresee_publish  # noqa: PLC0415 -- the same

    settings = app.settings()
    with app.world() as world:
        seen = foresee_publish(world, settings, dist)
    app.document.update(preview_document(seen))
    show_preview(app.screen, seen, verbose=app.verbose)
    conclude(app.screen, seen, again)
