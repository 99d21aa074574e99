"""What setup.cfg and setup.py say of a project that has no `[project]` table yet."""

from __future__ import annotations

import ast
import configparser
import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.project.python_source import parse_python

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VERSION = re.compile(r"(?:^|[^0-9.])(\d+(?:\.\d+)+[^/]*)$")
NAMES = ("setup.cfg", "setup.py")  # the first wins where both say something


@frozen
class SetupFacts:
    """
    Name and version, as far as they are written and not worked out.

    Attributes:
        file: `setup.cfg` or `setup.py`.
        name: Empty: it is not written there.
        version: Likewise.
        source: Where the version comes from instead, such as `attr: demo.__version__`.
    """

    file: str
    name: str
    version: str
    source: str = ""


def read_setup(files: Mapping[str, bytes | None]) -> SetupFacts | None:
    """
    Return what the setup files say; `None`: there is none, or none describes a package.

    Args:
        files: `setup.cfg` and `setup.py` to their content; `None`: it is not there.
    """
    descriptions = [
        SetupFacts(name, *facts)
        for name, read in (("setup.cfg", _facts_of_cfg), ("setup.py", _facts_of_py))
        if (content := files.get(name)) is not None
        and (facts := read(content.decode("utf-8", "replace"))) is not None
    ]
    if not descriptions:
        return None
    name = next((facts.name for facts in descriptions if facts.name), "")
    versioned = (facts for facts in descriptions if facts.version or facts.source)
    source = next(versioned, descriptions[0])
    return SetupFacts(source.file, name, source.version, source.source)


def newest_version(tags: Iterable[str]) -> str:
    """Return the highest version that one of *tags* ends with; empty: none does."""
    from packaging.version import InvalidVersion, Version  # 10 ms, for errors

    newest = None
    for tag in tags:
        if (match := _VERSION.search(tag)) is None:
            continue
        try:
            version = Version(match[1])
        except InvalidVersion:
            continue
        newest = version if newest is None else max(newest, version)
    return str(newest) if newest else ""


def _facts_of_cfg(text: str) -> tuple[str, str, str] | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    if not parser.has_section("metadata"):
        return None
    version = parser.get("metadata", "version", fallback="").strip()
    name = parser.get("metadata", "name", fallback="").strip()
    computed = version.startswith(("attr:", "file:"))
    return name, "" if computed else version, version if computed else ""


def _facts_of_py(text: str) -> tuple[str, str, str] | None:
    tree = parse_python(text)
    if tree is None:
        return None
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _function_name(call.func) == "setup":
            arguments = {keyword.arg: keyword.value for keyword in call.keywords}
            source = ""
            if "version" in arguments and not _text(arguments["version"]):
                source = "worked out there"
            if "use_scm_version" in arguments:
                source = "that of its tags (setuptools-scm)"
            return _text(arguments.get("name")), _text(arguments.get("version")), source
    return None


def _function_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _text(value: ast.expr | None) -> str:
    match value:
        case ast.Constant(value=str() as text):
            return text
        case _:
            return ""
