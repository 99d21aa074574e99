from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.rehearsal.demo import write_demo
from tests.docs.examples import Command, check, commands, matches

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    if "```console" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_page_shows_what_really_happens(page: Path, repo: Repository, tmp_path: Path) -> None:
    """
    After a wanted change of the output, `WRITE_DOCS=1` rewrites the page; look at the difference.
    """
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1748779200"}  # 2025-06-01
    write_demo(repo.path, env)
    repo.add_remote(tmp_path / "hello-releasio.git")
    text = page.read_text(encoding="utf-8")

    written, differences = check(text, repo.path, env)
    if os.environ.get("WRITE_DOCS") == "1":
        page.write_text(written, encoding="utf-8", newline="\n")

    assert not differences, "\n\n".join(differences)


class TestCommands:
    def test_several_in_one_block(self) -> None:
        expected = [Command("git status", ""), Command("releasio check", "a\n\nb\n")]

        assert expected == commands("$ git status\n$ releasio check\na\n\nb\n")

    def test_a_block_without_a_command_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="begins with"):
            commands("output only\n")


class TestMatches:
    @pytest.mark.parametrize(
        ("expected", "actual"),
        [
            ("", ""),
            ("a\nb\n", "a  \nb\n\n"),
            ("a\n...\nz\n", "a\nb\nc\nz"),
            ("a\n...\n", "a"),
            ("commit 1234567 in 3 s", "commit abcdef0 in 12.5 s"),
            ("commit 53051ec4 of it", "commit cabbbbfa of it"),
            ("on 2025-06-01", "on 2026-01-31"),
        ],
    )
    def test_equal_but_for_what_varies(self, expected: str, actual: str) -> None:
        assert matches(expected, actual)

    @pytest.mark.parametrize(
        ("expected", "actual"),
        [
            ("", "a"),
            ("a\n", "a\nb\n"),
            ("a.c\n", "abc\n"),
            ("a\n...\nz\n", "a\nb\n"),
            ("version 1.2.0", "version 1.2.1"),
            ("defaced", "effaced"),
        ],
    )
    def test_different(self, expected: str, actual: str) -> None:
        assert not matches(expected, actual)
