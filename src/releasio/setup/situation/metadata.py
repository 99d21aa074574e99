"""The metadata as the project's files have it: what is written there, with its lines."""

from __future__ import annotations

import ast
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.project.project_files import MANIFEST, SETUP_CFG, SETUP_PY
from releasio.rules.project.setup_files import parse_cfg, read_setup_py
from releasio.rules.project.toml_string import toml_or_none, value_at
from releasio.setup.patches.patch import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_JOINED = 20  # characters of a text by which it is found where it stands in several strings
_SETUP_PY = {  # the keys of pyproject.toml, and the arguments of setup() that say the same
    "name": "name",
    "classifiers": "classifiers",
    "dependencies": "install_requires",
    "optional-dependencies": "extras_require",
    "requires-python": "python_requires",
}


@frozen
class Readme:
    """
    The README that the metadata names.

    Attributes:
        path: The file, relative to the project; empty: none is named, or it cannot be told.
        content_type: What is said of its kind; empty: nothing.
        setting: What names it.
        line: Where.
    """

    path: str = ""
    content_type: str = ""
    setting: str = ""
    line: int = 1


@frozen
class Declared:
    """
    What the project's files declare.

    Attributes:
        path: The file that does, in the repository.
        text: Its content.
        style: `pep621`, `poetry`, `setup.cfg` or `setup.py`; empty: none of them.
        table: The table that has the metadata; values are what the file holds, of any type.
        backend: The build back end.
        readme: The README.
    """

    path: str = MANIFEST
    text: str = ""
    style: str = ""
    table: Mapping[str, Any] = MappingProxyType({})
    backend: str = ""
    readme: Readme = Readme()

    @property
    def header(self) -> str:
        """The name of the table."""
        return {"pep621": "project", "poetry": "tool.poetry"}.get(self.style, "metadata")

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the texts of the list *key*."""
        value = self.table.get(key)
        items = value if isinstance(value, list) else []
        return tuple(each for each in items if isinstance(each, str))

    def line_of(self, key: str) -> int:
        """Return the line on which *key* is said; that of the table where it is not."""
        in_table = 0
        for number, line in enumerate(lines_of(self.text), 1):
            if re.match(r"\s*\[", line):
                if in_table:
                    break
                in_table = number if line.strip().strip("[] ") == self.header else 0
            elif in_table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=:.]", line):
                return number
        return in_table or 1

    def line_with(self, key: str, value: str) -> int:
        """Return the line on which *value* stands, among those of *key* or behind it."""
        first = 1 if self.style == "setup.py" else self.line_of(key)
        lines = list(enumerate(lines_of(self.text), 1))
        for part in (value, value[:_JOINED]):
            for number, line in lines:
                if number >= first and part in line:
                    return number
        return first


def declared_of(documents: Mapping[str, bytes | None], folder: str) -> Declared:
    """Return what the files of the project in *folder* declare; nothing of what they work out."""
    text = _text(documents, folder, MANIFEST)
    path = _path(folder, MANIFEST)
    data = toml_or_none(text)
    if data is None:
        return Declared(path, text)
    backend = str(value_at(data, ("build-system", "build-backend")) or "").partition(".")[0]
    for style, place in (("pep621", ("project",)), ("poetry", ("tool", "poetry"))):
        table = value_at(data, place)
        if isinstance(table, dict) and table.get("name"):
            declared = Declared(path, text, style, table, backend or "setuptools")
            return Declared(path, text, style, table, declared.backend, _readme(declared))
    cfg = _setup_cfg(_text(documents, folder, SETUP_CFG), _path(folder, SETUP_CFG))
    if cfg.table.get("name"):
        return cfg
    return _setup_py(_text(documents, folder, SETUP_PY), _path(folder, SETUP_PY)) or cfg


def _setup_cfg(text: str, path: str) -> Declared:
    parser = parse_cfg(text)
    if not parser.has_section("metadata"):
        return Declared(path, text)
    table: dict[str, Any] = dict(parser.items("metadata", raw=True))
    table["classifiers"] = [
        line.strip()
        for line in str(table.get("classifiers", table.get("classifier", ""))).splitlines()
        if line.strip()
    ]
    options = dict(parser.items("options", raw=True)) if parser.has_section("options") else {}
    requirements = [line.strip() for line in options.get("install_requires", "").splitlines()]
    table["dependencies"] = [line for line in requirements if line and not line.startswith("#")]
    if "python_requires" in options:
        table["requires-python"] = options["python_requires"]
    declared = Declared(path, text, "setup.cfg", table, "setuptools")
    key = "long_description" if "long_description" in table else "long-description"
    described = str(table.get(key, ""))
    match = re.fullmatch(r"file:\s*([^,\n]+?)\s*", described.strip())
    kind = table.get("long_description_content_type", table.get("long-description-content-type"))
    readme = Readme(match[1], str(kind or ""), key, declared.line_of(key)) if match else Readme()
    return Declared(path, text, "setup.cfg", table, "setuptools", readme)


def _setup_py(text: str, path: str) -> Declared | None:
    """Return what the call of `setup()` says in literals; None: there is no call."""
    call = read_setup_py(text)
    if call is None:
        return None
    table: dict[str, Any] = {}
    for key, argument in _SETUP_PY.items():
        value = call.value(argument)
        try:
            table[key] = ast.literal_eval(value) if value is not None else None
        except ValueError:  # it is worked out
            table[key] = None
    known_values = {key: value for key, value in table.items() if value is not None}
    return Declared(path, text, "setup.py", known_values, "setuptools")


def _readme(declared: Declared) -> Readme:
    line = declared.line_of("readme")
    match declared.table.get("readme"):
        case str(path):
            return Readme(path, "", "readme", line)
        case {"file": str(path), **rest}:
            kind = rest.get("content-type")
            return Readme(path, kind if isinstance(kind, str) else "", "readme", line)
        case [str(path)]:  # of Poetry
            return Readme(path, "", "readme", line)
    return Readme()


def licence_patterns(declared: Declared) -> tuple[str, ...]:
    """Return the patterns of files with licences that are named."""
    if declared.style != "pep621":
        return ()
    licence = declared.table.get("license")
    licence_file = licence.get("file") if isinstance(licence, dict) else None
    return (
        *declared.strings("license-files"),
        *((licence_file,) if isinstance(licence_file, str) else ()),
    )


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _text(documents: Mapping[str, bytes | None], folder: str, name: str) -> str:
    content = documents.get(_path(folder, name)) or b""
    return content.decode("utf-8", "replace")
