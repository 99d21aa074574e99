"""Writes every recipe as a project has it, for the auditors of `make lint`: written.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from releasio.setup.recipes.recipe import Answers
from releasio.setup.recipes.recipes import RECIPES
from releasio.setup.recipes.render import render

PINNED = f"acme/releasio/action@{'1' * 40} # v3.0.0"


def write(folder: Path) -> None:
    """Write each recipe into a folder of its own name in *folder*."""
    for recipe in RECIPES.values():
        for path, text in render(recipe, Answers(action=PINNED)).items():
            file = folder / recipe.name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
