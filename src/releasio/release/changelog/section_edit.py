"""The section of a release: put into the changelog, and read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.changelog.file_name import changelog_of
from releasio.release.changelog.generated import generated_notes
from releasio.release.edits import FileEdit, document
from releasio.rules.changelog.changelog import Section, inserted
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.changelog.markdown import newline_of
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.changelog.markup.unfit import unfit
from releasio.rules.notes.formats.section_notes import section_notes
from releasio.rules.notes.references import links_like
from releasio.rules.project.changelog_file import is_markdown, may_be_collected
from releasio.rules.project.project_files import decode

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.facts import Facts, PackageFacts


def changelog_edit(facts: Facts, package: PackageFacts, version: Version) -> FileEdit | None:
    """
    Return the edit that puts the section of *version* into the changelog.

    `None` when there is nothing to write: the changelog is switched off,
    somebody wrote the section already, or `changelog_left_alone` says why not.

    Raises:
        ChangelogUnsupported: The file is in a format that is not written.
        ChangelogUnchanged: The section could not be put in.
        NotAPlainFile: It is a link, a directory, or lies behind a link.
        NotUtf8: The file is no text.
    """
    settings = facts.config.changelog
    if not settings.enabled or changelog_left_alone(package, settings, version):
        return None
    path = package.path(changelog_of(package, settings))
    before = document(package, path)
    text = None if before is None else decode(before, path)
    span = package.told_by(version)
    markup = markup_of(path, text) or MARKDOWN
    titles = group_titles(text, settings, markup)
    links = links_like(text, facts.repository.links) if markup is MARKDOWN else None
    section = Section(
        version=version,
        day=facts.moment.date(),
        notes=generated_notes(facts, package, version, titles, links),
        tag=package.tag_form.name(version),
        previous=span.last.name if span.last else None,
        links=facts.repository.links,
        out=package.manifest.version,
    )
    newline = _newline(package)
    with_section = inserted(text, section, settings, path, newline)
    after = with_section.text.encode()
    if after == before:
        return None
    added_lines = after.count(b"\n") - (before or b"").count(b"\n")
    description = f"section {version} ({added_lines} lines)"
    return FileEdit(path, before, after, description, with_section.remarks)


def notes_for(facts: Facts, package: PackageFacts, version: Version, edit: FileEdit | None) -> str:
    """
    Return the notes of *version*: its section in the changelog, as *edit* or somebody wrote it.

    Where no changelog of ours has them, they are what the commits say.
    """
    settings = facts.config.changelog
    if edit is not None:
        return section_in(edit, version, settings)
    if settings.enabled:
        section = written_section(package, version, settings)
        if section or not changelog_left_alone(package, settings, version):
            return section
    return generated_notes(facts, package, version)


def engine_missed(facts: Facts) -> str | None:
    """Return the sentence that says why git-cliff does not write the notes, as is asked for."""
    if facts.config.changelog.engine != "git-cliff" or facts.git_cliff is not None:
        return None
    return "git-cliff is not installed, so releasio words the notes (changelog.native_fallback)"


def written_section(package: PackageFacts, version: Version, settings: ChangelogConfig) -> str:
    """Return the section of *version* that the changelog has at HEAD, as Markdown, or nothing."""
    path = package.path(changelog_of(package, settings))
    content = None if path in package.obstacles else package.documents.get(path)
    text = (content or b"").decode("utf-8", "replace")
    return section_notes(text, version, settings, path) or ""


def _newline(package: PackageFacts) -> str:
    """Return the line end that a checkout has, as the manifest shows it."""
    manifest = package.documents.get(package.manifest.version_path) or b""
    return newline_of(manifest.decode("utf-8", "replace"))


def changelog_left_alone(
    package: PackageFacts, settings: ChangelogConfig, version: Version | None = None
) -> str | None:
    """
    Return why the project's own changelog gets no section, of *version* or any; `None`: it does.

    Nobody named it, so that it is in a form of its own is nobody's mistake, and nothing
    that should stop a release.
    """
    name = changelog_of(package, settings)
    if settings.enabled and settings.fragments:
        return (
            f"{settings.fragments} writes the changelog from its fragments; the notes are what the "
            "commits say (changelog.fragments)"
        )
    if settings.enabled and version and version.is_prerelease and not settings.include_prereleases:
        return (
            f"the changelog gets no section for {version}; the one of {version.base_version} tells "
            "what it brings (changelog.include_prereleases)"
        )
    if not settings.enabled or settings.is_set("path"):
        return None
    if collected := _collected(package):
        return collected
    if is_markdown(name):
        return None
    path = package.path(name)
    text = (package.documents.get(path) or b"").decode("utf-8", "replace")
    reason = unfit(name, text, package.last.version if package.last else None)
    return reason and (
        f"{path} {reason}, so its section is yours to write; "
        "`releasio changelog` prints the notes (changelog.path)"
    )


def _collected(package: PackageFacts) -> str | None:
    """Return which tool's own settings say that it writes the changelog; `None`: none do."""
    if not may_be_collected(package.documents, package.folder):
        return None
    from releasio.rules.fragments.collector import collector_in

    collector = collector_in(package.documents, package.folder)
    if collector is None:
        return None
    return (
        f"{collector.tool} collects the changelog from news fragments, as {collector.path} says, "
        "so its section is yours to write; `releasio changelog` prints the notes "
        "(changelog.fragments)"
    )


def section_in(edit: FileEdit | None, version: Version, settings: ChangelogConfig) -> str:
    """Return the section of *version* as the edited changelog has it; empty without one."""
    if edit is None:
        return ""
    return section_notes(decode(edit.after, edit.path), version, settings, edit.path) or ""
