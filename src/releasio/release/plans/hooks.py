"""Facts -> the user's commands at their place in a plan; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.release.release import Release
    from releasio.steps.prepare.run_hook import RunHook


def hooks_of(releases: Iterable[Release], name: str, commands: Sequence[str]) -> list[RunHook]:
    """Return *commands* of the setting *name*, once for each release, in its package's folder."""
    if not commands:
        return []
    from releasio.steps.prepare.run_hook import RunHook

    return [
        RunHook(name, command, release.variables, release.package.folder)
        for release in releases
        for command in commands
    ]
