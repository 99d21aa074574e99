"""The tables of the page about conventions say what the rules do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from releasio.config.tables.model import CommitsConfig
from releasio.rules.bump.level import level_of
from releasio.rules.commits.reading import read_changes
from tests.rules.history import commit

PAGE = Path(__file__).parents[2] / "docs" / "conventions.md"
LEVELS = {"a breaking change": "major", "nothing": "none"}


def rows(title: str) -> list[tuple[str, str, str]]:
    """Return the cells of the table below a heading."""
    section = PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [tuple(line.strip("| ").split(" | ")) for line in lines[2:]]  # type: ignore[misc] # three


def gitmojis() -> list[tuple[str, str, str]]:
    return [
        (mark.strip("`"), type_.strip("`"), LEVELS.get(raises, raises))
        for marks, type_, raises in rows("Gitmoji")
        if marks != "all others"
        for mark in re.split(r",? ", marks)
    ]


def words() -> list[tuple[str, str, str]]:
    return [
        (word.strip("`"), type_.strip("`"), LEVELS.get(raises, raises))
        for cell, type_, raises in rows("Prefixes")
        for word in cell.split(", ")
    ]


@pytest.mark.parametrize(("mark", "type_", "raises"), gitmojis())
def test_gitmojis(mark: str, type_: str, raises: str) -> None:
    settings = CommitsConfig(convention="gitmoji")
    reading = read_changes([commit(f"{mark} it")], settings)

    (change,) = reading.changes
    assert type_ in {change.type, "the name, such as `wrench"}
    assert raises == level_of(reading, settings).label


@pytest.mark.parametrize(("word", "type_", "raises"), words())
def test_prefixes(word: str, type_: str, raises: str) -> None:
    settings = CommitsConfig(convention="prefix")
    reading = read_changes([commit(f"[{word}] it")], settings)

    (change,) = reading.changes
    assert (type_, raises) == (change.type, level_of(reading, settings).label)
