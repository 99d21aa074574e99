"""Where settings files are, and reading the one that counts."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from releasio.config.reading.mistakes import Source
from releasio.frozen import frozen

DOTFILE = ".releasio.toml"
PLAIN = "releasio.toml"
MANIFEST = "pyproject.toml"
_LONGEST = 16 << 20  # bytes; a settings file that somebody wrote has some thousand
TABLE = ("tool", "releasio")

_AT_LINE = r" \(at (?:line (\d+), column \d+|end of document)\)$"


@frozen
class Found:
    """The settings file that counts, and what is in it."""

    file: Path
    source: Source
    raw: object  # a table, unless the file says otherwise
    ignored: str  # the name of another file with settings, beside it


def find(directory: Path) -> Found | None:
    """
    Return the nearest settings file, looking from *directory* upwards.

    In *directory*: `.releasio.toml`, `releasio.toml`, the table of
    `pyproject.toml`. Above it, up to the root of the repository: `.releasio.toml`,
    and the first `pyproject.toml` when there was none yet. The first one found
    counts alone.

    Raises:
        ConfigProblems: The file cannot be read or is not TOML.
    """
    start = Path(os.path.abspath(directory))  # noqa: PTH100 -- resolve() would leave symlinked projects
    manifest: bytes | None = None
    for folder in (start, *start.parents):
        for name in (DOTFILE, PLAIN) if folder == start else (DOTFILE,):
            if (data := _read(folder / name, start)) is not None:
                return _parsed(folder / name, data, start)
        if manifest is None and (manifest := _read(folder / MANIFEST, start)) is not None:
            settings_file = _from_manifest(folder / MANIFEST, manifest, start)
            if settings_file:
                return settings_file
        if (folder / ".git").exists():
            break
    return None


def _from_manifest(file: Path, data: bytes, start: Path) -> Found | None:
    if b"releasio" not in data:  # most often; saves parsing it
        return None
    settings_file = _parsed(file, data, start, TABLE)
    return None if settings_file.raw is None else settings_file


def _read(file: Path, start: Path) -> bytes | None:
    try:
        problem = _oddity(file)
        data = b"" if problem else file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        problem = error.strerror or str(error)
    if not problem:
        return data
    from releasio.errors.config import ConfigProblems, ConfigUnreadable

    hint = "It must be a file, and you must be allowed to read it."
    name = _relative(file, start)
    raise ConfigProblems((ConfigUnreadable(problem, hint=hint, source=name, path=name, line=None),))


def _oddity(file: Path) -> str:
    """Say what keeps *file* from being read: a link may lead anywhere, and a pipe has no end."""
    status = file.lstat()
    if stat.S_ISLNK(status.st_mode):
        return f"it is a link to {file.readlink()}"
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        return "it is a device or a pipe"
    return f"it has {status.st_size:,} bytes" if status.st_size > _LONGEST else ""


def _parsed(file: Path, data: bytes, start: Path, table: tuple[str, ...] = ()) -> Found:
    name = _relative(file, start)
    text = _decoded(data, name)
    raw: Any = _toml(text, name)
    for part in table:
        raw = raw.get(part) if isinstance(raw, dict) else None
    ignored = MANIFEST if not table and _has_table(file.parent / MANIFEST) else ""
    return Found(file, Source(name, path=name, text=text, root=table), raw, ignored)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        from releasio.errors.config import ConfigProblems, ConfigUnreadable

        line = data.count(b"\n", 0, problem.start) + 1
        hint = "Save the file as UTF-8."
        raise ConfigProblems(
            (ConfigUnreadable("it is not UTF-8", hint=hint, source=name, path=name, line=line),)
        ) from problem


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        problem, line = "nested too deeply", None
    except ValueError as error:  # TOMLDecodeError, or a number too long for Python
        place = re.search(_AT_LINE, str(error))
        problem = re.sub(_AT_LINE, "", str(error))
        line = int(place[1]) if place and place[1] else None
    from releasio.errors.config import ConfigNotToml, ConfigProblems

    raise ConfigProblems((ConfigNotToml(problem, source=name, path=name, line=line),))


def _has_table(manifest: Path) -> bool:
    try:
        return not _oddity(manifest) and b"[tool.releasio" in manifest.read_bytes()
    except OSError:
        return False


def _relative(file: Path, start: Path) -> str:
    return os.path.relpath(file, start).replace(os.sep, "/")
