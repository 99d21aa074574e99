"""Which files a release changes, and how: old bytes in, new bytes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, raise_all
from releasio.errors.project.manifest import NotAPlainFile, VersionFileMissing
from releasio.frozen import frozen
from releasio.release.repeats import disagreements, edited, following_locks, remarks, repeats
from releasio.rules.bump.after_release import NOTHING_COMES_NEXT
from releasio.rules.project.locks.lock_files import PYTHON_LOCKS, UV_LOCK, locks_around
from releasio.rules.project.manifest import set_version
from releasio.rules.project.project_files import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from packaging.version import Version

    from releasio.config.tables.model import Config
    from releasio.release.facts import PackageFacts


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
    for path, change, description in _changes(package, version, config):
        try:
            file_edit = _edit(package, path, change, description)
        except ReleasioError as error:
            errors.append(error)
        else:
            edits += [file_edit] if file_edit.before != file_edit.after else []
    raise_all(errors)
    edits += _repeat_edits(package, version, config, day)
    return tuple(_with_locks(package, edits) if config.version.update_lock_file else edits)


def _changes(
    package: PackageFacts, version: Version, config: Config
) -> Iterator[tuple[str, Callable[[str], str], str]]:
    """Yield each file that says the version, what happens to its text, and that in words."""
    manifest = package.manifest
    version_change = f"version {manifest.version} -> {version}"
    examples = package.tag_form.examples
    for path, places in manifest.places_by_path.items():
        yield (
            path,
            partial(set_version, version=version, places=places, examples=examples),
            version_change,
        )
    for path, patterns in _version_files(package, config).items():
        from releasio.rules.project.version_file import set_file_version

        file_setter = partial(set_file_version, version=version, path=path, patterns=patterns)
        yield path, file_setter, version_change
    for path in _locks(package, config):
        from releasio.rules.project.locks.toml_locks import set_locked_version  # its patterns: 1 ms

        own_entry = f"{manifest.name} {version} in its own entry"
        yield path, partial(set_locked_version, name=manifest.name, version=version), own_entry


def _edit(
    package: PackageFacts, path: str, change: Callable[[str], str], description: str
) -> FileEdit:
    before = document(package, path)
    if before is None:
        raise VersionFileMissing(path)
    return FileEdit(path, before, change(decode(before, path)).encode(), description)


def document(package: PackageFacts, path: str) -> bytes | None:
    """Return the bytes at *path*; `None`: there is no such file yet, and one can be made."""
    if path in package.obstacles:
        raise NotAPlainFile(path, package.obstacles[path])
    return package.documents.get(path)


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
    if not _repeats_count(package, config):
        return ()
    return tuple(remarks(package, version, _version_files(package, config)))


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
