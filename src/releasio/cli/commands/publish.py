"""`releasio publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from releasio.cli.options import (
    act_options,
    json_option,
    offline_option,
    project_option,
    registry_option,
    verbose_option,
)


def _named(_: click.Context, __: click.Parameter, dist: tuple[Path, ...]) -> tuple[Path, ...]:
    """Refuse what is not there; of a link that leads nowhere it is said later what it is."""
    for path in dist:
        if not path.exists() and not path.is_symlink():
            msg = f"Path '{path}' does not exist."
            raise click.BadParameter(msg)
    return dist


@click.command()
@click.argument("dist", nargs=-1, type=click.Path(path_type=Path), callback=_named)
@project_option
@registry_option
@click.option(
    "--no-tag-check",
    is_flag=True,
    help="With DIST: upload the files as they are, without making or pushing a tag.",
)
@act_options
@json_option
@offline_option
@verbose_option
def publish(dist: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401 -- one for each above
    """
    Tag, push, upload and verify what was built.

    Takes what dist/releasio.json names, or the files given as DIST, which somebody
    else may have built: they must be of one version, and of the tag at HEAD. A folder
    stands for the distributions in it. Works
    on a laptop as in CI: the same checks, and a token where there is no trusted
    publishing. What is done already is not done again.
    """
    from releasio.cli.context import App, one_of
    from releasio.cli.doorway import doorway
    from releasio.cli.show.conclusion import acting, conclude

    act = one_of(
        execute=options.pop("execute"),
        dry_run=options.pop("dry_run"),
        offline=options["offline"],
    )
    if options["no_tag_check"] and not dist:
        msg = "--no-tag-check is for files that are given: name them."
        raise click.UsageError(msg)
    path = options.pop("path")
    project = {"project": None if path == Path() else path}
    again = acting("publish", Path(), {**project, **options}, *dist)
    registry, tag_check = options.pop("registry"), not options.pop("no_tag_check")
    app = App(
        "publish",
        path,
        overrides={"publish.registry": registry} if registry else {},
        as_json=options["as_json"],
        verbose=options["verbose"],
        offline=options["offline"],
    )
    with doorway(app):
        from releasio.cli.releasing import carry_out, look
        from releasio.release.publish import foresee_publish, publish_here

        settings = app.settings
        if act:
            carry_out(
                app,
                lambda run, to: publish_here(run, settings, dist, to, tag_check=tag_check),
            )
        else:
            seen = look(
                app, lambda world: foresee_publish(world, settings, dist, tag_check=tag_check)
            )
            conclude(app, seen, again)
