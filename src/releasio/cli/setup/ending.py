"""What `init` says in the end: the publisher, what people have to do, the next commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.context import App
    from releasio.setup.init.publishers import PublisherForm


def show_publishers(app: App, forms: Sequence[PublisherForm]) -> None:
    """Show what to type into the form of each index."""
    for form in forms:
        _show_publisher(app, form)


def _show_publisher(app: App, form: PublisherForm) -> None:
    screen = app.screen
    screen.say()
    screen.say(f"The trusted publisher on {form.registry}", bold=True)
    if not form.link:
        screen.say("  Where the index takes trusted publishing, it needs to know:")
    elif form.is_filled:
        screen.command("  Open this page, which is filled in, and add it:", form.link)
    elif form.exists:
        screen.command("  Add it on the page of the project:", form.link)
    else:
        if form.exists is None:
            screen.say(f"  Whether {form.registry} has the project is not known.")
        what = "A project that is new there" if form.exists is None else "It is new there, and"
        screen.command(f"  {what} has a pending publisher; add it on this page:", form.link)
    width = max((len(label) for label, _ in form.values), default=0)
    for label, value in form.values:
        screen.say(f"    {label + ':':{width + 1}}  {value}")
    if form.is_open:
        screen.say("  Account and repository are not known: no remote is on GitHub or GitLab.")


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
