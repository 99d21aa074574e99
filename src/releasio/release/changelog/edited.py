"""The notes of a release in the hands of somebody: what is opened, and where it lands; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.edited_notes import NotesOutdated
from releasio.errors.project.manifest import NotUtf8
from releasio.frozen import frozen, replace
from releasio.release.changelog.file_name import changelog_of
from releasio.release.changelog.section_edit import section_in
from releasio.rules.changelog.changelog import section_of, span_of
from releasio.rules.changelog.markdown import newline_of
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.project.project_files import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.edits import FileEdit
    from releasio.release.facts import Facts, PackageFacts


@frozen
class Editable:
    """The text that is opened, and the suffix of a file with it."""

    text: str
    suffix: str


def editable(
    facts: Facts, package: PackageFacts, version: Version, edits: Sequence[FileEdit], notes: str
) -> Editable:
    """
    Return the notes of *version* as the changelog will have them, without their heading.

    Where none of the *edits* writes a changelog, they are *notes*, the forge release's Markdown.
    """
    edit = _section_edit(facts, package, edits)
    if edit is None:
        return Editable(notes, ".md")
    text, settings = edit.after.decode(), facts.config.changelog
    section = section_of(text, version, settings, markup_of(edit.path, text) or MARKDOWN)
    name = edit.path.rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2]}" if "." in name else ".txt"
    return Editable((section or "").replace("\r\n", "\n"), suffix)


def edited_text(content: bytes, path: str) -> str:
    """
    Return the notes that came back from the editor in the file at *path*.

    They are empty where nobody would see anything of them.

    Raises:
        NotUtf8: They are no text, or in another encoding.
    """
    text = decode(content, path).removeprefix("\ufeff").strip()
    if "\0" in text:  # as in UTF-16, which says nothing else of itself
        raise NotUtf8(path, line=text.count("\n", 0, text.index("\0")) + 1)
    markup = markup_of(path, text) or MARKDOWN
    return text if markup.without_comments(text).strip() else ""


def with_edited_notes(
    facts: Facts, package: PackageFacts, version: Version, edits: tuple[FileEdit, ...], notes: str
) -> tuple[tuple[FileEdit, ...], str]:
    """
    Return *edits* and *notes* of a release as somebody edited them, or as they are.

    Raises:
        NotesOutdated: They were edited for another version.
        ChangelogUnchanged: They end the section, as the heading of another version does.
    """
    wanted, settings = facts.request.notes, facts.config.changelog
    if wanted is None:
        return edits, notes
    if wanted.version != version:
        raise NotesOutdated(str(version), edited=str(wanted.version))
    edit = _section_edit(facts, package, edits)
    if edit is None:
        return edits, wanted.text
    edited = _with_section(edit, version, settings, wanted.text)
    new_edits = tuple(edited if one is edit else one for one in edits)
    return new_edits, section_in(edited, version, settings)


def _section_edit(
    facts: Facts, package: PackageFacts, edits: Sequence[FileEdit]
) -> FileEdit | None:
    """Return the edit that puts the section into the changelog; `None`: none is written."""
    path = package.path(changelog_of(package, facts.config.changelog))
    return next((edit for edit in edits if edit.path == path), None)


def _with_section(
    edit: FileEdit, version: Version, settings: ChangelogConfig, notes: str
) -> FileEdit:
    text = edit.after.decode()
    markup = markup_of(edit.path, text) or MARKDOWN
    span = span_of(text, version, settings, markup)
    if span is not None:
        start, end = span
        old = text[start:end]
        gap = old[: len(old) - len(old.lstrip("\r\n"))]
        tail = old[len(old.rstrip()) :]
        new = notes.strip().replace("\r\n", "\n").replace("\n", newline_of(text))
        changed = f"{text[:start]}{gap}{new}{tail}{text[end:]}"
        if section_of(changed, version, settings, markup) == new:
            added_lines = changed.count("\n") - (edit.before or b"").decode().count("\n")
            what = f"section {version} ({added_lines} lines), as edited"
            return replace(edit, after=changed.encode(), what=what)
    from releasio.errors.project.changelog import ChangelogUnchanged

    raise ChangelogUnchanged(edit.path, str(version))
