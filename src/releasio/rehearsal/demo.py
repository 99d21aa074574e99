"""A small project with a history, for whoever wants to watch a release before having one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.git_python import git_python

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


NAME = "hello-releasio"

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "hello-releasio"
version = "0.1.0"  # releasio changes this, and nothing else in the file
description = "Greets whoever asks for it."
readme = "README.md"
requires-python = ">=3.11"

[project.scripts]
hello-releasio = "hello_releasio:main"
"""

README = """\
# hello-releasio

A package that exists to be released.
"""

MODULE = '''\
"""Greets whoever asks for it."""

__all__ = ["greet", "main"]


def greet(name: str = "world") -> str:
    """Return a greeting for *name*."""
    return f"Hello, {name}!"


def main() -> None:
    """Greet on the terminal."""
    print(greet())
'''

CHANGELOG = """\
# Changelog

All notable changes to this project are documented in this file.

## [Unreleased]

These lines were written by hand. The release takes them into its section.

## [0.1.0] - 2025-03-01

### Added

- The first greeting.

[Unreleased]: https://github.com/example/hello-releasio/compare/v0.1.0...HEAD
[0.1.0]: https://github.com/example/hello-releasio/releases/tag/v0.1.0
"""

PACKAGE = "src/hello_releasio/__init__.py"


def write_demo(root: Path, env: Mapping[str, str]) -> None:
    """
    Make a repository at *root* with the demo project: a tagged 0.1.0 and some work since.

    One commit is a squash merge with a pull request's number, one is undone by
    a revert, so that there is something to see in the notes.
    """
    with git_python(env) as repositories, repositories.init(root, initial_branch="main") as repo:

        def commit(message: str, files: Mapping[str, str]) -> str:
            for name, text in files.items():
                _write(root / name, text)
            repo.index.add([*files])
            return repo.index.commit(message).hexsha

        first = commit("feat: greet the world", _FIRST)
        repo.create_tag("v0.1.0", first, "Release v0.1.0")
        commit("fix: end the greeting with an exclamation mark (#2)", {PACKAGE: MODULE})
        loud = commit("feat: greet like a sailor", {PACKAGE: MODULE.replace("Hello", "Ahoy")})
        revert = f'Revert "feat: greet like a sailor"\n\nThis reverts commit {loud}.'
        commit(revert, {PACKAGE: MODULE})
        commit("feat(parting): say goodbye, too (#3)", {PACKAGE: MODULE + _FAREWELL})


_FAREWELL = '''

def part(name: str = "world") -> str:
    """Return a farewell for *name*."""
    return f"Goodbye, {name}!"
'''


_FIRST = {
    "pyproject.toml": PYPROJECT,
    "README.md": README,
    "CHANGELOG.md": CHANGELOG,
    PACKAGE: MODULE.replace("{name}!", "{name}."),
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
