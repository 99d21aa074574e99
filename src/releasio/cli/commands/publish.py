"""`releasio publish`."""

from __future__ import annotations

from pathlib import Path

import click

from releasio.cli.options import (
    Options,
    act_options,
    json_option,
    offline_option,
    project_option,
    registry_option,
    takes_options,
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
@takes_options
def publish(options: Options, *, dist: tuple[Path, ...], no_tag_check: bool) -> None:
    """
    Tag, push, upload and verify what was built.

    Takes what dist/releasio.json names, or the files given as DIST, which somebody
    else may have built: they must be of one version, and of the tag at HEAD. A folder
    stands for the distributions in it. Works
    on a laptop as in CI: the same checks, and a token where there is no trusted
    publishing. What is done already is not done again.
    """
    from releasio.cli.doorway import doorway

    acts = options.acts_online
    if no_tag_check and not dist:
        msg = "--no-tag-check is for files that are given: name them."
        raise click.UsageError(msg)
    project = None if options.path == Path() else options.path
    again = options.acting("publish", *dist, project=project, no_tag_check=no_tag_check)
    app = options.app("publish")
    with doorway(app):
        from releasio.cli.releasing import carry_out, look
        from releasio.release.publish import preview_publish, publish_here

        settings = app.settings
        if acts:
            carry_out(
                app,
                lambda run, to: publish_here(run, settings, dist, to, tag_check=not no_tag_check),
            )
        else:
            look(
                app,
                lambda world: preview_publish(world, settings, dist, tag_check=not no_tag_check),
                again,
            )
