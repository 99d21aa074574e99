"""The real program, as a child process in a small project."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.cli.fork_server import can_run, run

if TYPE_CHECKING:
    from pathlib import Path

NOW = "1700100000"  # every run believes it is this second, so commits can be compared


@dataclass(frozen=True)
class Run:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


@dataclass
class Program:
    """`releasio`, in a directory."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)
    driver: tuple[str, ...] = ("-m", "releasio")  # what Python runs

    def __call__(self, *words: str, **env: str) -> Run:
        """Run `releasio WORDS`; nobody is at the keyboard."""
        environment = self.environment(**env)
        if self.driver[0] != "-c" and can_run(environment):
            return self._run_forked([*self.driver, *words], environment)
        done = subprocess.run(
            self.command(*words),
            cwd=self.path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    def _run_forked(self, words: list[str], environment: dict[str, str]) -> Run:
        code, *outputs = run(words, str(self.path), environment)
        out, err = (output.replace("\r\n", "\n").replace("\r", "\n") for output in outputs)
        return Run(code, out, err)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, *self.driver, *words]

    def environment(self, **env: str) -> dict[str, str]:
        return {**os.environ, "SOURCE_DATE_EPOCH": NOW, **self.env, **env}
