"""Which folders hold the import package: what users import after they installed the project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.rules.project.mentions import MODULES, PLAIN
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

ROOTS = ("", "src", "python", "lib")
# what setuptools never takes for a package in a flat layout, and where copies of others lie
_NOT_OURS = frozenset(
    {
        *("ci", "bin", "debian", "doc", "docs", "documentation", "manpages", "news"),
        *("newsfragments", "changelog", "test", "tests", "unit_test", "unit_tests", "example"),
        *("examples", "script", "scripts", "tool", "tools", "util", "utils", "build", "dist"),
        *("benchmark", "benchmarks", "bench", "exercise", "exercises", "htmlcov", "tasks"),
        *("fabfile", "site_scons", "vendor", "vendored", "third_party", "extern", "external"),
        *("node_modules", "venv", "src", "lib", "python"),
    }
)


def may_be_package(name: str) -> bool:
    """Whether a folder called *name* may hold code that the project installs."""
    return name.isidentifier() and name not in _NOT_OURS and not name.startswith("_")


def module_files(folder: str) -> tuple[str, ...]:
    """Return where a version may stand in the import package *folder*."""
    return tuple(f"{folder}/{name}" for name in (*MODULES, PLAIN[0]))


def configured_packages(data: dict[str, Any]) -> tuple[str, ...]:
    """
    Return the packages that the settings of the build back end name.

    Args:
        data: What pyproject.toml holds.

    Returns:
        Paths relative to the project; those without a slash may be in any of `ROOTS`.
    """
    return tuple(dict.fromkeys(one.strip("./") for one in _configured(data) if one.strip("./")))


def _configured(data: dict[str, Any]) -> Iterator[str]:
    yield from _strings(value_at(data, ("tool", "hatch", "build", "targets", "wheel", "packages")))
    for name in _strings(value_at(data, ("tool", "setuptools", "packages"))):
        if "." not in name:  # packages inside are listed, too
            yield name
    for place in (
        ("tool", "flit", "module", "name"),
        ("tool", "uv", "build-backend", "module-name"),
        ("tool", "maturin", "module-name"),
    ):
        for name in _strings(value_at(data, place)):
            yield name.replace(".", "/")
    included = value_at(data, ("tool", "poetry", "packages"))
    for one in included if isinstance(included, list) else []:
        if isinstance(one, dict) and isinstance(one.get("include"), str):
            yield f"{one.get('from', '')}/{one['include']}"


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def import_folders(
    name: str, configured: Sequence[str], files: Collection[str], project: str = ""
) -> tuple[str, ...]:
    """
    Return the folders of the import package.

    Those that the build back end's settings name; else the one that is called as the
    project is; else the only one there is. Where there are several, nobody says which.

    Args:
        name: The project's name.
        configured: What `configured_packages` found.
        files: Paths in the repository that are there.
        project: The project's folder in the repository.
    """
    begin = f"{project}/" if project else ""
    inside = [path.removeprefix(begin) for path in files if path.startswith(begin)]
    folders = {
        folder for path in inside if (folder := path.rpartition("/")[0]) and _is_module(path)
    }
    named = {folder for folder in folders if _is_called(folder, configured)}
    named = named or {one for one in folders if _normal(one.rpartition("/")[2]) == _normal(name)}
    whole = {folder for folder in folders if f"{begin}{folder}/__init__.py" in files}
    if not named:  # where there is a folder for sources, what lies beside it is none
        by_root = [{one for one in whole if one.rpartition("/")[0] == root} for root in ROOTS]
        first = next(filter(None, [*by_root[1:], by_root[0]]), set[str]())
        named = first if len(first) == 1 else set()
    return tuple(sorted(f"{begin}{folder}" for folder in named))


def guessed_files(name: str, configured: Sequence[str], project: str = "") -> tuple[str, ...]:
    """Return where a version may stand in a project without a package where one usually is."""
    begin = f"{project}/" if project else ""
    module = re.sub(r"[-_.]+", "_", name)
    deeper = re.sub(r"[-_.]+", "/", name)
    folders = [*configured, *([deeper] if "/" in deeper else [])]
    found = [f"{root}/{one}".strip("/") for one in folders for root in ROOTS[:2]]
    files = [file for one in found for file in module_files(one)]
    return tuple(f"{begin}{file}" for file in (f"{module}.py", f"src/{module}.py", *files))


def _is_module(path: str) -> bool:
    last = path.rpartition("/")[2]
    return last in MODULES or last == PLAIN[0]


def _is_called(folder: str, configured: Sequence[str]) -> bool:
    return any(folder in {one, f"src/{one}"} or folder.endswith(f"/{one}") for one in configured)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
