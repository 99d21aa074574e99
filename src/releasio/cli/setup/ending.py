"""What `init` says in the end: what people have to do, the next commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.context import App


def show_rest(app: App, by_hand: Sequence[str], commands: Sequence[str]) -> None:
    """Show what people have to do, and the next commands."""
    screen = app.screen
    if by_hand:
        screen.say()
        screen.say("By hand", bold=True)
        for sentence in by_hand:
            screen.say(f"  {sentence}")
    screen.say()
    screen.say("Next", bold=True)
    for command in commands:
        screen.whole(f"  {command}")
