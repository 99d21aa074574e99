"""What a project's own settings put into the package, wherever it lies."""

from __future__ import annotations

import ast
import configparser
import re
from typing import TYPE_CHECKING, Any

from releasio.rules.project.python_source import parse_python
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ROOTS = ("", "src/", "python/", "lib/")
_TABLES = (
    ("project", "readme"),
    ("project", "license"),
    ("project", "license-files"),
    ("tool", "flit"),
    ("tool", "hatch", "build"),
    ("tool", "hatch", "metadata"),
    ("tool", "hatch", "version"),
    ("tool", "maturin"),
    ("tool", "pdm", "build"),
    ("tool", "pdm", "version"),
    ("tool", "poetry", "include"),
    ("tool", "poetry", "packages"),
    ("tool", "poetry", "readme"),
    ("tool", "scikit-build"),
    ("tool", "setuptools"),
    ("tool", "uv", "build-backend"),
)
# what is left out, what only an sdist has, and patterns within packages, which count anyway
_SKIPPED = re.compile(r"exclude|sdist|^source-|package-data$").search
_SETUP_CFG = (
    ("metadata", "long_description"),
    ("metadata", "license_file"),
    ("metadata", "license_files"),
    ("options", "packages"),
)
_BUILDERS = re.compile(r"cibuildwheel|maturin|auditwheel|delvewheel|delocate").search
_WORD = re.compile(r"[^\s,=:]+").findall


def shipped_paths(
    name: str, pyproject: Mapping[str, Any], setup_cfg: str = "", setup_py: str = ""
) -> frozenset[str]:
    """
    Return what is named as part of the package: files and folders, relative to the project.

    More may be returned than is there; nothing is looked up. Patterns with `*` are left out.

    Args:
        name: The project's name: where the build back end looks for the import package.
        pyproject: What pyproject.toml holds.
        setup_cfg: The text of that file, where there is one.
        setup_py: Likewise.
    """
    module = re.sub(r"[-_.]+", "_", name)
    words = {
        module,
        module.lower(),
        *_words_of_toml(pyproject),
        *_words_of_cfg(setup_cfg),
        *_words_of_py(setup_py),
    }
    paths = {word.strip().removeprefix("./").strip("/") for word in words}
    plain_paths = {path for path in paths if path.strip(".") and "*" not in path}
    return frozenset(f"{root}{path}" for root in _ROOTS for path in plain_paths)


def is_workflow(path: str) -> bool:
    """Whether *path* may hold jobs of some CI."""
    return path.endswith((".yml", ".yaml"))


def builds_wheels(workflow: str) -> bool:
    """Whether the jobs of *workflow* build wheels for platforms: which there are is up to them."""
    return _BUILDERS(workflow) is not None


def _words_of_toml(pyproject: Mapping[str, Any]) -> Iterator[str]:
    for place in _TABLES:
        yield from _strings(value_at(dict(pyproject), place))


def _strings(value: object) -> Iterator[str]:
    """Yield keys and values of tables, and of all tables and lists in them."""
    match value:
        case str():
            yield value
        case list():
            for entry in value:
                yield from _strings(entry)
        case {"format": "sdist" | ["sdist"]}:
            return
        case dict():
            for key, entry in value.items():
                if not _SKIPPED(key):
                    yield key
                    yield from _strings(entry)


def _words_of_cfg(text: str) -> Iterator[str]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    for section, key in _SETUP_CFG:
        yield from _WORD(parser.get(section, key, fallback=""))
    if parser.has_section("options.data_files"):
        for value in parser["options.data_files"].values():
            yield from _WORD(value)


def _words_of_py(text: str) -> Iterator[str]:
    """Yield the names of files that setup.py says; it reads them, or has them installed."""
    tree = parse_python(text) if text else None
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Constant(value=str() as word) if "." in word.strip("."):
                yield word
