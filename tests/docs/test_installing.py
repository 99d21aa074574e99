"""What the documentation tells people to install, and how it shows what they type."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
INSTALLED = re.compile(r"(?:pip install|uv tool install|pipx install|uvx)\s+\"?releasio[^\s\"`']*")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_installs_what_it_does_not_describe(page: Path) -> None:
    commands = INSTALLED.findall(page.read_text(encoding="utf-8"))

    assert [] == [command for command in commands if not command.endswith(">=3")]


@pytest.mark.parametrize("name", ["README.md", "docs/quick-start.md"])
def test_what_is_installed_can_run_the_rehearsal_that_is_shown_next(name: str) -> None:
    _, _, after = (ROOT / name).read_text(encoding="utf-8").partition("[rehearsal]>=3")

    assert "releasio rehearse" in after


def test_the_dashes_of_options_stay_dashes() -> None:
    assert "\nsmartquotes = False" in (ROOT / "docs/conf.py").read_text(encoding="utf-8")
