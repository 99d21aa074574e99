"""The promises of a project, from whichever of its files says them; nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.changes.promises import (
    COMMANDS,
    NOTHING_ELSE,
    WINDOWED,
    Promises,
    listed_in,
    string_table,
    strings,
    table,
)
from releasio.rules.project.project_files import MANIFEST, SETUP_CFG, SETUP_PY
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from releasio.rules.project.project_files import ProjectFiles


def read_promises(files: ProjectFiles) -> Promises:
    """
    Return what the project's files promise.

    `[project]` comes first, then Poetry's own tables, then setup.cfg and setup.py. What
    `dynamic` names is only known where a file is named that lists it.
    """
    try:
        pyproject = files.toml(MANIFEST) or {}
    except ReleasioError:  # whoever needs it hears of it there
        return Promises()
    project = value_at(pyproject, ("project",))
    promises = _of_project(table(project))
    poetry = value_at(pyproject, ("tool", "poetry"))
    if isinstance(poetry, dict):
        from releasio.rules.changes.poetry_promises import poetry_promises

        promises = promises.or_else(poetry_promises(poetry))
    dynamic = frozenset(strings(table(project).get("dynamic")))
    if dynamic:
        promises = promises.or_else(_of_setuptools(files, pyproject))
    if isinstance(project, dict):
        promises = promises.or_else(_not_dynamic(dynamic))
    elif isinstance(poetry, dict):
        promises = promises.or_else(NOTHING_ELSE)
    if None in {promises.python, promises.dependencies} or promises.extras is None:
        files.load(SETUP_CFG, SETUP_PY)
        if files.text(SETUP_CFG) or files.text(SETUP_PY):
            from releasio.rules.changes.setup_promises import setup_promises

            promises = promises.or_else(setup_promises(files))
    return promises


def _of_project(project: dict[str, object]) -> Promises:
    python, dependencies = project.get("requires-python"), project.get("dependencies")
    extras = project.get("optional-dependencies")
    groups = {
        COMMANDS: string_table(project.get("scripts")),
        WINDOWED: string_table(project.get("gui-scripts")),
        **{name: string_table(group) for name, group in table(project.get("entry-points")).items()},
    }
    says_entry_points = not project.keys().isdisjoint({"scripts", "gui-scripts", "entry-points"})
    return Promises(
        python if isinstance(python, str) else None,
        strings(dependencies) if isinstance(dependencies, list) else None,
        {name: strings(entry) for name, entry in extras.items()}
        if isinstance(extras, dict)
        else None,
        groups if says_entry_points else None,
    )


def _not_dynamic(dynamic: frozenset[str]) -> Promises:
    """Return what `[project]` says by saying nothing, where *dynamic* does not name it."""
    is_computed = not dynamic.isdisjoint({"scripts", "gui-scripts", "entry-points"})
    return Promises(
        None if "requires-python" in dynamic else "",
        None if "dependencies" in dynamic else (),
        None if "optional-dependencies" in dynamic else {},
        None if is_computed else {},
    )


def _of_setuptools(files: ProjectFiles, pyproject: dict[str, object]) -> Promises:
    """Return what files list that `[tool.setuptools.dynamic]` names."""
    dynamic = table(value_at(pyproject, ("tool", "setuptools", "dynamic")))
    extras = table(dynamic.get("optional-dependencies"))
    return Promises(
        None,
        _in_files(files, dynamic["dependencies"]) if "dependencies" in dynamic else None,
        {name: _in_files(files, entry) for name, entry in extras.items()} if extras else None,
    )


def _in_files(files: ProjectFiles, entry: object) -> tuple[str, ...]:
    names = strings(table(entry).get("file"))
    return tuple(line for name in names for line in listed_in(files.text(name) or ""))
