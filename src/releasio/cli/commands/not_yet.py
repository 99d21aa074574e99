"""The commands of 2.x, and of the design, that come in a later version: a clear answer each."""

from __future__ import annotations

from pathlib import Path

import click


def _not_yet(name: str, instead: str) -> click.Command:
    @click.command(
        name,
        help=f"Not in this version yet. {instead}",
        context_settings={"ignore_unknown_options": True},
    )
    # neither options nor the path are looked at: whatever 2.x took gets the same answer
    @click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[PATH]")
    def command(words: tuple[str, ...]) -> None:
        from releasio.cli.context import App
        from releasio.cli.doorway import doorway
        from releasio.errors.request import NotYet

        with doorway(App(name, Path(), as_json="--json" in words)):
            raise NotYet(name, instead)

    return command


init = _not_yet(
    "init",
    "releasio works without a configuration file; `releasio config` shows what is in force.",
)
