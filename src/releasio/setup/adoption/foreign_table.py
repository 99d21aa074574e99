"""Settings of other tools, with the line of each key: TOML, JSON, YAML and INI."""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from releasio.config.reading.locate import locate
from releasio.frozen import frozen
from releasio.setup.adoption.adopted import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Keys = tuple[str | int, ...]
_YES = {"true", "yes", "on", "1"}
_NO = {"false", "no", "off", "0"}


class Unreadable(Exception):
    """
    A file cannot be read.

    Attributes:
        broken: Where, and why.
    """

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        """Say that *path* cannot be read at *line*, and why."""
        super().__init__(f"{path}:{line}: {reason}")
        self.broken = Broken(f"{path}:{line}" if line else path, reason)


@frozen
class ForeignTable:
    """
    A table of settings.

    Attributes:
        path: Its file, relative to the project.
        values: What it says. INI has texts only.
        lines: The line of each key, 1-based, by its path in the table; `()`: the table's own.
    """

    path: str
    values: Mapping[str, Any]
    lines: Mapping[Keys, int]

    def place(self, *keys: str | int) -> str:
        """Return file and line of *keys*, or of the innermost thing around them that has one."""
        for end in range(len(keys), -1, -1):
            if line := self.lines.get(keys[:end]):
                return f"{self.path}:{line}"
        return self.path

    def at(self, *keys: str) -> Any:  # noqa: ANN401 -- whatever somebody wrote
        """Return what stands at *keys*; `None`: nothing."""
        value: Any = self.values
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, *keys: str) -> str | None:
        """Return the text at *keys*; `None`: there is none."""
        value = self.at(*keys)
        return value if isinstance(value, str) else None

    def flag(self, *keys: str) -> bool | None:
        """Return what the switch at *keys* says; `None`: nothing."""
        value = self.at(*keys)
        if isinstance(value, str):
            word = value.strip().lower()
            return True if word in _YES else False if word in _NO else None
        return value if isinstance(value, bool) else None

    def words(self, *keys: str) -> tuple[str, ...] | None:
        """Return the texts of the list at *keys*, or the one text there; `None`: neither."""
        value = self.at(*keys)
        if isinstance(value, str):
            return tuple(filter(None, map(str.strip, re.split(r"[\n,]", value))))
        if isinstance(value, list):
            return tuple(word for word in value if isinstance(word, str))
        return None

    def sentences(self, *keys: str) -> tuple[str, ...]:
        """Return the texts of the list at *keys*, or the lines of the one text there."""
        value = self.at(*keys)
        if isinstance(value, str):
            return tuple(filter(None, map(str.strip, value.split("\n"))))
        return self.words(*keys) or ()

    def tables(self, *keys: str) -> tuple[Mapping[str, Any], ...]:
        """Return the tables of the list at *keys*."""
        value = self.at(*keys)
        rows = value if isinstance(value, list) else [value]
        return tuple(row for row in rows if isinstance(row, dict))


def toml_table(path: str, text: str, *root: str) -> ForeignTable | None:
    """
    Return the table *root* of the TOML *text*; `None`: it has none.

    Raises:
        Unreadable: It is no TOML.
    """
    if root and root[-1] not in text:  # most often; saves parsing it
        return None
    try:
        data: Any = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        reason = re.sub(r" \(at .*\)$", "", str(error))
        raise Unreadable(path, int(line[1]) if line else None, f"it is no TOML: {reason}") from None
    return _below(path, data, root, lambda: locate(text.removeprefix("\ufeff")))


def json_table(path: str, text: str, *root: str) -> ForeignTable | None:
    """
    Return the object *root* of the JSON *text*; `None`: it has none.

    Raises:
        Unreadable: It is no JSON.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise Unreadable(path, error.lineno, f"it is no JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(path, None, f"it is no JSON: {error}") from None
    return _below(path, data, root, lambda: dict(_json_lines(data, text, (), 0)))


def yaml_table(path: str, text: str, *root: str) -> ForeignTable | None:
    """
    Return the mapping *root* of the YAML *text*; `None`: it has none.

    Raises:
        Unreadable: It is no YAML.
    """
    import yaml  # 20 ms, and few projects have such a file

    try:
        lines = dict(_yaml_lines(yaml.compose(text, Loader=yaml.SafeLoader), (), set()))
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise Unreadable(
            path, mark.line + 1 if mark else None, f"it is no YAML: {reason}"
        ) from None
    return _below(path, data, root, lambda: lines)


def ini_tables(path: str, text: str) -> dict[str, ForeignTable]:
    """
    Return the sections of the INI *text*, by name.

    Raises:
        Unreadable: It is no INI.
    """
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(text.removeprefix("\ufeff"))
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next(
            (number for number, _ in getattr(error, "errors", ())), None
        )
        raise Unreadable(path, line, "it is no INI file") from None
    lines = _ini_lines(text)
    return {
        name: ForeignTable(
            path,
            {key: value or "" for key, value in parser.items(name)},
            {keys[1:]: line for keys, line in lines.items() if keys[0] == name},
        )
        for name in parser.sections()
    }


def _below(
    path: str, data: object, root: Keys, lines: Callable[[], Mapping[Keys, int]]
) -> ForeignTable | None:
    for key in root:
        data = data.get(key) if isinstance(data, dict) else None
    if not isinstance(data, dict):
        return None
    depth = len(root)
    own_lines = {keys[depth:]: line for keys, line in lines().items() if keys[:depth] == root}
    return ForeignTable(path, data, own_lines)


def _json_lines(data: object, text: str, path: Keys, begin: int) -> Iterator[tuple[Keys, int]]:
    """Yield the line of each key: the first place where it stands behind what is around it."""
    yield path, text.count("\n", 0, begin) + 1
    entries: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        entries = list(data.items())
    elif isinstance(data, list):
        entries = list(enumerate(data))
    for key, value in entries:
        at = text.find(json.dumps(key), begin) if isinstance(key, str) else begin
        yield from _json_lines(value, text, (*path, key), max(at, begin))


def _yaml_lines(
    node: Any,  # noqa: ANN401 -- it has no types
    path: Keys,
    known: set[int],
) -> Iterator[tuple[Keys, int]]:
    """Yield the line of each key; what an alias stands for is looked at once."""
    if node is None or id(node) in known:
        return
    known.add(id(node))
    yield path, node.start_mark.line + 1
    if node.id == "sequence":
        for number, entry in enumerate(node.value):
            yield from _yaml_lines(entry, (*path, number), known)
    elif node.id == "mapping":
        for key, value in node.value:
            keys = (*path, str(key.value))
            yield from _yaml_lines(value, keys, known)
            yield keys, key.start_mark.line + 1


def _ini_lines(text: str) -> dict[Keys, int]:
    lines: dict[Keys, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\[([^\]]+)\]", line):
            section = header[1]
            lines.setdefault((section,), number)
        elif key := re.match(r"([^\s=:#;][^=:]*?)\s*[=:]", line):
            lines.setdefault((section, key[1].lower()), number)
    return lines
