"""Text that hides something, and text that is nested until its reader gives up."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest

from releasio.errors.project.manifest import ManifestNotToml
from releasio.errors.request import TitleNotGiven
from releasio.release.journal import read
from releasio.release.merging.title import title_of
from releasio.rules.credentials.secret import Secret, redact
from releasio.rules.notes.escape import escape
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from releasio.rules.project.python_version import assigned_versions
from releasio.text.plaintext import printable
from releasio.world.ci.ci import read_actions

if TYPE_CHECKING:
    from pathlib import Path

DEEP = 20_000
HIDDEN = [
    "\u061c",
    "\u200b",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u2060",
    "\u00ad",
    "\u034f",
    "\u180e",
    "\u3164",
    "\ufeff",
    "\ufff9",
    "\U000e0041",
    "\U000e007f",
    "\U000e0101",
]


@pytest.mark.parametrize("letter", HIDDEN, ids=ascii)
class TestALetterThatNobodySees:
    def test_is_shown_escaped(self, letter: str) -> None:
        assert ascii(f"one{letter}two")[1:-1].replace("\\xad", "\\u00ad") == printable(
            f"one{letter}two"
        )

    def test_is_not_in_notes(self, letter: str) -> None:
        assert "one two" == escape(f"one{letter}two")

    def test_hides_no_secret(self, letter: str) -> None:
        secret = "a-long-password"

        assert "***" in redact(f"<{letter.join(secret)}>", [Secret(secret)])


def test_joined_emoji_are_shown_as_they_are() -> None:
    text = "👩\u200d💻 ❤\ufe0f \u0645\u06cc\u200c\u062e"

    assert text == printable(text)


def test_all_that_unicode_calls_a_format_is_among_them() -> None:
    """Save for those that are seen: marks before numbers and verses, hieroglyphs."""
    formats = {chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Cf"}
    seen = {*"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd"}
    seen |= {"\U000110cd", *map(chr, range(0x13430, 0x13440))}
    shown = printable("".join(sorted(formats - seen - {"\u200c", "\u200d"})))

    assert shown.isascii(), ascii(sorted(set(shown) - {*map(chr, range(128))}))


class TestNested:
    def test_settings_in_pyproject_are_named(self) -> None:
        text = f"[project]\nname = 'demo'\nversion = '1.0'\nx = {'[' * DEEP}{']' * DEEP}\n"

        with pytest.raises(ManifestNotToml, match="nested too deeply"):
            read_manifest(ProjectFiles.of({"pyproject.toml": text.encode()}))

    def test_an_event_of_the_ci_says_nothing(self, tmp_path: Path) -> None:
        event = tmp_path / "event.json"
        event.write_text("[" * DEEP, encoding="utf-8")
        env = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
        }

        job = read_actions(env)
        assert job is not None
        assert not job.from_fork
        with pytest.raises(TitleNotGiven):
            title_of(env)

    def test_a_line_of_the_journal_is_passed_over(self, tmp_path: Path) -> None:
        journal = tmp_path / "journal.jsonl"
        journal.write_text(f"{'[' * DEEP}\n{json.dumps([])}\n", encoding="utf-8")

        assert [] == [*read(journal)]

    @pytest.mark.parametrize("inside", ["(" * DEEP, "-" * DEEP, "[" * 150])
    def test_a_module_is_passed_over(self, inside: str) -> None:
        text = f'__version__ = "1.0"\nx = {inside}\n'

        assert () == assigned_versions(text, ("__version__",))
