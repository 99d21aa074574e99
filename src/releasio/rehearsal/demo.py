"""A small project with a history, for whoever wants to watch a release before having one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.git.git import Git

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


def write_demo(git: Git) -> None:
    """
    Fill the empty repository *git* with the demo project: a tagged 0.1.0 and some work since.

    One commit is a squash merge with a pull request's number, one is undone by
    a revert, so that there is something to see in the notes.
    """
    root = git.root
    for name, text in {
        "pyproject.toml": PYPROJECT,
        "README.md": README,
        "CHANGELOG.md": CHANGELOG,
        PACKAGE: MODULE.replace("{name}!", "{name}."),
    }.items():
        _write(root / name, text)
    first = git.commit_all("feat: greet the world")
    git.create_tag_ref("v0.1.0", git.make_tag("v0.1.0", first, "Release v0.1.0"))
    _write(root / PACKAGE, MODULE)
    git.commit_all("fix: end the greeting with an exclamation mark (#2)")
    _write(root / PACKAGE, MODULE.replace("Hello", "Ahoy"))
    loud = git.commit_all("feat: greet like a sailor")
    _write(root / PACKAGE, MODULE)
    git.commit_all(f'Revert "feat: greet like a sailor"\n\nThis reverts commit {loud}.')
    _write(root / PACKAGE, MODULE + _FAREWELL)
    git.commit_all("feat(parting): say goodbye, too (#3)")


_FAREWELL = '''

def part(name: str = "world") -> str:
    """Return a farewell for *name*."""
    return f"Goodbye, {name}!"
'''


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
