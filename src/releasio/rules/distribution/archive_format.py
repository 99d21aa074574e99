"""What the index refuses in the members of an archive, in its own words."""

from __future__ import annotations

import configparser
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

PREFIX = "Invalid distribution file. "
_SCRIPT_NAME = re.compile(r"[\w.-]+")
_SCRIPTS = frozenset({"console_scripts", "gui_scripts"})  # other groups may name as they like


def top_folder(names: Iterable[str]) -> str | None:
    """
    Return the one directory that everything in an sdist lies in; None if there is not one.

    A member that is called `.` lies in none. Such a part elsewhere in a name is passed over,
    as the index does before it looks for the name with nothing left out.
    """
    ways = [[part for part in name.split("/") if part not in {"", "."}] for name in names]
    tops = {way[0] if way else "" for way in ways}
    return (tops.pop() or None) if len(tops) == 1 else None


def layout_flaw(names: Collection[str]) -> str | None:
    """Return why the index refuses an sdist of these members; None: for nothing."""
    top = top_folder(names)
    if top is None:
        return f"{PREFIX}Incorrect number of top-level directories in sdist"
    if f"{top}/PKG-INFO" not in names:
        return f"{PREFIX}PKG-INFO not found at {top}/PKG-INFO"
    return None


def entry_points_parse(content: bytes) -> bool:
    """Tell whether the index takes this `entry_points.txt`."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # names keep their case
    try:
        parser.read_string(content.decode("utf-8"))
    except (UnicodeDecodeError, configparser.Error):
        return False
    names = [name for section in _SCRIPTS & {*parser.sections()} for name in parser[section]]
    return all(map(_SCRIPT_NAME.fullmatch, names))
