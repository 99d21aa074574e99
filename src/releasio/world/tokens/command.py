"""Run the program that prints a token, without a shell, and keep what it prints to ourselves."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.auth.credential_source import CommandFailed
from releasio.rules.credentials.secret import Secret, redact
from releasio.rules.running.environment import source_environment
from releasio.text.command_line import joined
from releasio.world.processes.ending import OWN_GROUP, end_group
from releasio.world.processes.pipes import Flooded, converse
from releasio.world.processes.programs import first_program, places

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 120.0  # seconds; somebody may have to unlock a vault first
_MOST = 1 << 20  # bytes; the longest tokens have some thousand
_LAST = 20  # lines of what a failed program said
_SCRIPTS = (".bat", ".cmd")
_MEANT_FOR_CMD = re.compile(r"[&|<>^%!\"\r\n]")  # cmd.exe reads them even between quotes


@dataclass(frozen=True)
class Printed:
    """What the program printed, and what it said on standard error, by line."""

    token: Secret
    said: tuple[str, ...]


def ask_program(
    command: tuple[str, ...], env: Mapping[str, str], patience: float = PATIENCE
) -> Printed:
    """
    Run *command* and return what it prints.

    It gets no input, and of the environment nothing that uploads. A name
    without a directory is looked for on `PATH` and nowhere else, on Windows with
    the endings of `PATHEXT`, so that `gcloud` finds `gcloud.cmd`.

    Args:
        command: The program and its arguments.
        env: The process environment.
        patience: Seconds it may take.

    Raises:
        CommandFailed: It is not there, failed, took too long, or printed nothing or no end.
    """
    surroundings = source_environment(env)
    line = [_program_path(command, surroundings), *command[1:]]
    try:
        child = subprocess.Popen(
            line,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,  # its own group, so that all of it can be ended
            creationflags=OWN_GROUP,  # the same on Windows
        )
    except OSError as error:
        problem = f"it cannot be started: {error.strerror or type(error).__name__}"
        raise CommandFailed(joined(command[:1]), problem, hint=_INSTALL) from None
    try:
        out, err = converse(child, patience=patience, limit=_MOST)
    except Flooded:
        end_group(child)
        problem = f"it printed more than {_MOST:,} bytes"
        raise CommandFailed(joined(command[:1]), problem, hint=_ALONE) from None
    except subprocess.TimeoutExpired:
        end_group(child)
        problem = f"it did not end within {patience:.0f} s"
        raise CommandFailed(joined(command[:1]), problem, hint=_SLOW) from None
    except BaseException:
        end_group(child)
        raise
    return _outcome(joined(command[:1]), child.returncode, out, err)


_INSTALL = "Install it, or correct publish.token_command; it is started without a shell."
_ALLOW = "Make it executable (chmod +x), or name the program that runs it first."
_ALONE = "Run it by itself; it must print the token and nothing else, and then end."
_SLOW = "Run it by itself: it must not ask anything, for it gets no input."


def _program_path(command: tuple[str, ...], env: Mapping[str, str]) -> str:
    """Return the program's path; a script of cmd.exe only where its arguments are safe."""
    candidates = places(command[0], env)
    path = first_program(candidates)
    if path is None:
        file = next((candidate for candidate in candidates if Path(candidate).is_file()), None)
        problem = f"{file} may not be executed" if file else f"there is no program {command[0]}"
        raise CommandFailed(joined(command[:1]), problem, hint=_ALLOW if file else _INSTALL)
    if Path(path).suffix.lower() in _SCRIPTS:
        for word in command[1:]:
            if match := _MEANT_FOR_CMD.search(word):
                problem = f"{path} is a script of cmd.exe, to which {match[0]!r} is a command"
                remedy = "Leave that character out, or name a program that is not a script."
                raise CommandFailed(joined(command[:1]), problem, hint=remedy)
    return path


def _outcome(name: str, status: int, out: bytes, err: bytes) -> Printed:
    # bytes that are no text are told from letters later: no token has either
    token = Secret(out.decode(errors="surrogateescape").strip())
    # it may say on one stream what it prints on the other
    lines = redact(err.decode(errors="replace"), _parts(token)).splitlines()
    excerpt = "\n".join(f"  | {line}" for line in lines[-_LAST:])
    if status:
        ending = f"signal {-status}" if status < 0 else f"exit code {status}"
        raise CommandFailed(name, f"it ended with {ending}", said=excerpt)
    if not token:
        raise CommandFailed(name, "it printed nothing", said=excerpt)
    return Printed(token, tuple(lines))


def _parts(token: Secret) -> list[Secret]:
    return [token, *(Secret(line.strip()) for line in token.reveal().splitlines())]
