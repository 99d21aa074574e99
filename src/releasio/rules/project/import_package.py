"""Which folders hold the import package: what users import after they installed the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.project.mentions import MODULES, PLAIN
from releasio.rules.project.project_name import module_name, nested_module_path, normalized_name
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
    paths = (path.strip("./") for path in _package_settings(data))
    return tuple(dict.fromkeys(path for path in paths if path))


def _package_settings(data: dict[str, Any]) -> Iterator[str]:
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
    tables = value_at(data, ("tool", "poetry", "packages"))
    for table in tables if isinstance(tables, list) else []:
        if isinstance(table, dict) and isinstance(table.get("include"), str):
            yield f"{table.get('from', '')}/{table['include']}"


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [string for string in values if isinstance(string, str)]


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
    prefix = f"{project}/" if project else ""
    inside = [path.removeprefix(prefix) for path in files if path.startswith(prefix)]
    folders = {
        folder for path in inside if (folder := path.rpartition("/")[0]) and _is_module(path)
    }
    packages = {folder for folder in folders if _is_configured(folder, configured)}
    packages = packages or {folder for folder in folders if _is_called(folder, name)}
    if not packages:
        regular = {folder for folder in folders if f"{prefix}{folder}/__init__.py" in files}
        packages = _only_package(regular)
    return tuple(sorted(f"{prefix}{folder}" for folder in packages))


def _only_package(folders: Collection[str]) -> set[str]:
    """Return the only one of *folders* in the first root that has any; empty: several."""
    by_root = [
        {folder for folder in folders if folder.rpartition("/")[0] == root} for root in ROOTS
    ]
    # where there is a folder for sources, what lies beside it is no package
    packages = next(filter(None, [*by_root[1:], by_root[0]]), set[str]())
    return packages if len(packages) == 1 else set()


def guessed_files(name: str, configured: Sequence[str], project: str = "") -> tuple[str, ...]:
    """Return where a version may stand in a project without a package where one usually is."""
    prefix = f"{project}/" if project else ""
    module = module_name(name)
    nested_module = nested_module_path(name)
    folders = [*configured, *([nested_module] if "/" in nested_module else [])]
    packages = [f"{root}/{folder}".strip("/") for folder in folders for root in ROOTS[:2]]
    files = [file for package in packages for file in module_files(package)]
    return tuple(f"{prefix}{file}" for file in (f"{module}.py", f"src/{module}.py", *files))


def _is_module(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name in MODULES or name == PLAIN[0]


def _is_configured(folder: str, configured: Sequence[str]) -> bool:
    return any(
        folder in {path, f"src/{path}"} or folder.endswith(f"/{path}") for path in configured
    )


def _is_called(folder: str, project: str) -> bool:
    return normalized_name(folder.rpartition("/")[2]) == normalized_name(project)
