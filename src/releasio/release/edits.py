"""Which files a release changes, and how: old bytes in, new bytes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, raise_all
from releasio.errors.project.manifest import NotAPlainFile, VersionFileMissing
from releasio.frozen import frozen
from releasio.release.repeats import disagreements, edited, following_locks, remarks, repeats
from releasio.rules.bump.after_release import NOTHING_COMES_NEXT
from releasio.rules.changelog.changelog import Section, inserted, section_of
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.changelog.markdown import newline_of
from releasio.rules.notes.listed import told
from releasio.rules.notes.notes import render_notes
from releasio.rules.project.changelog_file import changelog_name, changelog_names, is_markdown
from releasio.rules.project.locks.lock_files import PYTHON_LOCKS, UV_LOCK, locks_around
from releasio.rules.project.manifest import set_version
from releasio.rules.project.project_files import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig, Config
    from releasio.release.facts import Facts, PackageFacts
    from releasio.rules.project.places import Place


@frozen
class FileEdit:
    """One file before and after; *before* is None when it is new."""

    path: str
    before: bytes | None
    after: bytes
    what: str
    remarks: tuple[str, ...] = ()  # what decided, with its line, where the place was in doubt


def version_edits(
    package: PackageFacts, version: Version, config: Config, day: date | None = None
) -> tuple[FileEdit, ...]:
    """
    Return the edits that write *version* wherever the project says it.

    Files that say it already are left out.

    Args:
        package: The files, and the version that they say.
        version: The new one.
        config: The settings in force.
        day: The day of the release, for files that say it.

    Raises:
        Problems: Several files cannot be edited; one error each.
        VersionNotFound: A file does not say a version where one is expected.
        VersionFileMissing: A configured file is not there.
        NotAPlainFile: It is a link, a directory, or lies behind a link.
        VersionFileDisagrees: The import package says another version.
    """
    edits, errors = [], [*version_conflicts(package, version, config)]
    for make_edit in _version_edits(package, version, config):
        try:
            file_edit = make_edit()
        except ReleasioError as error:
            errors.append(error)
        else:
            edits += [file_edit] if file_edit.before != file_edit.after else []
    raise_all(errors)
    edits += _repeat_edits(package, version, config, day)
    return tuple(_with_locks(package, edits) if config.version.update_lock_file else edits)


def _version_edits(
    package: PackageFacts, version: Version, config: Config
) -> Iterator[Callable[[], FileEdit]]:
    """Yield one edit to be made for each file, in the order they are shown."""

    def edit(path: str, change: Callable[[str], str], description: str) -> Callable[[], FileEdit]:
        def make() -> FileEdit:
            before = _document(package, path)
            if before is None:
                raise VersionFileMissing(path)
            return FileEdit(path, before, change(decode(before, path)).encode(), description)

        return make

    manifest = package.manifest
    version_change = f"version {manifest.version} -> {version}"
    examples = package.tag_form.examples
    for path, places in manifest.places_by_path.items():
        yield edit(path, _setter(version, places, examples), version_change)
    for path, patterns in _version_files(package, config).items():
        yield edit(path, _rewriter(path, version, patterns), version_change)
    for path in _locks(package, config):
        from releasio.rules.project.locks.toml_locks import set_locked_version  # its patterns: 1 ms

        yield edit(
            path,
            lambda text: set_locked_version(text, manifest.name, version),
            f"{manifest.name} {version} in its own entry",
        )


def _document(package: PackageFacts, path: str) -> bytes | None:
    """Return the bytes at *path*; `None`: there is no such file yet, and one can be made."""
    if path in package.obstacles:
        raise NotAPlainFile(path, package.obstacles[path])
    return package.documents.get(path)


def _setter(
    version: Version, places: Sequence[Place], examples: Sequence[str]
) -> Callable[[str], str]:
    return lambda text: set_version(text, version, places, examples)


def _rewriter(path: str, version: Version, patterns: tuple[str, ...]) -> Callable[[str], str]:
    from releasio.rules.project.version_file import set_file_version

    return lambda text: set_file_version(text, version, path=path, patterns=patterns)


def _version_files(package: PackageFacts, config: Config) -> dict[str, tuple[str, ...]]:
    """Return the files that repeat the version, with the texts around it."""
    patterns_by_path: dict[str, tuple[str, ...]] = {
        package.path(name): () for name in config.version.version_files
    }
    for file in config.version.files:
        patterns = (*((file.pattern,) if file.pattern else ()), *file.patterns)
        patterns_by_path[package.path(file.path)] = patterns
    return patterns_by_path


def version_conflicts(
    package: PackageFacts, version: Version, config: Config
) -> tuple[ReleasioError, ...]:
    """Return where the import package says neither the project's version nor the new one."""
    if not _repeats_count(package, config):
        return ()
    return disagreements(package, version, _version_files(package, config))


