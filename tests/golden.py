"""Texts as users read them, in files; `GOLDEN=rewrite pytest FILE` writes them anew."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.auth.desk import SITE

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.errors.base import ReleasioError


def words_of(error: ReleasioError) -> str:
    """
    Return all that a user reads of *error*.

    Addresses of public indexes stand in one place only, and not in these texts.
    """
    text = f"{error.code}, exit code {error.exit_code}\n\n{error}\n\nhint:\n{error.hint}\n"
    return text.replace(SITE, "{pypi}")


@dataclass(frozen=True)
class Golden:
    """A folder of texts, each by the name of its case."""

    folder: Path

    def text(self, name: str, found: str) -> str:
        """Return the text of that *name*; when they are written anew, *found* is it from now on."""
        file = self.folder / f"{name}.txt"
        if os.environ.get("GOLDEN") == "rewrite":
            self.folder.mkdir(exist_ok=True)
            file.write_bytes(found.encode())
        return file.read_bytes().decode()

    def names(self) -> set[str]:
        """Return the names of all texts, so that none is left over."""
        return {file.stem for file in self.folder.iterdir()}
