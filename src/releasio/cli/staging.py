"""`releasio release --stage`: one stage of a release, in a job of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from releasio.cli.doorway import doorway
from releasio.cli.options import not_empty, with_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.cli.context import App
    from releasio.cli.options import Options
    from releasio.release.staged.commit import Wanted

F = TypeVar("F", bound="Callable[..., None]")
STAGES = ("prepare", "build", "publish")
_OF_PREPARE = ("version", "bump", "prerelease", "dev", "exit_code")


_UNNAMED = (
    "nothing says what was prepared, so whoever made the bundle decides what is pushed: name it "
    "by --commit and --tag, which the stage `prepare` tells"
)


def stage_options(command: F) -> F:
    """Add what says that only one stage is to be done."""
    return with_options(
        command,
        (
            click.option(
                "--stage",
                type=click.Choice([*STAGES, "all"]),
                default="all",
                help="Do one stage only, where each has a job of its own: `prepare` leaves the "
                "commit in dist/releasio.bundle, `build` the files there, `publish` takes both.",
            ),
            click.option(
                "--commit",
                metavar="SHA",
                callback=not_empty,
                help="With --stage build or publish: the commit that the first stage named.",
            ),
            click.option(
                "--tag",
                metavar="TAG",
                callback=not_empty,
                help="With --stage build or publish: the tag that the first stage named.",
            ),
            click.option(
                "--dist",
                type=click.Path(exists=True, file_okay=False, path_type=Path),
                help="With --stage build: take what another program built into this folder.",
            ),
        ),
    )


def run_stage(
    options: Options, stage: str, *, commit: str | None, tag: str | None, dist: Path | None
) -> None:
    """Preview or do one stage; refuse what belongs to another."""
    from releasio.release.staged.commit import Wanted

    _require_fitting(options, stage, wanted=commit or tag, dist=dist)
    wanted = Wanted(commit, tag)
    acts = options.acts_online
    if options.offline:
        msg = "--stage asks the remote what is public, which --offline forbids."
        raise click.UsageError(msg)
    again = options.acting("release", stage=stage, commit=commit, tag=tag, dist=dist)
    app = options.app("release")
    with doorway(app):
        match stage:
            case "prepare":
                _prepare(app, options, again, acts=acts)
            case "build":
                _build(app, again, wanted, dist, acts=acts)
            case _:
                if not (commit and tag):
                    app.screen.note(_UNNAMED)
                _publish(app, again, wanted, acts=acts)


def _require_fitting(
    options: Options, stage: str, *, wanted: str | None, dist: Path | None
) -> None:
    misplaced = [f"--{name.replace('_', '-')}" for name in _OF_PREPARE if getattr(options, name)]
    if stage != "prepare" and misplaced:
        msg = f"{', '.join(misplaced)}: only for --stage prepare, which decides the version."
        raise click.UsageError(msg)
    if stage == "prepare" and wanted:
        msg = "--commit and --tag name what was prepared: they go with --stage build or publish."
        raise click.UsageError(msg)
    if stage != "build" and dist:
        msg = "--dist names what was built elsewhere: it goes with --stage build."
        raise click.UsageError(msg)


def _prepare(app: App, options: Options, again: str, *, acts: bool) -> None:
    from releasio.cli.releasing import acting, finish_empty, look
    from releasio.release.staged.prepare import prepare_apart, preview_prepare

    settings, request = app.settings, options.request()
    if not acts:
        preview = look(app, lambda world: preview_prepare(world, settings, request), again)
    else:
        from releasio.cli.show.data import preview_document
        from releasio.cli.show.job.staged import say_prepared

        with acting(app) as (run, progress):
            app.standing = progress.standing
            preview = prepare_apart(run, settings, request, progress)
        # how each step ended stays, beside what is known of the release by now
        stages = app.document.get("stages", [])
        app.document.update({**preview_document(preview), "stages": stages})
        say_prepared(app, preview)
    finish_empty(app, options, preview)


def _build(app: App, again: str, wanted: Wanted, dist: Path | None, *, acts: bool) -> None:
    from releasio.cli.releasing import acting, look
    from releasio.release.staged.build import build_apart, preview_build

    settings = app.settings
    given = dist.absolute() if dist else None
    if not acts:
        look(app, lambda world: preview_build(world, settings, wanted, given), again)
        return
    from releasio.cli.show.job.staged import say_built

    with acting(app) as (run, progress):
        app.standing = progress.standing
        record, preview = build_apart(run, settings, progress, wanted, given)
    app.document["record"] = json.loads(record.to_json())
    say_built(app, preview, record)


def _publish(app: App, again: str, wanted: Wanted, *, acts: bool) -> None:
    from releasio.cli.releasing import carry_out, look
    from releasio.release.staged.publish import preview_publish, publish_apart

    settings = app.settings
    if acts:
        carry_out(app, lambda run, to: publish_apart(run, settings, to, wanted))
    else:
        look(app, lambda world: preview_publish(world, settings, wanted), again)
