"""The promises of setup.cfg and setup.py, as far as they are written and not worked out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from releasio.rules.changes.promises import Promises, entry_points_in, listed_in, strings, table
from releasio.rules.project.project_files import SETUP_CFG, SETUP_PY
from releasio.rules.project.setup_files import parse_cfg, read_setup_py

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.setup_files import SetupCall


def setup_promises(files: ProjectFiles) -> Promises:
    """Return what both say; setup.cfg comes first, as setuptools has it."""
    promises = _of_cfg(files.text(SETUP_CFG) or "")
    call = read_setup_py(files.text(SETUP_PY))
    return promises.or_else(_of_call(call)) if call else promises


def _of_cfg(text: str) -> Promises:
    parser = parse_cfg(text, keep_case=True)
    options = dict(parser["options"]) if parser.has_section("options") else {}
    extras = dict(parser["options.extras_require"]) if "options.extras_require" in parser else None
    groups = dict(parser["options.entry_points"]) if "options.entry_points" in parser else None
    requires = options.get("install_requires")
    is_elsewhere = requires is not None and requires.strip().startswith("file:")
    return Promises(
        options.get("python_requires"),
        None if requires is None or is_elsewhere else listed_in(requires.replace(";\n", "\n")),
        None if extras is None else _extras({k: listed_in(text) for k, text in extras.items()}),
        None if groups is None else {name: entry_points_in(text) for name, text in groups.items()},
    )


def _of_call(call: SetupCall) -> Promises:
    requires, extras = _literal(call, "install_requires"), _literal(call, "extras_require")
    groups = _literal(call, "entry_points")
    return Promises(
        call.text("python_requires") or None,
        None if requires is None else strings(requires),
        _extras({name: strings(value) for name, value in extras.items()})
        if isinstance(extras, dict)
        else None,
        {
            name: entry_points_in("\n".join(strings(list(value) if value else ())))
            for name, value in table(groups).items()
            if isinstance(value, list | tuple)
        }
        if isinstance(groups, dict)
        else None,
    )


def _extras(entries: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return *entries* by the name of the extra alone: setuptools lets a condition follow it."""
    extras: dict[str, tuple[str, ...]] = {}
    for key, requirements in entries.items():
        name, colon, marker = key.partition(":")
        condition = f"; {marker.strip()}" if colon else ""
        # what has no name is installed always, where the condition holds
        if name := name.strip():
            own = tuple(f"{requirement}{condition}" for requirement in requirements)
            extras[name] = (*extras.get(name, ()), *own)
    return extras


def _literal(call: SetupCall, argument: str) -> object:
    """Return the value that *argument* is written as; `None`: it is worked out, or not there."""
    value = call.value(argument)
    try:
        return None if value is None else ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
