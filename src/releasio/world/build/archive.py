"""Read built distributions, and check them as the index would."""

from __future__ import annotations

import base64
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.files.archive import SecretsInside
from releasio.errors.files.distribution import DescriptionRefused
from releasio.rules.distribution.archive_format import top_folder
from releasio.rules.distribution.core_metadata import read_core_metadata
from releasio.rules.distribution.distribution import Archive, check_distributions
from releasio.rules.distribution.filenames import dist_info
from releasio.rules.distribution.members import secrets
from releasio.rules.distribution.remarks import remarks
from releasio.rules.distribution.second_opinion import opinion_notes, refused_by_twine_alone
from releasio.text.listing import few
from releasio.world.archives.flaws import BROKEN, DAMAGED, is_usual, tar_flaw, zip_flaw
from releasio.world.archives.unpacking import MOST, TooMuch, entry_of_tar, entry_of_zip, open_tar
from releasio.world.build.digest import sha256_in
from releasio.world.parallel import of_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from releasio.errors.base import ReleasioError

_MOST_METADATA = 16 << 20  # bytes; no METADATA is as long, and what claims to be is not read


class Findings(NamedTuple):
    """What was found in the files of a release."""

    errors: tuple[ReleasioError, ...]
    remarks: tuple[str, ...]


def inspect(
    paths: Sequence[Path],
    archives: Sequence[Archive] | None = None,
    *,
    project: str,
    version: str,
    public: bool = True,
    strict: bool = True,
) -> Findings:
    """
    Return everything about these files that would go wrong at the index, all at once.

    Beside it, what is odd and stops nothing.

    Args:
        paths: The sdist and the wheels of one release.
        archives: What was read from them; `None`: it is read now.
        project: The name the release has.
        version: The version it has.
        public: Whether rules count that only public indexes have.
        strict: Whether descriptions must render, and twine is asked.
    """
    archives = of_each(read_archive, paths) if archives is None else archives

    def check(subset: Sequence[Archive]) -> tuple[ReleasioError, ...]:
        errors = check_distributions(subset, project=project, version=version, public=public)
        return (*errors, *strict_check(subset)) if strict else errors

    errors, notes = check(archives), remarks(archives, public=public)
    if not strict:
        return Findings(errors, notes)
    from releasio.world.build.twine_opinion import ask_twine

    pairs = zip(paths, archives, strict=True)
    opinions = ask_twine(path for path, archive in pairs if not archive.too_much)
    refused_names = [archive.name for archive in archives if errors and check([archive])]
    more_errors = (*_secrets(archives), *refused_by_twine_alone(opinions, refused_names))
    return Findings((*errors, *more_errors), (*opinion_notes(opinions, refused_names), *notes))


def load_checks(sdist: Path) -> None:
    """Load what `inspect` needs for the description in *sdist*, which its wheel has as well."""
    from releasio.world.build.twine_opinion import load_renderer

    raw = read_core_metadata(read_archive(sdist).metadata or b"")
    load_renderer(raw.get("description") or "", raw.get("description_content_type") or "")


def _secrets(archives: Sequence[Archive]) -> tuple[ReleasioError, ...]:
    """Name the members that hold secrets; one error for the same ones in several files."""
    files_by_members: dict[tuple[str, ...], list[str]] = {}
    for archive in archives:
        if names := tuple(secrets(archive.entries)):
            files_by_members.setdefault(names, []).append(archive.name)
    return tuple(
        SecretsInside(files, ", ".join(few(names))) for names, files in files_by_members.items()
    )


def strict_check(archives: Sequence[Archive]) -> tuple[ReleasioError, ...]:
    """Check the descriptions as the index does; one error for each problem."""
    from releasio.world.build.description import description_problems

    problems: dict[str, list[str]] = {}
    for archive in archives:
        if archive.metadata is None:
            continue
        raw = read_core_metadata(archive.metadata)
        words = description_problems(raw.get("description"), raw.get("description_content_type"))
        for problem in words:
            problems.setdefault(problem, []).append(archive.name)
    return tuple(DescriptionRefused(names, words) for words, names in problems.items())


