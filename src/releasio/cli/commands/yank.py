"""`releasio yank`."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from releasio.cli.options import (
    Options,
    act_options,
    json_option,
    not_empty,
    project_option,
    registry_option,
    takes_options,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.context import App
    from releasio.cli.screen import Terminal
    from releasio.release.preview import Probed
    from releasio.release.yank.yank import Yank

_UNKNOWN_PAGE = (
    "how {registry} yanks is not known here; its own pages or those who run it tell. Many indexes "
    "cannot yank: there, people delete the files, and whoever pinned the version misses it."
)
_UNSEEN = "what {registry} shows of {project} {version} cannot be seen"


@click.command()
@click.argument("version", callback=not_empty)
@click.option(
    "--reason",
    metavar="TEXT",
    callback=not_empty,
    help="Why: installers show it to whoever still asks for the version.",
)
@project_option
@registry_option
@act_options
@json_option
@takes_options
def yank(options: Options, *, reason: str | None) -> None:
    """
    Take a release back as far as that goes, and prepare the one that fixes it.

    What an index has stays there; a yanked version is passed over by installers.
    PyPI lets people yank on its page only: this command names the page, and says
    afterwards whether it was done. With --execute it marks the changelog in the
    work tree and the release on the forge.
    """
    from releasio.cli.doorway import doorway

    acts, reason = options.acts, " ".join((reason or "").split())
    project = None if options.path == Path() else options.path
    again = options.acting(
        "yank", options.version or "", version=None, reason=reason, project=project
    )
    app = options.app("yank")
    with doorway(app):
        _yank(app, options.version or "", reason, again, acts=acts)


def _yank(app: App, version: str, reason: str, again: str, *, acts: bool) -> None:
    from releasio.cli.show.data import step_data
    from releasio.release.yank.yank import carry_out_yank, probe_yank, read_yank
    from releasio.world.run import Run

    with app.world(acting=acts) as world, Run(world) as run:
        yank = read_yank(world, app.settings, version, reason)
        app.document["yank"] = _data(yank)
        app.document["stages"] = []
        _show(app.screen, yank)
        _show_next(app, yank, world.git.root)
        if acts:
            from releasio.cli.show.progress import Progress

            with closing(Progress.of(app)) as progress:
                carry_out_yank(run, yank, progress)
        else:
            steps = probe_yank(world, yank)
            rows = [step_data(step) for step in steps]
            app.document["stages"] = [{"stage": yank.plan.stage, "steps": rows}]
            _show_steps(app.screen, yank, steps, again)
    for remark in yank.remarks:
        app.screen.note(remark)
    if yank.trouble is not None:
        raise yank.trouble


def _show(screen: Terminal, yank: Yank) -> None:
    """Show what the index has, and what only a person can do about it."""
    release, state = yank.release, yank.state
    title = f"{release.project} {release.version} on {release.registry.name}"
    screen.say(f"{title}: {state.state}" if state else title, bold=True)
    for file in state.files if state else ():
        reason = "" if not file.yanked else f"  ({' '.join(file.yanked.split())})"
        screen.say(f"  {'[ ]' if file.yanked is None else '[x]'} {file.name}{reason}")
    if state is None:
        told_of = {"registry": release.registry.name, "project": release.project}
        screen.note(_UNSEEN.format(version=release.version, **told_of))
    else:
        when = "installers" if state.state == "yanked" else "once it is yanked, installers"
        other = f"take {state.instead}" if state.instead else "find no other final version"
        screen.say(f"  {when} {other}")
    if state is None or state.state != "yanked":
        _show_page(screen, yank)


def _show_page(screen: Terminal, yank: Yank) -> None:
    registry = yank.release.registry.name
    screen.say()
    screen.say("by hand", bold=True)
    if yank.page is None:
        screen.say(f"  {_UNKNOWN_PAGE.format(registry=registry)}")
    else:
        screen.command(f"  {registry} takes it from nobody but people, on this page:", yank.page)
        screen.say(f"  Choose to yank it there. It asks for the version: {yank.release.version}")
    if yank.reason:
        screen.command("  and for the reason:" if yank.page else "  The reason:", yank.reason)
    else:
        screen.note("no --reason: installers show it to whoever still asks for the version")


def _show_next(app: App, yank: Yank, root: Path) -> None:
    """Say which release fixes it, and what is to be committed before."""
    app.screen.say()
    app.screen.say("next", bold=True)
    if yank.unmarked:
        app.screen.command("  commit the mark:", _commit(app, yank, root / yank.unmarked))
    if yank.fix.problem:
        app.screen.note(f"which version comes next is not known: {yank.fix.problem}")
    elif yank.fix.by_commits:
        app.screen.command(f"  {yank.fix.version}, of what is committed:", _release(yank))
    else:
        app.screen.command(f"  commit what fixes it; then {yank.fix.version}:", _release(yank))


def _commit(app: App, yank: Yank, changelog: Path) -> str:
    from releasio.text.command_line import joined

    folder = [] if app.path == Path() else ["-C", str(app.path)]
    path = os.path.relpath(changelog.resolve(), app.path.resolve())
    message = f"docs: mark {yank.release.version} as yanked"
    return joined(["git", *folder, "commit", "--message", message, "--", path])


def _release(yank: Yank) -> str:
    from releasio.text.command_line import joined

    return joined(yank.fix.command)


def _show_steps(screen: Terminal, yank: Yank, steps: Sequence[Probed], again: str) -> None:
    from releasio.cli.show.stages import show_step
    from releasio.steps.step import Todo

    if steps:
        screen.say()
        screen.say(yank.plan.stage, bold=True)
    for step in steps:
        show_step(screen, step)
    screen.say()
    if any(isinstance(step.state, Todo) for step in steps):
        screen.command("Nothing was changed. To do it:", again)
    elif yank.state is not None and yank.state.state == "yanked":
        screen.say("Nothing is left to do here.")
    else:
        screen.say("Nothing is left to do here but what is done by hand.")


def _data(yank: Yank) -> dict[str, Any]:
    release, state = yank.release, yank.state
    return {
        "project": release.project,
        "version": str(release.version),
        "tag": release.tag,
        "registry": release.registry.name,
        "state": state.state if state else None,
        "files": {file.name: file.yanked for file in state.files} if state else {},
        "instead": str(state.instead) if state and state.instead else None,
        "page": yank.page,
        "reason": yank.reason,
        "next": {"version": yank.fix.version, "command": _release(yank)}
        if yank.fix.version
        else None,
    }
