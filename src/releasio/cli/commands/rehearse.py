"""`releasio rehearse`."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import click

from releasio.cli.options import (
    Options,
    json_option,
    path_argument,
    takes_options,
    verbose_option,
    version_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.rehearsal.rehearse import Rehearsal
    from releasio.rules.bump.request import Request


@click.command()
@path_argument
@click.option("--demo", is_flag=True, help="Release a small project this command brings along.")
@click.option("--keep", is_flag=True, help="Keep the temporary directory, to look around in.")
@click.option(
    "--pull-request",
    is_flag=True,
    help='Open a release pull request, too, as is done anyway with mode = "pull-request".',
)
@click.option(
    "--open",
    "shows",
    is_flag=True,
    help="Show the pages of the forge in a browser; keeps the temporary directory.",
)
@version_options
@json_option
@verbose_option
@takes_options
def rehearse(options: Options, *, demo: bool, keep: bool, pull_request: bool, shows: bool) -> None:
    """
    Run a whole release against an index embedded in this program.

    Clones the repository into a temporary directory, releases it there for
    real, with a trusted publishing exchange on 127.0.0.1, installs the result
    and imports it. Shows what the forge would: a stand-in plays it. Nothing
    outside that directory is touched, and no account is needed.
    """
    from releasio.cli.doorway import doorway

    path_source = click.get_current_context().get_parameter_source("path")
    if demo and path_source is not click.core.ParameterSource.DEFAULT:
        names = f"PATH names {options.path}"
        msg = f"--demo brings a project of its own, and {names}: give one of the two."
        raise click.UsageError(msg)
    app = options.app("rehearse")
    with doorway(app):
        path = None if demo else options.path
        result = _rehearse(
            app, path, options.request(), keep=keep or shows, pull_request=pull_request
        )
        if shows:
            from releasio.cli.show.forge_pages import show_in_browser

            show_in_browser(app, result)


def _rehearse(
    app: App, path: Path | None, request: Request, *, keep: bool, pull_request: bool
) -> Rehearsal:
    _needs_extra()
    from releasio.cli.context import moment_of
    from releasio.cli.show.progress import Progress
    from releasio.rehearsal.rehearse import rehearse as run

    start = time.monotonic()
    progress = Progress.of(app)
    with closing(progress):
        moment = moment_of(app.env)
        result = run(
            path,
            app.env,
            app.screen,
            progress,
            request,
            keep=keep,
            pull_request=pull_request,
            moment=moment,
        )
    _conclude(app, result, time.monotonic() - start, demo=path is None)
    return result


def _needs_extra() -> None:
    import importlib.util

    from releasio.errors.files.build import RehearsalExtraMissing

    needed = ("werkzeug", "jwt", "email_validator")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise RehearsalExtraMissing(missing)


def _conclude(app: App, result: Rehearsal, seconds: float, *, demo: bool) -> None:
    """Say what happened, and what to do next."""
    from releasio.cli.show.forge_pages import pages_data, show_pages

    record, screen = result.record, app.screen
    app.document["rehearsal"] = {
        "project": record.project,
        "version": record.version,
        "files": [file.name for file in record.files],
        "imported": list(result.trial.modules),
        "scripts": list(result.trial.scripts),
        "attested": not result.unsigned,
        "seconds": round(seconds, 1),
        **pages_data(result),
    }
    show_pages(app, result)
    screen.say()
    screen.say(f"Rehearsed {record.project} {record.version} in {seconds:.0f} s.", bold=True)
    for line in _done(result):
        screen.say(f"  [x] {line}")
    if result.folder:
        screen.say(f"  kept: {result.folder}")
    screen.say()
    screen.say("Nothing outside a temporary directory was touched.")
    if demo:
        screen.say("Your own project:  cd YOUR/PROJECT, then", bold=True)
        screen.say("  releasio check       what would be released, and why")
        screen.say("  releasio rehearse    the same as this, with your repository")
        screen.say("  releasio release     every step of the real release; --execute does them")


def _done(result: Rehearsal) -> Iterator[str]:
    """Say what was done, as far as it was done in this rehearsal."""
    if edited_paths := ", ".join(edit.path for edit in result.release.edits):
        yield f"commits read, version chosen, written and committed: {edited_paths}"
    elif result.release.package.manifest.is_from_tags:
        yield "commits read, version chosen: the tag says it, so no file was edited"
    else:
        yield "the version was there already, so nothing was written"
    yield f"built and checked: {', '.join(file.name for file in result.record.files)}"
    yield "pushed branch and tag to a remote of the rehearsal, both in one push"
    if result.exchanged:
        yield "traded an identity token for an upload token, as trusted publishing does"
    else:
        yield "took an upload token, as publish.trusted_publishing = false asks for"
    if result.unsigned:
        yield f"signed nothing: {result.unsigned}"
    else:
        yield "signed every file with the embedded Sigstore; the index verified it, and so did we"
    yield f"uploaded to the embedded index and verified ({result.requests} requests)"
    if result.page:
        yield f"made the release {result.page.tag} on a stand-in for the forge: shown above"
    modules = ", ".join(result.trial.modules) or "no module to import"
    yield f"installed with {result.trial.installer} and imported: {modules}"
    if scripts := ", ".join(result.trial.scripts):
        yield f"asked for help: {scripts}"
