"""Every command leaves a page in its job: what it said, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.cli.context import App
from releasio.cli.doorway import doorway

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        ("update --execute", "update", "git commit --message"),
        ("build --execute", "build", "Next: hand `dist/` on, and `releasio publish --execute`"),
        ("status --offline", "status", "last run: none in this clone"),
        ("check-pr --title feat:_more", "check-pr", "valid: feat:_more"),
        ("check --offline", "check: demo 0.1.0 -> 0.1.1", "Nothing was changed. To do it:"),
        ("verify 7.7.7", "verify failed", "(releasio explain"),
    ],
)
def test_says_what_the_command_said(
    releasio: Program, tmp_path: Path, words: str, head: str, expected: str
) -> None:
    page = tmp_path / "page"
    arguments = [word.replace("_", " ") for word in words.split()]
    releasio(*arguments, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(page))
    text = page.read_text(encoding="utf-8")

    assert text.startswith(f"## releasio {head}\n")
    assert expected.replace("_", " ") in text
    assert 1 == text.count("## releasio")


@pytest.mark.parametrize("words", ["config", "explain no-remote", "changelog"])
def test_a_command_that_prints_a_document_leaves_none(
    releasio: Program, tmp_path: Path, words: str
) -> None:
    releasio(*words.split(), GITHUB_STEP_SUMMARY=str(tmp_path / "page"))

    assert not (tmp_path / "page").exists()


class TestWords:
    def said(self, folder: Path, *lines: str, command: str = "status") -> str:
        page = folder / "page"
        app = App(command, folder, env={"GITHUB_STEP_SUMMARY": str(page)}, as_json=True)
        for line in lines:
            app.screen.say(line)
        app.screen.note("by the way")
        with pytest.raises(SystemExit), doorway(app):
            pass
        return page.read_text(encoding="utf-8")

    def test_are_there_though_the_screen_is_quiet(self, tmp_path: Path) -> None:
        expected = "## releasio status\n\n```text\none\ntwo\nnote: by the way\n```\n\n"

        assert expected == self.said(tmp_path, "one", "two")

    def test_do_not_get_out_of_their_frame(self, tmp_path: Path) -> None:
        text = self.said(tmp_path, "  ```` [a link](x)")

        assert "`````text\n  ```` [a link](x)\n" in text

    def test_are_not_more_than_a_page_takes(self, tmp_path: Path) -> None:
        text = self.said(tmp_path, *(f"line {number}" for number in range(2000)))

        assert "line 1999\n" in text
        assert "line 1499\n" not in text
