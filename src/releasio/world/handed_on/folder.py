"""What other jobs left in the folder of built files: bundles, records, and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.contents.record import RECORD_NAME
from releasio.rules.index.simple import belongs_to
from releasio.world.build.dist_folder import DISTRIBUTIONS, DistFolder
from releasio.world.plain_file import own_folder, remove, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.rules.contents.record import Record

_DIGITS = 12  # of a hash; there are few records in a folder


def folders_of(folder: Path) -> tuple[Path, ...]:
    """Return *folder* and those in it, one for each thing that was downloaded apart."""
    if not folder.is_dir():
        return ()
    inner = (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    return (folder, *sorted(path for path in inner if path.name[:1] != "."))


def named(folder: Path, name: str) -> tuple[Path, ...]:
    """Return the files called *name* in *folder* and in the folders in it."""
    return tuple(inner / name for inner in folders_of(folder) if (inner / name).is_file())


def read_records(folder: Path) -> dict[str, Record]:
    """
    Return the records in *folder* and in the folders in it, by path, each compared with its files.

    Raises:
        RecordInvalid: One is not one of ours.
        RecordDisagrees: A file that one names is missing or has other content.
    """
    return {
        str(path): DistFolder(inner).record(path.name)
        for inner in folders_of(folder)
        for path in _records_in(inner)
    }


def keep_apart(folder: Path, record: Record) -> None:
    """
    Write the *record* of *folder* under a name of its own, too.

    So records of several jobs do not take each other's place where their files are put into one
    folder. What an earlier build of the same files left is removed.
    """
    from hashlib import sha256

    text = record.to_json().encode()
    own_path = folder / f"releasio-{sha256(text).hexdigest()[:_DIGITS]}.json"
    for path in _records_in(folder):
        if path not in {own_path, folder / RECORD_NAME} and _is_replaced(path, record):
            remove(path)
    for leftover in folder.glob(".releasio-*"):  # of a file that a killed run was writing
        remove(leftover)
    write_whole(own_path, text)


def unrecorded(folder: Path, record: Record) -> tuple[str, ...]:
    """Return the distributions of the *record*'s version in *folder* that it does not name."""
    names = {path.name for inner in folders_of(folder) for path in _distributions_in(inner)}
    known_names = {file.name for file in record.files}
    return tuple(name for name in sorted(names - known_names) if _is_of(name, record.version))


def bring_together(folder: Path, record: Record) -> None:
    """
    Copy the files of *record* from the folders in *folder* to it, and write the record there.

    What was downloaded stays as it is, so that another run finds what this one found.
    """
    import shutil  # 2 ms, and only who hands files on comes here

    own_folder(folder)
    for file in record.files:
        for inner in folders_of(folder)[1:]:
            if (inner / file.name).is_file() and not (folder / file.name).exists():
                shutil.copyfile(inner / file.name, folder / file.name)
    write_whole(folder / RECORD_NAME, record.to_json().encode())


def _records_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("releasio*.json")):
        if path.name == RECORD_NAME or path.name.startswith("releasio-"):
            yield path


def _distributions_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name.endswith(DISTRIBUTIONS))


def _is_replaced(path: Path, record: Record) -> bool:
    """Whether the record at *path* names a file that *record* has with another hash."""
    from releasio.errors.base import ReleasioError
    from releasio.rules.contents.record import Record as Reading

    try:
        text = path.read_bytes().decode("utf-8", "replace")
        other_files = Reading.from_json(text, str(path)).digests
    except ReleasioError:
        return False
    return any(other_files.get(file.name, file.sha256) != file.sha256 for file in record.files)


def _is_of(name: str, version: str) -> bool:
    project_and_version = belongs_to(name)
    return project_and_version is None or str(project_and_version[1]) == version
