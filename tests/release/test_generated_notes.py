"""Who words the notes: the settings, a template of the project, or git-cliff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig, Config
from releasio.errors.project.edited_notes import NotesOutdated
from releasio.errors.project.template import TemplateFails, TemplateNotFound
from releasio.frozen import replace
from releasio.release.changelog.edited import editable, with_edited_notes
from releasio.release.changelog.generated import generated_notes
from releasio.release.changelog.section_edit import changelog_edit, engine_missed
from releasio.rules.bump.request import EditedNotes, Request
from tests.known import facts

if TYPE_CHECKING:
    from releasio.release.facts import Facts

NEW = Version("1.3.0")
OLD = b"1.2.0\n-----\n\nAdded\n~~~~~\n\n* old\n"


def found(files: dict[str, bytes | None] | None = None, **settings: object) -> Facts:
    config = Config(changelog=ChangelogConfig(**settings))
    return facts(commits=("feat: colours",), files=files or {}, config=config)


class TestTemplate:
    def test_of_the_setting_words_the_notes(self) -> None:
        known = found(section_template="{{ project }} {{ version }}: {{ entries|length }}")

        assert "demo 1.3.0: 1" == generated_notes(known, known.package(), NEW)

    def test_of_a_file_is_read_in_the_commit(self) -> None:
        known = found({"notes.j2": b"# {{ tag }}\n"}, section_template="notes.j2")

        assert "# v1.3.0" == generated_notes(known, known.package(), NEW)

    def test_that_is_not_there_is_named(self) -> None:
        known = found(section_template="notes.j2")
        with pytest.raises(TemplateNotFound, match=r"names notes\.j2, which is not in the commit"):
            generated_notes(known, known.package(), NEW)

    def test_that_does_not_work_is_named_with_its_line(self) -> None:
        known = found({"notes.j2": b"\n{{ x }}"}, section_template="notes.j2")
        with pytest.raises(TemplateFails, match=r"notes\.j2 does not work \(line 2\)"):
            generated_notes(known, known.package(), NEW)


class TestGitCliff:
    def test_words_the_notes_without_its_heading(self) -> None:
        asked = []

        def git_cliff(tag: str, previous: str | None) -> str:
            asked.append((tag, previous))
            return "# Changelog\n\n## [1.3.0] - 2026-11-29\n\n### Cliff\n\n- words\n"

        known = replace(found(engine="git-cliff"), git_cliff=git_cliff)

        assert "### Cliff\n\n- words" == generated_notes(known, known.package(), NEW)
        assert [("v1.3.0", "v1.2.0")] == asked
        assert engine_missed(known) is None

    def test_that_is_missing_is_said(self) -> None:
        assert engine_missed(found()) is None
        assert "git-cliff is not installed, so releasio words the notes" in (
            engine_missed(found(engine="git-cliff")) or ""
        )


class TestEdited:
    def test_text_is_that_of_the_changelog_and_lands_there(self) -> None:
        known = found({"CHANGES.rst": OLD, "CHANGELOG.md": None})
        package = known.package()
        edit = changelog_edit(known, package, NEW)
        assert edit is not None
        opened = editable(known, package, NEW, (edit,), "")
        wanted = Request(notes=EditedNotes(NEW, f"{opened.text}\n* by ``hand``"))
        edits, notes = with_edited_notes(replace(known, request=wanted), package, NEW, (edit,), "")

        assert (".rst", "Added\n~~~~~\n\n* ") == (opened.suffix, opened.text[:15])
        assert edits[0].after.endswith(b"\n* by ``hand``\n\n" + OLD)
        assert notes.endswith("\n* by `hand`")
        assert edits[0].what.endswith("lines), as edited")

    def test_text_without_a_changelog_is_the_notes(self) -> None:
        known = replace(found(enabled=False), request=Request(notes=EditedNotes(NEW, "- by hand")))

        assert ((), "- by hand") == with_edited_notes(known, known.package(), NEW, (), "- a")
        assert "- a" == editable(known, known.package(), NEW, (), "- a").text

    def test_text_of_another_version_is_refused(self) -> None:
        known = replace(found(), request=Request(notes=EditedNotes(Version("1.2.9"), "- a")))
        with pytest.raises(NotesOutdated) as caught:
            with_edited_notes(known, known.package(), NEW, (), "")

        assert "edited for 1.2.9, and the next version is 1.3.0 now" in caught.value.message
        assert "edit the notes of 1.3.0" in caught.value.hint
