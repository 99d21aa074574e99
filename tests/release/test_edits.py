from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig, Config, VersionConfig, VersionFile
from releasio.errors.base import Problems
from releasio.errors.project.manifest import VersionFileMissing, VersionNotFound
from releasio.release.changelog.section_edit import changelog_edit, section_in
from releasio.release.edits import FileEdit, version_edits
from tests.known import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW = Version("1.3.0")


def edits(
    files: Mapping[str, bytes | None], version: VersionConfig, folder: str = ""
) -> dict[str, FileEdit]:
    found = facts(folder=folder, files=files)
    made = version_edits(found.package(), NEW, Config(version=version))
    return {edit.path: edit for edit in made}


class TestVersionEdits:
    def test_of_the_manifest_alone(self) -> None:
        (edit,) = edits({}, VersionConfig()).values()

        assert (
            FileEdit(
                "pyproject.toml",
                b'[project]\nname = "demo"\nversion = "1.2.0"\n',
                b'[project]\nname = "demo"\nversion = "1.3.0"\n',
                "version 1.2.0 -> 1.3.0",
            )
            == edit
        )

    def test_of_files_that_say_it_already_are_left_out(self) -> None:
        found = facts("1.3.0", last="v1.3.0")

        assert () == version_edits(found.package(), NEW, Config())

    def test_of_files_that_were_named(self) -> None:
        made = edits(
            {"src/demo/__init__.py": b'__version__ = "1.2.0"\r\n', "VERSION": b"1.2.0\n"},
            VersionConfig(version_files=("src/demo/__init__.py", "VERSION")),
        )

        assert b'__version__ = "1.3.0"\r\n' == made["src/demo/__init__.py"].after
        assert b"1.3.0\n" == made["VERSION"].after

    def test_by_the_text_around_the_version(self) -> None:
        files = (
            VersionFile(path="a.txt", pattern="release {version},"),
            VersionFile(path="b.txt", patterns=("major {major}", "minor {minor}")),
        )
        made = edits(
            {"a.txt": b"release 1.2.0, 1.2.0\n", "b.txt": b"major 1 minor 2\n"},
            VersionConfig(files=files),
        )

        assert b"release 1.3.0, 1.2.0\n" == made["a.txt"].after
        assert b"major 1 minor 3\n" == made["b.txt"].after

    @pytest.mark.parametrize(("detect", "expected"), [(True, True), (False, False)])
    def test_of_files_that_are_found_when_asked_to_look(
        self, *, detect: bool, expected: bool
    ) -> None:
        made = edits(
            {"demo/__init__.py": b'__version__ = "1.2.0"\n', "demo/_version.py": b"import os\n"},
            VersionConfig(auto_detect_version_files=detect),
        )

        assert expected is ("demo/__init__.py" in made)
        assert "demo/_version.py" not in made

    @pytest.mark.parametrize(("update", "expected"), [(True, True), (False, False)])
    def test_of_lock_files(self, *, update: bool, expected: bool) -> None:
        lock = b'[[package]]\nname = "demo"\nversion = "1.2.0"\nsource = { editable = "." }\n'
        made = edits({"uv.lock": lock, "poetry.lock": None}, VersionConfig(update_lock_file=update))

        assert expected is ("uv.lock" in made)
        assert "poetry.lock" not in made
        if expected:
            assert lock.replace(b"1.2.0", b"1.3.0") == made["uv.lock"].after
            assert "demo 1.3.0 in its own entry" == made["uv.lock"].what

    def test_of_the_lock_file_of_a_workspace(self) -> None:
        entry = b'[[package]]\nname = "demo"\nversion = "1.2.0"\nsource = { editable = "%s" }\n'
        files = {"uv.lock": entry % b"libs/demo", "poetry.lock": entry % b"."}
        made = edits(files, VersionConfig(), folder="libs/demo")

        assert ["libs/demo/pyproject.toml", "uv.lock"] == list(made)
        assert files["uv.lock"].replace(b"1.2.0", b"1.3.0") == made["uv.lock"].after

    def test_of_a_package_in_a_folder(self) -> None:
        made = edits(
            {"core/VERSION": b"1.2.0\n"}, VersionConfig(version_files=("VERSION",)), folder="core"
        )

        assert ["core/pyproject.toml", "core/VERSION"] == list(made)


