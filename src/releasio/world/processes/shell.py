"""Run the command lines users write under `[hooks]`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from releasio.errors.files.build import HookFailed
from releasio.rules.running.environment import child_environment
from releasio.rules.running.hooks import hook_environment, render
from releasio.world.processes.child import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.world.screen import Screen


def run_hook(
    name: str,
    command: str,
    variables: Mapping[str, str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    screen: Screen,
    extra: Mapping[str, str] | None = None,
) -> None:
    """
    Run one command line in the system's shell and show its output as it comes.

    The shell gets no credentials; it gets the variables as `RELEASIO_VERSION`
    and so on, and in place of `{version}` and so on.

    Args:
        name: The setting it comes from, such as `post_bump`.
        command: The command line as written.
        variables: What its placeholders stand for.
        cwd: The directory it runs in.
        env: The process environment.
        screen: Where its output goes.
        extra: Further environment variables.

    Raises:
        HookFailed: It ended with another status than 0.
        HookValueUnsafe: A value cannot be passed safely where the command puts it.
    """
    line = render(command, variables, windows=sys.platform == "win32")
    surroundings = {**child_environment(env), **(extra or {}), **hook_environment(variables)}
    outcome = run(line, cwd=cwd, env=surroundings, screen=screen)
    if outcome.status:
        raise HookFailed(name, command, status=outcome.status, tail=outcome.tail)
