"""Ask a tool whether a lock file fits the project beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.running.environment import without_secrets
from releasio.world.processes.child import Overdue, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.rules.project.locks.lock_files import LockCheck

PATIENCE = 60.0  # seconds; without a network it is a matter of one
_SETTINGS = frozenset({"UV_FROZEN", "UV_LOCKED"})  # that contradict the question


@frozen
class Fits:
    """The lock fits."""


@frozen
class Refused:
    """The lock does not fit; *words* are what the tool says."""

    words: tuple[str, ...]


@frozen
class Unknown:
    """The tool could not tell; *reason* says why."""

    reason: str


Verdict = Fits | Refused | Unknown


def ask_tool(
    check: LockCheck,
    program: str,
    folder: Path,
    env: Mapping[str, str],
    patience: float = PATIENCE,
) -> Verdict:
    """
    Return what *program* says of the lock file in *folder*.

    It gets no credentials, reads no terminal, and is ended after *patience* seconds.
    """
    surroundings = {
        name: value for name, value in without_secrets(env).items() if name not in _SETTINGS
    }
    command = [program, *check.arguments]
    try:  # nobody sees what it prints, for cargo prints all that it knows
        outcome = run(command, cwd=folder, env=surroundings, screen=None, patience=patience)
    except Overdue:
        return Unknown(f"{check.tool} did not end within {patience:g} s")
    except OSError as error:
        return Unknown(f"{check.tool} could not be started: {error.strerror or error}")
    if outcome.status == 0:
        return Fits()
    words = tuple(line for line in outcome.tail if line.strip())
    if any(check.refusal in line for line in words):
        return Refused(words)
    return Unknown(f"{check.tool} could not tell: {_reason(words)}")


def _reason(words: tuple[str, ...]) -> str:
    """Return the first line of *words* that is an error's, else the first of all."""
    errors = (line for line in words if line.strip().startswith("error"))
    return next(errors, next(iter(words), "it said nothing")).strip()
