"""The end of a preview: what stands in the way, or the command line that would act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.engine import refuse
from releasio.release.preview import obstacles
from releasio.text.command_line import joined

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.release.preview import Preview

_ASIDE = {"as_json", "verbose", "offline", "exit_code", "diff", "execute", "dry_run"}


def acting(command: str, path: Path, options: Mapping[str, object], *files: Path) -> str:
    """Return the command line with the same arguments and options, and `--execute`."""
    words = ["releasio", command, *map(str, files)]
    if str(path) != ".":
        words.append(str(path))
    for name, value in options.items():
        if name in _ASIDE or not value:
            continue
        words.append(f"--{name.replace('_', '-')}")
        if value is not True:
            words.append(str(value))
    return joined([*words, "--execute"])


def conclude(app: App, seen: Preview, command: str) -> None:
    """
    End a preview with the *command* that would act; say no such thing if it could not.

    In GitHub Actions the page of the job gets what would be released, too.

    Raises:
        Problems: Several things stand in the way.
        ReleasioError: One does.
    """
    from releasio.cli.show.page import tell_preview

    if not seen.releases:
        tell_preview(app, seen, command)
        return
    app.screen.say()
    refuse(obstacles(seen))
    app.screen.command("Nothing was changed. To do it:", command)
    tell_preview(app, seen, command)
