"""Directories with settings files, for the tests of loading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading.load import load
from releasio.errors.config import ConfigProblems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.errors.base import ReleasioError


def write(directory: Path, files: Mapping[str, str]) -> Path:
    """Write *files* below *directory*, as UTF-8 with the line ends they have."""
    for name, text in files.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return directory


def complaints(
    directory: Path, env: Mapping[str, str] = {}, overrides: Mapping[str, object] = {}
) -> list[tuple[str, str]]:
    """Return message and hint of each mistake, as a user would read them."""
    try:
        load(directory, env, overrides)
    except ConfigProblems as problems:
        return [(sentence(one), one.hint) for one in problems.problems]
    return []


def sentence(error: ReleasioError) -> str:
    """Return the message with its place before it, as the command line shows it."""
    return f"{error.path}:{error.line}: {error}" if error.path and error.line else str(error)
