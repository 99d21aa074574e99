"""`releasio update`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import (
    Options,
    Versioned,
    act_options,
    diff_option,
    json_option,
    offline_option,
    package_option,
    path_argument,
    takes_options,
    verbose_option,
    version_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.release.preview import Preview
    from releasio.rules.bump.request import Request


@click.command(cls=Versioned)
@path_argument
@version_options
@package_option
@act_options
@diff_option
@json_option
@offline_option
@verbose_option
@takes_options
def update(options: Options) -> None:
    """
    Edit version files and changelog in the work tree, without a commit.

    Commit the result yourself, on main or in a pull request: `releasio release`
    finds a version that is newer than the last tag, and releases it as it is.
    """
    from releasio.cli.doorway import doorway

    acts, again = options.acts, options.acting("update")
    app = options.app("update", mode="direct")
    with doorway(app):
        request = options.request()
        if acts:
            _update(app, request)
        else:
            _preview(app, request, again)


def _update(app: App, request: Request) -> None:
    from releasio.cli.releasing import acting
    from releasio.cli.show.data import preview_document
    from releasio.cli.show.outputs import write_outputs
    from releasio.release.stages import edit

    settings = app.settings
    with acting(app) as (run, progress):
        preview = edit(run, settings, request, progress)
        root = run.world.git.root
        ignored = run.world.git.commits.ignore_rules(_written(preview))
    app.document.update(preview_document(preview))
    write_outputs(app, preview, released=False)
    _go_on(app, preview, root, ignored)


def _preview(app: App, request: Request, again: str) -> None:
    from releasio.cli.show.preview import conclude, show_preview
    from releasio.release.stages import preview_update

    settings = app.settings
    with app.world() as world:
        preview = preview_update(world, settings, request)
    if app.documented:
        from releasio.cli.show.data import preview_document
        from releasio.cli.show.outputs import write_outputs

        app.document.update(preview_document(preview))
        write_outputs(app, preview, released=False)
    show_preview(app.screen, preview, verbose=app.verbose, diff=app.diff)
    conclude(app, preview, again)


def _written(preview: Preview) -> tuple[str, ...]:
    """Return the files that were written, relative to the repository's root."""
    return tuple(edit.path for release in preview.releases for edit in release.edits)


def _go_on(app: App, preview: Preview, root: Path, ignored: Mapping[str, str]) -> None:
    """
    Say what comes after the edits of files in the repository at *root*.

    Args:
        app: The run.
        preview: What was edited.
        root: The repository.
        ignored: The files among them that git would not add, and the rule.
    """
    from releasio.rules.contents.tag_message import commit_message
    from releasio.text.command_line import joined, quoted

    if not preview.releases:
        return
    hooks = preview.facts.config.hooks
    edited = [_from(app.path, root / path) for path in _written(preview)]
    for path, rule in ignored.items():
        app.screen.note(f"{path} is new, and {rule} ignores it")
    app.screen.say()
    app.screen.say("Look at it, commit it, and release what you committed:")
    if str(app.path) != ".":
        app.screen.say(f"  cd {quoted(str(app.path))}")
    if edited:
        app.screen.say(f"  git add {'--force ' if ignored else ''}{joined(edited)}")
    app.screen.say("  git diff --staged")
    message = commit_message(*(release.version for release in preview.releases))
    app.screen.say(f'  git commit --message "{message}"')
    app.screen.say("  releasio release --execute")
    if hooks.pre_bump or hooks.post_bump:
        app.screen.say("Your hooks may have changed more files: git status")


def _from(folder: Path, path: Path) -> str:
    """Return *path* as one would type it in *folder*."""
    import os

    return os.path.relpath(path.resolve(), folder.resolve())
