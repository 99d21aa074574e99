"""
Runs the examples of the documentation.

An example is a fenced `console` block. What follows `$ ` is run, what stands
below it is the output. A page is one story: its blocks run in order in one
demonstration repository. `WRITE_DOCS=1` puts the real output into the page.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY = "..."  # alone on a line: any lines
_VARIES = (
    (re.compile(r"  \d+\.\d s$", re.MULTILINE), ""),  # shown for steps that took long
    (re.compile(r"\(\d+ requests\)"), "(<number> requests)"),
    (re.compile(r"\b(?:(?=[0-9a-f]*\d)[0-9a-f]{7,64}|[a-f]{8})\b"), "<id>"),
    (re.compile(r"\b\d+(\.\d+)? (s|seconds|kB|MB|bytes|B)\b"), r"<number> \2"),
    (re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?"), "<date>"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:<port>"),
    (re.compile(r"(/|[A-Z]:\\)[^\s]*(te?mp|folders|shm)[^\s]*", re.IGNORECASE), "<path>"),
)


@dataclass(frozen=True)
class Command:
    """One command of an example, and what the page says it prints."""

    line: str
    output: str


def commands(body: str) -> list[Command]:
    """
    Take the body of a `console` block apart.

    Raises:
        ValueError: It does not begin with a command.
    """
    before, *parts = re.split(r"^\$ ", body, flags=re.MULTILINE)
    if before or not parts:
        msg = f"an example begins with `$ `, not with {before!r}"
        raise ValueError(msg)
    split = (part.partition("\n") for part in parts)
    return [Command(line, output) for line, _, output in split]


def matches(expected: str, actual: str) -> bool:
    """Compare outputs: ids, times and paths may differ, `...` stands for any lines."""
    lines = [re.escape(line) for line in normalise(expected).splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if line == re.escape(_ANY) else f"{line}\n" for line in lines)
    text = "".join(f"{line}\n" for line in normalise(actual).splitlines())
    return re.fullmatch(pattern, text) is not None


def normalise(text: str) -> str:
    """Replace what differs from run to run, and space at the ends of lines."""
    for pattern, word in _VARIES:
        text = pattern.sub(word, text)
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def run(command: Command, directory: Path, env: Mapping[str, str]) -> str:
    """
    Run *command* and return all it printed.

    Raises:
        ValueError: It is not releasio or git.
    """
    program, *words = shlex.split(command.line)
    programs = {"releasio": [sys.executable, "-m", "releasio"], "git": ["git"]}
    if program not in programs:
        msg = f"examples run releasio and git, not {program}"
        raise ValueError(msg)
    done = subprocess.run(
        [*programs[program], *words],
        cwd=directory,
        env={**env, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.stdout


def check(page: str, directory: Path, env: Mapping[str, str]) -> tuple[str, list[str]]:
    """
    Run the examples of *page* in *directory*.

    Returns:
        The page with the outputs as they are, and the differences: one text for each.
    """
    differences = []

    def tried(block: re.Match[str]) -> str:
        written = []
        for command in commands(block["body"]):
            actual = run(command, directory, env)
            same = matches(command.output, actual)
            if not same:
                differences.append(f"$ {command.line}\n{actual}\ninstead of\n{command.output}")
            shown = command.output if same else normalise_end(actual)
            written.append(f"$ {command.line}\n{shown}")
        return "```console\n" + "".join(written) + "```"

    return _BLOCK.sub(tried, page), differences


def normalise_end(text: str) -> str:
    """Return *text* without space at the ends of lines, with one line end at its end."""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"
