"""The settings file: a new one, or one that somebody wrote, with every other byte as it was."""

from __future__ import annotations

import tomllib
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from releasio.config.pages.toml_text import toml
from releasio.config.reading.generations import NEWEST
from releasio.config.reading.mistakes import dotted
from releasio.config.reading.places import MANIFEST, TABLE
from releasio.config.rewriting import with_setting
from releasio.config.tables.model import Config
from releasio.errors.config import SettingsNotRewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Path = tuple[str, ...]
_WIDTH = 74  # characters of a comment
_VERSION: Path = ("config_version",)


def settings_text(name: str, text: str | None, settings: Mapping[Path, object]) -> str:
    """
    Return the content of the settings file *name* with *settings*.

    A file without settings gets them at its end, each with a comment that says what it does. In
    one that has some, keys that are there keep place and comment.

    Args:
        name: Its name; pyproject.toml has them in a table.
        text: What is in it; `None`: it is not there.
        settings: By the path of the key in releasio's table.

    Raises:
        SettingsNotRewritten: Something else would change.
    """
    table = TABLE if name == MANIFEST else ()
    if text is None or not _has_settings(text, table):
        settings = {_VERSION: NEWEST, **settings}
        block = "\n".join(_block(settings, table))
        return _appended(name, text or "", f"{block}\n", table, settings)
    for path, value in settings.items():
        edited = with_setting(text, (*table, *path), value)
        if edited is None:
            raise SettingsNotRewritten(name, f"{dotted(path)} = {toml(value)}")
        text = edited
    return text


def _has_settings(text: str, table: Path) -> bool:
    data: Any = tomllib.loads(text.removeprefix("\ufeff"))
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    return bool(data) if not table else data is not None


def _appended(
    name: str, text: str, block: str, table: Path, settings: Mapping[Path, object]
) -> str:
    """Return *text* with *block* at its end; its line ends are those of the file."""
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text.strip() else newline if text.endswith(("\n", "\r")) else newline * 2
    appended = text + gap + block.replace("\n", newline)
    expected = tomllib.loads(text.removeprefix("\ufeff"))
    for path, value in settings.items():
        inner = expected
        for part in (*table, *path[:-1]):
            inner = inner.setdefault(part, {})
        inner[path[-1]] = value
    try:
        is_right = tomllib.loads(appended.removeprefix("\ufeff")) == expected
    except tomllib.TOMLDecodeError:  # `tool = {}` takes no table behind it
        is_right = False
    if not is_right:
        raise SettingsNotRewritten(name, block.strip())
    return appended


def _block(settings: Mapping[Path, object], table: Path) -> Iterator[str]:
    """Yield the lines of *settings*, table by table, each with its comment."""
    tables: dict[Path, list[Path]] = {}
    for path in settings:
        tables.setdefault(path[:-1], []).append(path)
    is_first = True
    for inner, paths in sorted(tables.items(), key=lambda entry: len(entry[0])):
        if not is_first:
            yield ""
        if header := (*table, *inner):
            yield f"[{dotted(header)}]"
        for number, path in enumerate(paths):
            comment = wrap(_words(path), _WIDTH)
            if number and comment:
                yield ""
            yield from (f"# {line}" for line in comment)
            yield f"{dotted(path[-1:])} = {toml(settings[path])}"
        is_first = False


def _words(path: Sequence[str]) -> str:
    """Return what the setting at *path* does; empty: it is below a name of the user's."""
    table: Any = Config
    for name in path[:-1]:
        setting = table.settings.get(name)
        if setting is None or not hasattr(setting.default, "settings"):
            return ""
        table = type(setting.default)
    setting = table.settings.get(path[-1])
    return setting.doc if setting else ""
