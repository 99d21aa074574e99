"""`releasio changelog`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from releasio.cli.options import json_option, project_option, verbose_option
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.config.tables.model import Config
    from releasio.release.changelog.told_release import ToldRelease

T = TypeVar("T")


@frozen
class _Asked:
    """What was typed."""

    span: str | None
    everything: bool
    template: str | None
    form: str


@click.command()
@click.argument("span", required=False, metavar="[RANGE]")
@click.option("--all", "everything", is_flag=True, help="All releases, newest first.")
@click.option("--unreleased", is_flag=True, help="What was done since the last release.")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Write each release by this Jinja2 template.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "rst", "adoc"]),
    default="md",
    help="Markdown, reStructuredText or AsciiDoc.",
)
@json_option
@project_option
@verbose_option
def changelog(
    span: str | None,
    path: Path,
    template: str | None,
    form: str,
    *,
    everything: bool,
    unreleased: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """
    Print the notes of a range, a tag or all history.

    RANGE is `A..B`, or a tag: then its release. Without one: what was done
    since the last release. Reads git only; no file is written.
    """
    from releasio.cli.context import App
    from releasio.cli.doorway import doorway

    if everything and span is not None:
        msg = "--all prints every release, and RANGE some of them: give one of the two."
        raise click.UsageError(msg)
    if unreleased and (everything or span is not None):
        msg = "--unreleased prints what is not released: give neither --all nor RANGE."
        raise click.UsageError(msg)
    if sum((as_json, template is not None, form != "md")) > 1:
        msg = "--json, --template and --format say in which form: give one of them."
        raise click.UsageError(msg)
    app = App("changelog", path, verbose=verbose, offline=True, as_json=as_json)
    app.screen.apart = True
    with doorway(app):
        _print(app, _Asked(span, everything, template, form))


def _print(app: App, asked: _Asked) -> None:
    from releasio.release.notes import read_all, read_span

    config = app.settings.config
    with app.world() as world:

        def written(write: Callable[[ToldRelease], T]) -> Iterable[T]:
            if asked.everything:
                return read_all(world, config, write)
            return map(write, read_span(world, config, asked.span))

        if app.as_json:
            app.document["changelog"] = [*written(lambda release: release.data(config))]
            return
        for text in written(_writer(asked, config)):
            app.screen.say(text)


def _writer(asked: _Asked, config: Config) -> Callable[[ToldRelease], str]:
    """Return what writes the notes of one release."""
    if asked.template is not None:
        from pathlib import Path

        from releasio.rules.notes.templates.source import Template
        from releasio.rules.project.project_files import decode
        from releasio.world.plain_file import read_plain

        source = decode(read_plain(Path(asked.template)), asked.template)
        template = Template(asked.template, source.removeprefix("\ufeff"))
        return lambda release: release.text(config, template)
    if asked.form == "md":
        return lambda release: release.text(config)
    from releasio.rules.changelog.changelog import format_of

    markup = format_of(f"CHANGES.{asked.form}", None)
    return lambda release: release.text_as(config, markup)
