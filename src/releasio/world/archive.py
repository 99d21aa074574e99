"""Read built distributions, and check them as the index would."""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from releasio.errors.distribution import DescriptionRefused
from releasio.rules.core_metadata import read_core_metadata
from releasio.rules.distribution import Archive, check_distributions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from releasio.errors.base import ReleasioError

# what zipfile and tarfile raise for a file that is damaged, or packed in a way they do not know
BROKEN = (
    EOFError,
    LookupError,  # a link inside that leads nowhere
    MemoryError,  # a size that nothing has
    OSError,
    OverflowError,
    RuntimeError,  # encrypted, or (NotImplementedError) of a version nobody has written
    ValueError,  # also undecodable text
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
_END = b"PK\x05\x06"  # of the central directory; 22 bytes without a comment
_END_SIZE = 22
_DESCRIPTOR_FLAG = 0x08


def inspect(
    paths: Sequence[Path], *, project: str, version: str, public: bool = True, strict: bool = True
) -> tuple[ReleasioError, ...]:
    """
    Return everything about these files that would go wrong at the index, all at once.

    Args:
        paths: The sdist and the wheels of one release.
        project: The name the release has.
        version: The version it has.
        public: Whether rules count that only public indexes have.
        strict: Whether descriptions must render.
    """
    found = [read_archive(path) for path in paths]
    errors = check_distributions(found, project=project, version=version, public=public)
    return (*errors, *(strict_check(found) if strict else ()))


def strict_check(found: Sequence[Archive]) -> tuple[ReleasioError, ...]:
    """Check the descriptions as `twine check --strict` does; one error for each problem."""
    from releasio.world.description import description_problems  # noqa: PLC0415 -- may load docutils

    problems: dict[str, list[str]] = {}
    for archive in found:
        if archive.metadata is None:
            continue
        raw = read_core_metadata(archive.metadata)
        words = description_problems(raw.get("description"), raw.get("description_content_type"))
        for problem in words:
            problems.setdefault(problem, []).append(archive.name)
    return tuple(DescriptionRefused(names, words) for words, names in problems.items())


def read_archive(path: Path) -> Archive:
    """Read what the checks need from a wheel or an sdist; what is broken becomes its `defects`."""
    try:
        return _read_wheel(path) if path.name.endswith(".whl") else _read_sdist(path)
    except BROKEN as error:
        if isinstance(error, FileNotFoundError):
            raise
        kind = "zipfile" if path.name.endswith(".whl") else "tarfile"
        words = (f"Invalid distribution file. File is not a {kind}",)
        return Archive(path.name, path.stat().st_size, None, defects=words)


def _read_wheel(path: Path) -> Archive:
    with zipfile.ZipFile(path) as archive:
        members = frozenset(archive.namelist())
        info = f"{'-'.join(path.name.split('-')[:2])}.dist-info"

        def content(name: str) -> bytes | None:
            member = f"{info}/{name}"
            known = member in members and is_usual(archive.getinfo(member))
            return archive.read(member) if known else None

        return Archive(
            path.name,
            path.stat().st_size,
            content("METADATA"),
            members,
            content("entry_points.txt"),
            tuple(_zip_defects(path, archive)),
        )


def _zip_defects(path: Path, archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield what the index says about the framing of a zip file it refuses."""
    entries = archive.infolist()
    if not all(map(is_usual, entries)):
        yield "Invalid distribution file. File does not use a supported compression type"
    reasons = {
        "Duplicate filename in local headers": len({e.filename for e in entries}) < len(entries),
        "ZIP contains a data descriptor": any(e.flag_bits & _DESCRIPTOR_FLAG for e in entries),
        "Comment in central directory": bool(archive.comment or any(e.comment for e in entries)),
        "Trailing data": not archive.comment and not _ends_cleanly(path),
    }
    for reason, holds in reasons.items():
        if holds:
            yield f"Invalid distribution file. ZIP archive not accepted: {reason}."


def is_usual(entry: zipfile.ZipInfo) -> bool:
    """Whether *entry* is packed as indexes take it; other ways fail in ways of their own."""
    return entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _ends_cleanly(path: Path) -> bool:
    with path.open("rb") as content:
        content.seek(-_END_SIZE, 2)
        return content.read(4) == _END


def _read_sdist(path: Path) -> Archive:
    with tarfile.open(path, "r:gz") as archive:
        entries = archive.getmembers()
        names = {entry.name.removeprefix("./") for entry in entries}
        tops = {name.partition("/")[0] for name in names} - {"", "."}
        top = next(iter(tops), "")
        defects = []
        if len(tops) != 1:
            defects.append("Incorrect number of top-level directories in sdist")
        elif f"{top}/PKG-INFO" not in names:
            defects.append(f"PKG-INFO not found at {top}/PKG-INFO")
        if any(entry.sparse is not None for entry in entries):
            defects.append("tar archive not accepted: Sparse members are not allowed.")
        words = tuple(f"Invalid distribution file. {defect}" for defect in defects)
        metadata = None if defects else _member(archive, f"{top}/PKG-INFO")
        return Archive(path.name, path.stat().st_size, metadata, frozenset(names), None, words)


def _member(archive: tarfile.TarFile, name: str) -> bytes | None:
    member = next(m for m in archive.getmembers() if m.name.removeprefix("./") == name)
    content = archive.extractfile(member)
    return content.read() if content else None
