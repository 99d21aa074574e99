"""`releasio check-pr`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import json_option, path_argument
from releasio.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.errors.base import ReleasioError
    from releasio.release.merging.effect import MergeEffect
    from releasio.release.merging.title import Title


@frozen
class _Asked:
    """What was typed: the title, empty for none, and how it is looked at."""

    title: str
    require_scope: bool
    markdown: bool


@click.command("check-pr")
@path_argument
@click.option("--title", "-t", help="The title; else GITHUB_PR_TITLE or the event says it.")
@click.option("--require-scope", is_flag=True, help="A title without a scope is wrong.")
@click.option("--markdown", is_flag=True, help="Print a comment for the pull request.")
@json_option
def check_pr(
    path: Path, title: str | None, *, require_scope: bool, markdown: bool, as_json: bool
) -> None:
    """
    Tell whether a pull request's title is a conventional commit, and what it would release.

    The title becomes the subject of the commit that a squash merge makes. The version
    is that of a release after it, with what waits on the branch; it is read from
    this clone alone.
    """
    from releasio.cli.context import App
    from releasio.cli.doorway import doorway

    if markdown and as_json:
        msg = "--json and --markdown say in which form: give one of them."
        raise click.UsageError(msg)
    app = App("check-pr", path, as_json=as_json, offline=True)
    app.screen.apart = markdown
    with doorway(app):
        _check(app, _Asked(title or "", require_scope, markdown))


def _check(app: App, asked: _Asked) -> None:
    from releasio.cli.show.outputs import append_outputs
    from releasio.errors.base import ReleasioError
    from releasio.release.merging.title import read_title, suggestion_for, title_of

    config, title, suggestion = app.settings.config, "", None
    try:
        title = asked.title or title_of(app.env)
        app.document["suggestion"] = suggestion = suggestion_for(title, config)
        reading = read_title(title, config, require_scope=asked.require_scope)
    except ReleasioError as error:
        append_outputs(app.env, {"valid": "false"})
        app.document["valid"] = False
        if asked.markdown:
            _comment_refusal(app, error, suggestion)
        raise
    append_outputs(app.env, {"valid": "true"})
    app.document |= {
        "valid": True,
        "type": reading.type,
        "scope": reading.scope,
        "level": reading.level,
    }
    _tell(app, reading, suggestion, markdown=asked.markdown)


def _comment_refusal(app: App, error: ReleasioError, suggestion: str | None) -> None:
    from releasio.errors.request import TitleNotConventional
    from releasio.release.merging.words import refusal_comment

    if isinstance(error, TitleNotConventional):
        app.screen.say(refusal_comment(error.title, error.reason, suggestion))


def _tell(app: App, title: Title, suggestion: str | None, *, markdown: bool) -> None:
    """Say what the merge would release: what is known of it."""
    from releasio.release.merging.words import comment, sentence

    effect = _effect(app, title.title)
    app.document["merge"] = _effect_data(effect)
    if markdown:
        app.screen.say(comment(title, effect, suggestion))
        return
    app.screen.say(f"valid: {title.title}")
    app.screen.say(f"  {title.meaning}")
    if effect.unknown:
        app.screen.note(f"what merging this would release is not known: {effect.unknown}")
    else:
        app.screen.say(f"  {sentence(effect, title.type)}")
    if suggestion:
        app.screen.note(
            f'{title.type} is no type that raises a version: did you mean "{suggestion}"?'
        )


def _effect(app: App, title: str) -> MergeEffect:
    from releasio.errors.base import ReleasioError
    from releasio.release.merging.effect import MergeEffect, read_effect

    try:
        with app.world() as world:
            return read_effect(world, app.settings, title)
    except ReleasioError as error:  # no repository, no git: the title alone counts
        return MergeEffect(unknown=str(error))


def _effect_data(effect: MergeEffect) -> dict[str, object]:
    return {
        "branch": effect.branch or None,
        "version": str(effect.version) if effect.version else None,
        "bump": effect.bump or None,
        "waiting": str(effect.waiting) if effect.waiting else None,
        "waiting_commits": effect.waiting_commits,
        "unknown": effect.unknown or None,
    }
