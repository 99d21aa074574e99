"""Pages show the recipes' own files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from releasio.setup.recipes.recipes import RECIPES
from tests.docs.recipe_blocks import filled

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    if "<!-- recipe" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_page_shows_the_file(page: Path) -> None:
    """
    After a wanted change of a recipe, `WRITE_DOCS=1` rewrites the page; look at the difference.
    """
    text = page.read_text(encoding="utf-8")
    expected = filled(text)
    if os.environ.get("WRITE_DOCS") == "1":
        page.write_text(expected, encoding="utf-8", newline="\n")

    assert expected == text


def test_every_recipe_stands_in_the_table_of_recipes() -> None:
    text = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
    table = text.partition("\n| ")[2].partition("\n\n")[0]

    assert [] == [name for name in RECIPES if f"`{name}`" not in table]
