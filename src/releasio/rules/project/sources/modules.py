"""Where a name of a Python module gets its string, followed through imports and not run."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.rules.project.import_package import ROOTS
from releasio.rules.project.places import Place, PythonName, PythonNumbers
from releasio.rules.project.python_source import parse_python
from releasio.rules.project.python_version import joined_name

if TYPE_CHECKING:
    import ast

    from releasio.rules.project.project_files import ProjectFiles

_MOST = 4  # imports that are followed one after the other
SOURCE_FOLDERS = tuple(f"{root}/".lstrip("/") for root in ROOTS)


def python_place(
    files: ProjectFiles, file: str, name: str, folders: tuple[str, ...] = SOURCE_FOLDERS
) -> Place:
    """
    Return the place that says the string of *name* in the module *file*.

    Where the module imports the name from another one of the project, the place is there.

    Args:
        files: Reads them.
        file: The module, relative to the project.
        name: Such as `__version__`.
        folders: Where packages may be, each empty or with `/` at its end.
    """
    for _ in range(_MOST):
        text = files.text(file)
        if text is None or PythonName(name).find(text):
            break
        if numbers := joined_name(text, name):
            return Place(files.path(file) or file, PythonNumbers(numbers), numbers, form="numbers")
        imported = _import_of(text, file, name, folders)
        source_file = files.first(imported[0]) if imported else None
        if imported is None or source_file is None:
            break
        file, name = source_file, imported[1]
    return Place(files.path(file) or file, PythonName(name), name)


def attribute_place(
    files: ProjectFiles, attribute: str, folders: tuple[str, ...] = SOURCE_FOLDERS
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
    return python_place(files, file, name, folders) if file else None


def module_files(module: str, folders: tuple[str, ...] = SOURCE_FOLDERS) -> list[str]:
    """Return the files that may be the dotted *module*, the likeliest first."""
    path = module.replace(".", "/")
    return [f"{folder}{path}{end}" for folder in folders for end in ("/__init__.py", ".py")]


def _import_of(
    text: str, file: str, name: str, folders: tuple[str, ...]
) -> tuple[list[str], str] | None:
    """Return the files that *name* may be imported from, and its name there; `None`: it is not."""
    import ast

    tree = parse_python(text.removeprefix("\ufeff"))
    nodes = tree.body if tree else []
    module, name = _module_attribute(nodes, name)
    for node in nodes:
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            if (alias.asname or alias.name) == (module or name):
                base = f"{node.module or ''}.{alias.name}".strip(".") if module else node.module
                source_files = _files_of(base or "", node.level, file, folders)
                return source_files, name if module else alias.name
    return None


def _module_attribute(nodes: list[ast.stmt], name: str) -> tuple[str, str]:
    """Return module and name where *name* is assigned `module.name`; else no module."""
    import ast

    for node in nodes:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=assigned)],
                value=ast.Attribute(value=ast.Name(id=module), attr=attribute),
            ) if assigned == name:
                return module, attribute
            case _:
                continue
    return "", name


def _files_of(module: str, level: int, file: str, folders: tuple[str, ...]) -> list[str]:
    if not level:
        return module_files(module, folders)
    folder = posixpath.dirname(file)
    for _ in range(level - 1):
        folder = posixpath.dirname(folder)
    base = posixpath.join(folder, module.replace(".", "/"))
    return [f"{base}.py", f"{base}/__init__.py"]