def read_archive(path: Path, *, contents: bool = True) -> Archive:
    """
    Read what the checks need from a wheel or an sdist; what is broken becomes its `defects`.

    Without *contents*, a wheel's members are not unpacked for comparison with its RECORD.
    """
    try:
        return _read(path, contents=contents)
    except TooMuch as much:
        return Archive(path.name, path.stat().st_size, None, too_much=str(much))


def _read(path: Path, *, contents: bool) -> Archive:
    wheel = path.name.endswith(".whl")
    with path.open("rb") as file:
        flaw = zip_flaw(file) if path.name.endswith((".whl", ".zip")) else tar_flaw(file)
    try:
        flaws = (flaw,) if flaw else ()
        return _read_wheel(path, flaws, contents=contents) if wheel else _read_sdist(path, flaws)
    except BROKEN as error:
        if isinstance(error, FileNotFoundError):
            raise
        return Archive(path.name, path.stat().st_size, None, defects=(flaw or DAMAGED,))


def _read_wheel(path: Path, defects: tuple[str, ...], *, contents: bool) -> Archive:
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        info = dist_info(path.name)
        if metadata := entries.get(f"{info}/METADATA"):
            _refuse_long(metadata.file_size)

        def content(name: str) -> bytes | None:
            return _content(archive, entries.get(f"{info}/{name}"))

        is_readable = sum(entry.file_size for entry in entries.values()) <= MOST
        unpacked = entries.values() if contents and is_readable and not defects else ()
        digests, damaged = _digests(archive, unpacked)
        members = tuple(entry_of_zip(archive, entry) for entry in archive.infolist())
        return Archive(
            path.name,
            path.stat().st_size,
            content("METADATA"),
            frozenset(entries),
            content("entry_points.txt"),
            defects,
            content("RECORD"),
            digests,
            damaged,
            members,
            "" if is_readable else f"more than {MOST >> 30} GiB",
        )


def _refuse_long(metadata: int) -> None:
    """
    Refuse to read so many bytes of metadata.

    Raises:
        TooMuch: They are more than any project has.
    """
    if metadata > _MOST_METADATA:
        msg = f"metadata of more than {_MOST_METADATA >> 20} MiB"
        raise TooMuch(msg)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> bytes | None:
    """Return the bytes of a metadata file; `None`: it is not there, broken, or far too long."""
    if entry is None or not is_usual(entry) or entry.file_size > _MOST_METADATA:
        return None
    try:
        return archive.read(entry)
    except BROKEN:
        return None


def _digests(
    archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo]
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return sha256 by path, as RECORD writes it, and the paths that cannot be unpacked."""
    digests, damaged = {}, []
    for entry in entries:
        try:
            with archive.open(entry) as member:
                digest = sha256_in(member)
        except BROKEN:
            damaged.append(entry.filename)
        else:
            encoded = base64.urlsafe_b64encode(digest).decode()
            digests[entry.filename] = encoded.rstrip("=")
    return digests, tuple(damaged)


def _read_sdist(path: Path, defects: tuple[str, ...]) -> Archive:
    if path.name.endswith(".zip"):
        return _read_zip_sdist(path, defects)
    with path.open("rb") as file, open_tar(file) as (archive, tar_members):
        members = {member.name: member for member in tar_members}
        member = members.get(f"{top_folder(members)}/PKG-INFO")
        if member:
            _refuse_long(member.size)
        content = archive.extractfile(member) if member else None
        metadata = content.read(_MOST_METADATA) if content else None
        entries = tuple(map(entry_of_tar, tar_members))
        size = path.stat().st_size
        return Archive(
            path.name, size, metadata, frozenset(members), defects=defects, entries=entries
        )


def _read_zip_sdist(path: Path, defects: tuple[str, ...]) -> Archive:
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        metadata_entry = entries.get(f"{top_folder(entries)}/PKG-INFO")
        if metadata_entry:
            _refuse_long(metadata_entry.file_size)
        metadata = None if defects else _content(archive, metadata_entry)
        return Archive(path.name, path.stat().st_size, metadata, frozenset(entries), None, defects)