class TestVersionEditsFail:
    def test_when_a_named_file_is_not_there(self) -> None:
        with pytest.raises(VersionFileMissing) as caught:
            edits({"VERSION": None}, VersionConfig(version_files=("VERSION",)))

        assert "VERSION" in str(caught.value)
        assert "version_files" in f"{caught.value}{caught.value.hint}"
        assert "VERSION" == caught.value.path

    def test_when_a_file_says_no_version(self) -> None:
        with pytest.raises(VersionNotFound, match=r"notes\.txt"):
            edits({"notes.txt": b"hello\n"}, VersionConfig(version_files=("notes.txt",)))

    def test_with_all_of_it_at_once(self) -> None:
        with pytest.raises(Problems) as caught:
            edits(
                {"VERSION": None, "notes.txt": b"hello\n"},
                VersionConfig(version_files=("VERSION", "notes.txt")),
            )

        assert ["version-file-missing", "version-not-found"] == [
            error.code for error in caught.value.problems
        ]


class TestChangelogEdit:
    BEFORE = b"# Changelog\n\n## [1.2.0] - 2025-12-01\n\n- old\n"

    def edit(self, before: bytes | None, config: ChangelogConfig | None = None) -> FileEdit | None:
        settings = Config(changelog=config or ChangelogConfig())
        found = facts(commits=("feat: colours",), files={"CHANGELOG.md": before}, config=settings)
        return changelog_edit(found, found.package(), NEW)

    def test_inserts_one_section(self) -> None:
        edit = self.edit(self.BEFORE)

        assert edit is not None
        assert ("CHANGELOG.md", self.BEFORE) == (edit.path, edit.before)
        assert b"## [1.3.0] - 2026-01-02\n" in edit.after
        assert b"Colours" in edit.after or b"colours" in edit.after
        assert edit.after.count(b"- old\n") == 1

    def test_says_how_many_lines(self) -> None:
        edit = self.edit(self.BEFORE)

        assert edit is not None
        added = edit.after.count(b"\n") - self.BEFORE.count(b"\n")
        assert f"section 1.3.0 ({added} lines)" == edit.what

    def test_begins_a_file(self) -> None:
        edit = self.edit(None)

        assert edit is not None
        assert edit.before is None
        assert edit.after.startswith(b"# Changelog\n")

    def test_begins_a_file_with_the_line_ends_of_the_checkout(self) -> None:
        manifest = b'[project]\r\nname = "demo"\r\nversion = "1.2.0"\r\n'
        found = facts(
            commits=("feat: colours",), files={"CHANGELOG.md": None, "pyproject.toml": manifest}
        )
        edit = changelog_edit(found, found.package(), NEW)

        assert edit is not None
        assert b"# Changelog\r\n" in edit.after
        assert b"\n" not in edit.after.replace(b"\r\n", b"")

    def test_there_is_none_when_it_is_switched_off(self) -> None:
        assert self.edit(self.BEFORE, ChangelogConfig(enabled=False)) is None

    def test_there_is_none_when_somebody_wrote_the_section(self) -> None:
        assert self.edit(b"# Changelog\n\n## [1.3.0] - 2026-01-01\n\n- by hand\n") is None

    def test_section_is_what_was_written(self) -> None:
        section = section_in(self.edit(self.BEFORE), NEW, ChangelogConfig())

        assert "olours" in section
        assert "- old" not in section
        assert "" == section_in(None, NEW, ChangelogConfig())
