"""Where a value comes from, and the list of what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen

if TYPE_CHECKING:
    from releasio.config.reading.locate import Path
    from releasio.errors.config import ConfigError

_BARE = r"[A-Za-z0-9_-]+"
_NOT_SHOWN = r"pypi-[\w-]{8}|://[^/\s]*@|gh[opsu]_\w{8}|github_pat_|glpat-"
_LONGEST = 60


class Source:
    """A file, a variable or an option that sets something."""

    def __init__(
        self, name: str, *, path: str | None = None, text: str = "", root: Path = ()
    ) -> None:
        """
        Name a source.

        Args:
            name: What users call it: `.releasio.toml`, `RELEASIO_MODE`, `--registry`.
            path: The file, relative to the project, when it is one.
            text: What the file holds.
            root: The table of the file that holds the settings.
        """
        self.name = name
        self.path = path
        self._text = text
        self._root = root
        self._lines: dict[Path, int] | None = None

    def line(self, path: Path) -> int | None:
        """Return the line of the key *path*, when the source has lines."""
        from releasio.config.reading.locate import line_of, locate  # 1 ms of patterns

        if self._lines is None:
            self._lines = locate(self._text)
        return line_of(self._lines, self._root + path)

    def place(self, path: Path) -> str:
        """Return file and line, or the name of variable or option."""
        line = self.line(path)
        return f"{self.name}:{line}" if line else self.name

    def facts(self, path: Path) -> dict[str, Any]:
        """Return what every error about a setting wants to know of its place."""
        return {"source": self.name, "path": self.path, "line": self.line(path)}


@frozen
class Said:
    """A setting without effect, and the sentence that says why."""

    path: Path
    sentence: str


@frozen
class Findings:
    """What came up while one source was read."""

    source: Source
    mistakes: list[ConfigError]
    said: list[Said]


def dotted(path: Path) -> str:
    """Write *path* as one would in TOML, entries of lists counted from 0."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part if re.fullmatch(_BARE, part) else _quoted(part)}"
    return text.removeprefix(".")


def shown(value: object) -> str:
    """Write *value* for a message: short, on one line, and never a secret."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return (
                "a string that may hold a secret"
                if re.search(_NOT_SHOWN, value)
                else _cut(_quoted(value))
            )
        case dict():
            return "a table"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case int() | float():
            return _cut(str(value))
        case _:
            return f"the {type(value).__name__} {value}"


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=not text.isprintable())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