def version_remarks(package: PackageFacts, version: Version, config: Config) -> tuple[str, ...]:
    """Return what a release leaves alone of the files that repeat a version, as sentences."""
    if package.manifest.is_from_tags:
        return (NOTHING_COMES_NEXT,) if config.version.after_release else ()
    named_files = _version_files(package, config) if _repeats_count(package, config) else None
    return () if named_files is None else tuple(remarks(package, version, named_files))


def _repeat_edits(
    package: PackageFacts, version: Version, config: Config, day: date | None
) -> list[FileEdit]:
    """Return the edits of files that repeat the version, and that nobody named."""
    if not _repeats_count(package, config):
        return []
    named_files = _version_files(package, config)
    edits = []
    for repeat in repeats(package, (*named_files, *package.manifest.places_by_path)):
        text = edited(repeat, package, version, day)
        if text is not None:
            description = f"version {package.manifest.version} -> {version}"
            edits.append(
                FileEdit(repeat.path, package.documents[repeat.path], text.encode(), description)
            )
    return [edit for edit in edits if edit.before != edit.after]


def _with_locks(package: PackageFacts, edits: Sequence[FileEdit]) -> list[FileEdit]:
    """Return *edits* with those of lock files that repeat what they write."""
    files = [(edit.path, edit.before, edit.after) for edit in edits]
    locks = following_locks(package, files)
    return [edit for edit in edits if edit.path not in locks] + [
        FileEdit(path, package.documents[path], lock.text.encode(), lock.what)
        for path, lock in locks.items()
    ]


def _repeats_count(package: PackageFacts, config: Config) -> bool:
    """Whether files that repeat the version are kept up: there is one that they repeat."""
    return config.version.auto_detect_version_files and not package.manifest.is_from_tags


def _locks(package: PackageFacts, config: Config) -> list[str]:
    if not config.version.update_lock_file:
        return []
    around = (path for path in locks_around(package.folder) if path.endswith(UV_LOCK))
    paths = [*map(package.path, PYTHON_LOCKS), *around]
    return [path for path in paths if package.documents.get(path) is not None]


def changelog_edit(facts: Facts, package: PackageFacts, version: Version) -> FileEdit | None:
    """
    Return the edit that puts the section of *version* into the changelog.

    `None` when there is nothing to write: the changelog is switched off,
    somebody wrote the section already, or `changelog_left_alone` says why not.

    Raises:
        ChangelogUnsupported: The file is no Markdown.
        ChangelogUnchanged: The section could not be put in.
        NotAPlainFile: It is a link, a directory, or lies behind a link.
        NotUtf8: The file is no text.
    """
    settings = facts.config.changelog
    if not settings.enabled or changelog_left_alone(package, settings):
        return None
    path = package.path(changelog_of(package, settings))
    before = _document(package, path)
    text = None if before is None else decode(before, path)
    span = package.told_by(version)
    earlier_authors = span.earlier_authors if span.last else None
    section = Section(
        version=version,
        day=facts.moment.date(),
        notes=render_notes(
            told(span.reading, facts.config),
            settings,
            earlier_authors,
            group_titles(text, settings),
        ),
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
    settings, span = facts.config.changelog, package.told_by(version)
    if edit is not None:
        return section_in(edit, version, settings)
    if settings.enabled and not changelog_left_alone(package, settings):
        path = package.path(changelog_of(package, settings))
        return section_of(decode(_document(package, path) or b"", path), version, settings) or ""
    earlier_authors = span.earlier_authors if span.last else None
    return render_notes(told(span.reading, facts.config), settings, earlier_authors)


def _newline(package: PackageFacts) -> str:
    """Return the line end that a checkout has, as the manifest shows it."""
    manifest = package.documents.get(package.manifest.version_path) or b""
    return newline_of(manifest.decode("utf-8", "replace"))


def changelog_left_alone(package: PackageFacts, settings: ChangelogConfig) -> str | None:
    """
    Return why the project's own changelog gets no section; `None`: it does.

    Nobody named it, so that it is no Markdown is nobody's mistake, and nothing that
    should stop a release.
    """
    name = changelog_of(package, settings)
    if settings.enabled and settings.fragments:
        return (
            f"{settings.fragments} writes the changelog from its fragments; the notes are what the "
            "commits say (changelog.fragments)"
        )
    if not settings.enabled or settings.is_set("path") or is_markdown(name):
        return None
    return (
        f"{package.path(name)} is no .md file, so its section is yours to write; "
        "`releasio changelog` prints the notes (changelog.path)"
    )


def changelog_of(package: PackageFacts, settings: ChangelogConfig) -> str:
    """Return the name of the project's changelog, relative to the package."""
    existing_names = [
        name
        for name in changelog_names(settings)
        if package.documents.get(package.path(name)) is not None
    ]
    return changelog_name(settings, existing_names)


def section_in(edit: FileEdit | None, version: Version, settings: ChangelogConfig) -> str:
    """Return the section of *version* as the edited changelog has it; empty without one."""
    if edit is None:
        return ""
    return section_of(decode(edit.after, edit.path), version, settings) or ""
