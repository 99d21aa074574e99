"""A settings file with another value in it, and every other byte as it was."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from releasio.rules.project.toml_string import toml_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOM = "\ufeff"
_LONE_FEED = re.compile(r"(?<!\r)\n")


def with_setting(text: str, path: Sequence[str], value: object) -> str | None:
    """
    Return the TOML *text* with *value* at *path*, whose tables are made where they lack.

    A key that is there keeps its place and its comment; a new one goes where its table ends.
    Return `None` where something else would change, the text is no TOML, or a name of *path*
    stands for something that takes no table.
    """
    # 39 ms, for who has a file written
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    plain = text.removeprefix(_BOM)
    try:
        document = tomlkit.parse(plain)
        table: Any = document
        *names, key = path
        for name in names:
            # only the last one is written as a table of its own: [tool.releasio]
            table = table.setdefault(name, tomlkit.table(is_super_table=name != names[-1]))
        table[key] = _on_one_line(value)
        edited = tomlkit.dumps(document)
    except (TOMLKitError, AttributeError, TypeError, ValueError):  # no TOML, or no room in it
        return None
    if "\r\n" in plain and not _LONE_FEED.search(plain):
        edited = _LONE_FEED.sub("\r\n", edited)
    if not _is_all_else_kept(plain, edited, path, value):
        return None
    return text[: len(text) - len(plain)] + edited


def _on_one_line(value: object) -> object:
    """Return *value* so that tomlkit writes no tables with headings of their own for it."""
    import tomlkit

    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update({name: _on_one_line(item) for name, item in value.items()})
        return table
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(_on_one_line(item) for item in value)
        return array
    return value


def _is_all_else_kept(text: str, edited: str, path: Sequence[str], value: object) -> bool:
    """Tell whether *edited* has every line of *text* but that of *path*, and says the same."""
    *names, key = path
    expected = table = tomllib.loads(text)
    for name in names:
        table = table.setdefault(name, {})
    table[key] = value
    lines, fresh = text.splitlines(), edited.splitlines()
    fresh_lines = iter(fresh)
    is_kept = all(line in fresh_lines for line in lines if key not in line)
    added = {line for line in fresh if key not in line} - {*lines, "", f"[{'.'.join(names)}]"}
    return is_kept and not added and expected == toml_or_none(edited)
