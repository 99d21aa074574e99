"""What a project promises whoever installs it, as its manifest says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS = "console_scripts"
WINDOWED = "gui_scripts"


@frozen
class Promises:
    """
    What users rely on; `None`: it is not written there, or worked out somewhere.

    Attributes:
        python: The versions of Python, as `requires-python` has them; empty: any.
        dependencies: What is installed along, as PEP 508 has it.
        extras: Name to what it brings.
        entry_points: Group to names and what each stands for; commands are the group
            `console_scripts`.

    Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/
    """

    python: str | None = None
    dependencies: tuple[str, ...] | None = None
    extras: Mapping[str, tuple[str, ...]] | None = None
    entry_points: Mapping[str, Mapping[str, str]] | None = None

    def or_else(self, other: Promises) -> Promises:
        """Return these, and those of *other* where these say nothing."""
        own = {name: value for name, value in vars(self).items() if value is not None}
        return replace(other, **own)


NOTHING_ELSE = Promises("", (), {}, {})


def table(value: object) -> dict[str, object]:
    """Return *value* if it is a table, else an empty one: what is wrong, its back end says."""
    return value if isinstance(value, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    """Return the strings of a list; a string is one of one."""
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(entry for entry in values if isinstance(entry, str))


def string_table(value: object) -> dict[str, str]:
    """Return the keys of a table whose values are strings."""
    return {key: entry for key, entry in table(value).items() if isinstance(entry, str)}


def listed_in(text: str) -> tuple[str, ...]:
    """Return the requirements of a list with one in each line, as pip and setuptools read it."""
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith(("#", "-")))


def entry_points_in(text: str) -> dict[str, str]:
    """Return the entry points of a group with one `name = target` in each line."""
    pairs = (line.partition("=") for line in listed_in(text) if "=" in line)
    return {name.strip(): target.strip() for name, _, target in pairs}
