"""The files before they are written: each as a diff, and what is there only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.cli.setup.asking import agreed
from releasio.cli.show.changes import show_diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.context import App
    from releasio.setup.init.files import InitFile


def show_files(app: App, files: Sequence[InitFile]) -> None:
    """Show what would become of each file."""
    for file in files:
        if not file.is_same:
            app.screen.say()
            show_diff(app.screen, file.name, file.before, file.after)


def chosen_files(
    files: Sequence[InitFile], *, asks: bool, unasked: Sequence[InitFile]
) -> tuple[InitFile, ...]:
    """
    Return the files to write.

    Args:
        files: All of them, as they were shown.
        asks: Whether somebody is asked.
        unasked: Those that may be changed without a question.
    """
    chosen = []
    for file in files:
        if file.is_same:
            continue
        if (
            file.is_new
            or file in unasked
            or (asks and agreed(file.name, f"\nChange {file.name}, which is there?", default=False))
        ):
            chosen.append(file)
    if asks and chosen:
        names = ", ".join(file.name for file in chosen)
        if not agreed("files", f"\nWrite {names}?", default=True):
            return ()
    return tuple(chosen)
