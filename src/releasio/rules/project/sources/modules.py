"""Where a name of a Python module gets its string, followed through imports and not run."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.rules.project.places import Place, PythonName
from releasio.rules.project.python_source import parse_python

if TYPE_CHECKING:
    from releasio.rules.project.project_files import ProjectFiles

_MOST = 4  # imports that are followed one after the other
ROOTS = ("", "src/", "lib/", "python/")


def python_place(files: ProjectFiles, file: str, name: str) -> Place:
    """
    Return the place that says the string of *name* in the module *file*.

    Where the module imports the name from another one of the project, the place is there.

    Args:
        files: Reads them.
        file: The module, relative to the project.
        name: Such as `__version__`.
    """
    for _ in range(_MOST):
        text = files.text(file)
        if text is None or PythonName(name).find(text):
            break
        imported = _imported(text, file, name)
        source_file = files.first(imported[0]) if imported else None
        if imported is None or source_file is None:
            break
        file, name = source_file, imported[1]
    return Place(files.path(file) or file, PythonName(name), name)


def attribute_place(
    files: ProjectFiles, attribute: str, folders: tuple[str, ...] = ROOTS
) -> Place | None:
    """
    Return the place of a dotted *attribute*, `demo.version.NUMBER`; `None`: no such module.

    Args:
        files: Reads them.
        attribute: The module's name, a dot, and the name in it.
        folders: Where packages may be, each empty or with `/` at its end.
    """
    module, _, name = attribute.rpartition(".")
    file = files.first(module_files(module or "__init__", folders))
    return python_place(files, file, name) if file else None


def module_files(module: str, folders: tuple[str, ...] = ROOTS) -> list[str]:
    """Return the files that may be the dotted *module*, the likeliest first."""
    path = module.replace(".", "/")
    return [f"{folder}{path}{end}" for folder in folders for end in ("/__init__.py", ".py")]


def _imported(text: str, file: str, name: str) -> tuple[list[str], str] | None:
    """Return the files that *name* may be imported from, and its name there; `None`: it is not."""
    import ast

    tree = parse_python(text.removeprefix("\ufeff"))
    for node in tree.body if tree else ():
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            if (alias.asname or alias.name) == name:
                return _files_of(node.module or "", node.level, file), alias.name
    return None


def _files_of(module: str, level: int, file: str) -> list[str]:
    if not level:
        return module_files(module)
    folder = posixpath.dirname(file)
    for _ in range(level - 1):
        folder = posixpath.dirname(folder)
    base = posixpath.join(folder, module.replace(".", "/"))
    return [f"{base}.py", f"{base}/__init__.py"]
