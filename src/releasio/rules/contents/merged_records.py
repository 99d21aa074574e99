"""Records of several builds of one release, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.files.handed_on import RecordsDiffer
from releasio.rules.contents.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rules.contents.record import BuiltFile


def merged(records: Mapping[str, Record]) -> Record:
    """
    Return one record that names the files of all *records*.

    Args:
        records: By their path; one at least. The same file may be in several.

    Raises:
        RecordsDiffer: They are not of one release, or a file is in two with different hashes.
    """
    points = [*_other_releases(records), *_other_files(records)]
    if points:
        raise RecordsDiffer(points)
    first = next(iter(records.values()))
    files = {file.name: file for record in records.values() for file in record.files}
    in_order = tuple(files[name] for name in sorted(files))
    return Record(first.project, first.version, first.tag, first.commit, first.epoch, in_order)


def _other_releases(records: Mapping[str, Record]) -> Iterator[str]:
    """Yield what the records say differently of the release."""
    path, first = next(iter(records.items()))
    for other_path, other in records.items():
        for name in ("project", "version", "tag", "commit"):
            said, said_there = getattr(first, name), getattr(other, name)
            if said != said_there:
                yield f"{name} is {said} in {path} and {said_there} in {other_path}"


def _other_files(records: Mapping[str, Record]) -> Iterator[str]:
    """Yield the files that two records have with different hashes."""
    known_files: dict[str, tuple[str, BuiltFile]] = {}
    for path, record in records.items():
        for file in record.files:
            other_path, other = known_files.setdefault(file.name, (path, file))
            if other.sha256 != file.sha256:
                yield (
                    f"{file.name} has sha256 {other.sha256} in {other_path} and {file.sha256} in "
                    f"{path}"
                )
