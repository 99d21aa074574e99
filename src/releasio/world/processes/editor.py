"""Open the editor that somebody uses with git, on the terminal we were started from."""

from __future__ import annotations

import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.rules.running.environment import child_environment
from releasio.world.processes.programs import find_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# `git var` knows which editor it is, and git brings a shell along on every system: the setting
# is a line for one, such as `code --wait`
_COMMAND = 'f() { editor=$(git var GIT_EDITOR) && eval "$editor \\"\\$1\\""; }; f'


def open_editor(path: Path, folder: Path, env: Mapping[str, str]) -> str:
    """
    Have the file at *path* edited, and return what went wrong; empty: nothing.

    Ctrl-C is the editor's meanwhile. It gets no credentials.

    Args:
        path: The file.
        folder: The repository, whose `core.editor` may say which editor it is.
        env: The environment.

    Source: https://git-scm.com/docs/git-var#Documentation/git-var.txt-GITEDITOR
    """
    git = find_program("git", env) or "git"
    command = [git, "-c", f"alias.releasio-edit=!{_COMMAND}", "releasio-edit", str(path.resolve())]
    with _interrupts_aside():
        try:
            status = subprocess.call(command, cwd=folder, env=child_environment(env))
        except OSError as error:
            return f"could not be started ({error.strerror or error})"
    return f"exited with status {status}" if status else ""


@contextmanager
def _interrupts_aside() -> Iterator[None]:
    """Leave Ctrl-C to the child; a handler of ours, unlike `SIG_IGN`, is not handed down to it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
