"""A project with the settings of another tool, as texts."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from releasio.rules.project.project_files import ProjectFiles
from releasio.setup.adoption.adoption import find_tools

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted

PROJECT = """\
[project]
name = "demo"
version = "1.2.3"
"""


def tools(**files: str) -> tuple[Adopted, ...]:
    """
    Return what is found in *files*.

    In a name without a slash `__` stands for the dot, and `_in_` for the slash.
    """
    texts = {_path(name): text for name, text in files.items()}
    texts.setdefault("pyproject.toml", PROJECT)
    workflows = {
        path: text for path, text in texts.items() if path.startswith(".github/workflows/")
    }
    contents = {path: dedent(text).encode(errors="surrogateescape") for path, text in texts.items()}
    return find_tools(ProjectFiles.of(contents), workflows)


def _path(name: str) -> str:
    return name.removeprefix("./") if "/" in name else name.replace("_in_", "/").replace("__", ".")


def tool(**files: str) -> Adopted:
    """Return the one tool that is found in *files*."""
    (only,) = tools(**files)
    return only


def manifest(table: str, version: str = "1.2.3") -> str:
    """Return a pyproject.toml with *table* in it."""
    return PROJECT.replace("1.2.3", version) + dedent(table)


def gaps(found: Adopted) -> dict[str, str]:
    """Return what cannot be translated, with its place."""
    return {gap.foreign: gap.place for gap in found.untranslated}
