"""The tables of the page about versions: each row is a project, and what is proposed for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from releasio.config.reading.load import load
from releasio.config.tables.model import VersionConfig
from releasio.errors.base import ReleasioError
from releasio.rules.bump.after_release import development_after
from releasio.rules.bump.channel import channel_of, outside_range, with_range
from releasio.rules.bump.choice import choose_version
from releasio.rules.bump.request import read_request
from releasio.rules.commits.reading import read_changes
from tests.rules.history import commit

PAGE = Path(__file__).parents[2] / "docs" / "versions.md"
COLUMNS = {
    "day",
    "last release",
    "also released",
    "branch",
    "pyproject.toml",
    "options",
    "commits",
    "next version",
}
_SETTINGS = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Row:
    """A project, with the settings above its table."""

    settings: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return " ".join(self.cells.values())

    @property
    def options(self) -> dict[str, Any]:
        """The options, as `read_request` takes them."""
        words = self.cells.get("options", "").strip("`").split()
        names = [word for word in words if word.startswith("--")]
        values = {name: words[words.index(name) + 1 : words.index(name) + 2] for name in names}
        return {name[2:]: value[0] if value else True for name, value in values.items()}


def rows() -> list[Row]:
    """Return all rows; a block of settings is for the tables of its section below it."""
    found = []
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE):
        settings, header = "", []
        for block in re.split(r"\n\n", section):
            if match := _SETTINGS.search(block + "\n"):
                settings = match[1]
            if not block.startswith("| last release"):
                continue
            header, _, *lines = (
                [cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()
            )
            assert set(header) <= COLUMNS, header
            found += [Row(settings, dict(zip(header, line, strict=True))) for line in lines]
    return found


def proposal(row: Row, folder: Path) -> str:
    """Return the version that is proposed, `nothing`, or the link to the error."""
    (folder / "pyproject.toml").write_text("")
    (folder / ".releasio.toml").write_text(row.settings, encoding="utf-8")
    config, cells = load(folder, {}).config, row.cells
    last = None if cells["last release"] == "none" else Version(cells["last release"])
    branch = cells.get("branch", "main")
    day = date.fromisoformat(cells.get("day", "2026-01-02"))
    messages = re.findall(r"`([^`]+)`", cells.get("commits", ""))
    try:
        choice = choose_version(
            current=Version(cells.get("pyproject.toml") or str(last or "0.0.0")),
            last=last,
            reading=read_changes([commit(message) for message in messages], config.commits),
            config=config,
            channel=with_range(channel_of(config, branch), branch),
            request=read_request(**row.options),
            existing=lambda: set(map(Version, cells.get("also released", "").split())),
            moment=datetime.combine(day, time(3, 4, 5), UTC),
        )
        if choice.version and (problem := outside_range(config, branch, choice.version)):
            raise problem
    except ReleasioError as error:
        return f"[`{error.code}`](errors.md#{error.code})"
    return str(choice.version or "nothing")


@pytest.mark.parametrize("row", rows(), ids=str)
def test_the_page_says_what_is_proposed(row: Row, tmp_path: Path) -> None:
    assert row.cells["next version"] == proposal(row, tmp_path)


def test_the_page_says_what_is_begun_after_a_release() -> None:
    header, _, *lines = re.findall(
        r"^\| (`version.after_release`.*|---.*|`\"dev.*) \|$",
        PAGE.read_text(encoding="utf-8").partition("### Committed by releasio")[2],
        re.MULTILINE,
    )[:4]
    released = [Version(cell.removeprefix("after ")) for cell in header.split(" | ")[1:]]
    for line in lines:
        setting, *expected = line.split(" | ")
        settings = VersionConfig(after_release=setting.strip('`"'))

        assert expected == [str(development_after(version, settings)) for version in released]


def test_there_are_rows() -> None:
    assert len(rows()) > 30
