"""What a misspelt key or value was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading.kinds import keys
from releasio.config.reading.mistakes import dotted
from releasio.config.tables.model import Config

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.config.reading.locate import Path
    from releasio.config.setting import Table


def nearest(path: Path, table: type[Table]) -> str:
    """
    Return the dotted name of the setting that the unknown key *path* was meant to be.

    Empty when nothing is similar.
    """
    wrong = str(path[-1])
    names = [key.name for key in keys(Config)]
    elsewhere = next((name for name in names if name.rpartition(".")[2] == wrong), "")
    if elsewhere and len(path) == 1:  # at the top level a forgotten table is the likely cause
        return elsewhere
    siblings = [name for name, setting in table.settings.items() if not setting.rest]
    if near := closest(wrong, siblings):
        return dotted((*path[:-1], near))
    return elsewhere or closest(dotted(path), names)


def closest(text: str, candidates: Iterable[str]) -> str:
    """Return the one of *candidates* most like *text*, empty when none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(text, list(candidates), n=1)), "")
