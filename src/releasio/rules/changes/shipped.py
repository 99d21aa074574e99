"""What a project's own settings put into the package, wherever it lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.project.import_package import ROOTS
from releasio.rules.project.project_files import MANIFEST, SETUP_CFG, SETUP_PY
from releasio.rules.project.project_name import module_name
from releasio.rules.project.setup_files import parse_cfg, read_setup_py
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.project.project_files import ProjectFiles

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


def shipped_paths(name: str, files: ProjectFiles) -> frozenset[str]:
    """
    Return what is named as part of the package: files and folders, relative to the project.

    More may be returned than is there; nothing is looked up. Patterns with `*` are left out.

    Args:
        name: The project's name: where the build back end looks for the import package.
        files: Those of the project; what cannot be read says nothing.
    """
    module = module_name(name)
    words = {
        module,
        module.lower(),
        *_words_of_toml(files),
        *_words_of_cfg(_text(files, SETUP_CFG)),
        *_words_of_py(_text(files, SETUP_PY)),
    }
    paths = {word.strip().removeprefix("./").strip("/") for word in words}
    plain_paths = {path for path in paths if path.strip(".") and "*" not in path}
    return frozenset(f"{root}/{path}".lstrip("/") for root in ROOTS for path in plain_paths)


def is_workflow(path: str) -> bool:
    """Whether *path* may hold jobs of some CI."""
    return path.endswith((".yml", ".yaml"))


def builds_wheels(workflow: str) -> bool:
    """Whether the jobs of *workflow* build wheels for platforms: which there are is up to them."""
    return _BUILDERS(workflow) is not None


def _words_of_toml(files: ProjectFiles) -> Iterator[str]:
    try:
        pyproject = files.toml(MANIFEST) or {}
    except ReleasioError:
        return
    for place in _TABLES:
        yield from _strings(value_at(pyproject, place))


def _text(files: ProjectFiles, name: str) -> str:
    try:
        return files.text(name) or ""
    except ReleasioError:
        return ""


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
    parser = parse_cfg(text)
    for section, key in _SETUP_CFG:
        yield from _WORD(parser.get(section, key, fallback=""))
    if parser.has_section("options.data_files"):
        for value in parser["options.data_files"].values():
            yield from _WORD(value)


def _words_of_py(text: str) -> Iterator[str]:
    """Yield the names of files that setup.py says; it reads them, or has them installed."""
    call = read_setup_py(text)
    yield from (word for word in (call.strings() if call else ()) if "." in word.strip("."))
