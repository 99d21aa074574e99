"""Would the index take these files, and are they the files of this release?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from releasio.errors.files.archive import (
    ArchiveRefused,
    ArchiveTooLong,
    DistributionTooLarge,
    MembersDangerous,
    WheelDamaged,
)
from releasio.errors.files.build import NothingBuilt
from releasio.errors.files.distribution import (
    DistributionMisnamed,
    LocalVersionRefused,
    MetadataDisagrees,
    MetadataRefused,
    MetadataUnsendable,
    PlatformTagRefused,
    SecondSdist,
)
from releasio.rules.distribution.archive_format import (
    PREFIX,
    entry_points_parse,
    layout_flaw,
    top_folder,
)
from releasio.rules.distribution.core_metadata import read_core_metadata, refusals, unread_fields
from releasio.rules.distribution.filenames import (
    dist_info,
    file_flaw,
    refused_platforms,
    sdist_flaw,
    wheel_flaw,
)
from releasio.rules.distribution.index_metadata import local_version
from releasio.rules.distribution.members import dangers
from releasio.text.listing import few, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from packaging.metadata import RawMetadata

    from releasio.errors.base import ReleasioError
    from releasio.rules.distribution.members import Entry

    # an error without its files, so that files with the same trouble share one
    Complaint = tuple[Callable[..., ReleasioError], tuple[str, ...]]

_ITSELF = "\0"  # in words: the name of the file that they are about
LARGEST = 1 << 30  # bytes; no project's limit is raised beyond
_ENTRY_POINTS = "entry_points.txt"
_LICENCES_CHECKED_SINCE = Version("2.4")  # metadata version


@dataclass(frozen=True)
class Archive:
    """
    What was read from a built file.

    Attributes:
        name: The file's name.
        size: In bytes.
        metadata: METADATA or PKG-INFO; None when there is none.
        members: The paths inside.
        entry_points: `entry_points.txt` of a wheel; None when there is none.
        defects: What is wrong with the archive as such, in the index's words.
        record: RECORD of a wheel; None when there is none.
        digests: Path to sha256, as RECORD writes it, of a wheel's files.
        damaged: Those members of a wheel that cannot be unpacked.
        entries: The members, with what they are.
        too_much: What of it was too much to be looked at; empty: nothing.
    """

    name: str
    size: int
    metadata: bytes | None
    members: frozenset[str] = frozenset()
    entry_points: bytes | None = None
    defects: tuple[str, ...] = field(default=())
    record: bytes | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    too_much: str = ""

    @property
    def is_wheel(self) -> bool:
        """Whether it is a wheel; else it is an sdist."""
        return self.name.endswith(".whl")


def check_distributions(
    archives: Sequence[Archive], *, project: str, version: str, public: bool = True
) -> tuple[ReleasioError, ...]:
    """
    Return everything that is wrong with the files of a release, all at once.

    Args:
        archives: The files.
        project: The name the release has, in any spelling.
        version: The version it has, in any spelling of PEP 440.
        public: Whether rules count that only public indexes have (platform tags,
            local versions, classifiers, addresses, direct dependencies, sizes).
    """
    if not archives:
        return (NothingBuilt(["the build's output"]),)
    complaints: dict[Complaint, list[str]] = {}
    for archive in archives:
        for complaint in dict.fromkeys(_complaints(archive, project, version, public=public)):
            complaints.setdefault(_without_name(complaint, archive.name), []).append(archive.name)
    sdists = [archive.name for archive in archives if not archive.is_wheel]
    second = [SecondSdist(sdists)] if sdists[1:] else []
    shared = (
        (error, _with_name(facts, names), names) for (error, facts), names in complaints.items()
    )
    return (*second, *(error(names, *facts) for error, facts, names in shared))


def _without_name(complaint: Complaint, name: str) -> Complaint:
    """Return *complaint* without the file's own *name* in its words: others may have it, too."""
    error, facts = complaint
    return error, tuple(fact.replace(name, _ITSELF) for fact in facts)


def _with_name(facts: tuple[str, ...], names: Sequence[str]) -> tuple[str, ...]:
    """Return *facts* about the files *names*: of one with its name, of more without."""
    name = "..." if names[1:] else names[0]
    return tuple(fact.replace(_ITSELF, name) for fact in facts)


def _complaints(
    archive: Archive, project: str, version: str, *, public: bool
) -> Iterator[Complaint]:
    """Yield what is wrong with one file, most telling first."""
    raw = read_core_metadata(archive.metadata or b"")
    if archive.metadata is not None:
        yield from _identity_complaints(raw, project, version)
        yield from _metadata_complaints(archive.metadata, public=public)
    yield from _naming_complaints(
        archive.name, raw.get("name", project), raw.get("version", version)
    )
    if public:
        yield from _public_complaints(archive, raw)
    if archive.too_much:
        yield ArchiveTooLong, (archive.too_much,)
        return
    if not archive.defects and (harms := dangers(archive.entries)):
        yield MembersDangerous, ("; ".join(few(harms)),)
    if archive.damaged:
        yield WheelDamaged, (listed(archive.damaged),)
    # the index, too, stops at the archive: what is inside cannot be told
    for words in archive.defects or _contents(archive, raw):
        yield ArchiveRefused, (words,)


def _identity_complaints(raw: RawMetadata, project: str, version: str) -> Iterator[Complaint]:
    """Compare the built metadata with the release."""
    name, built = raw.get("name", ""), raw.get("version", "")
    if name and canonicalize_name(name) != canonicalize_name(project):
        yield MetadataDisagrees, ("name", name, project)
    try:
        is_same = Version(built) == Version(version)
    except InvalidVersion:
        return  # the metadata's own check names it
    if not is_same:
        yield MetadataDisagrees, ("version", built, version)


def _metadata_complaints(content: bytes, *, public: bool) -> Iterator[Complaint]:
    for words, place in refusals(content, public=public):
        yield MetadataRefused, (words, place)
    if unread := unread_fields(content):
        yield MetadataUnsendable, (", ".join(unread),)


def _naming_complaints(file: str, name: str, version: str) -> Iterator[Complaint]:
    """Check a file's name as the index does, in its order."""
    wheel = file.endswith(".whl")
    words = file_flaw(file, "bdist_wheel" if wheel else "sdist")
    flaw = words or (wheel_flaw if wheel else sdist_flaw)(file, name, version)
    if flaw:
        yield DistributionMisnamed, (flaw,)


def _public_complaints(archive: Archive, raw: RawMetadata) -> Iterator[Complaint]:
    version = raw.get("version", "")
    if local_version(version):
        yield LocalVersionRefused, (version,)
    if archive.is_wheel:
        yield from ((PlatformTagRefused, (tag,)) for tag in refused_platforms(archive.name))
    if archive.size > LARGEST:
        yield DistributionTooLarge, ()


def _contents(archive: Archive, raw: RawMetadata) -> Iterator[str]:
    """Yield what the index would say about members that are missing or malformed."""
    if archive.is_wheel:
        yield from _wheel_contents(archive)
    elif flaw := layout_flaw(archive.members):
        yield flaw
        return
    info = dist_info(archive.name)
    folder = f"{info}/licenses" if archive.is_wheel else top_folder(archive.members)
    for licence in _licences(raw):
        path = f"{folder}/{licence}"
        if path not in archive.members:
            place = f"in distribution file {archive.name} at {path}"
            yield f"License-File {licence} does not exist {place}"


def _wheel_contents(archive: Archive) -> Iterator[str]:
    info = dist_info(archive.name)
    if info is None:
        yield f"{PREFIX}Unable to parse name and version from wheel filename"
        return
    for needed in ("RECORD", "METADATA"):
        if (path := f"{info}/{needed}") not in archive.members:
            yield f"Wheel '{archive.name}' does not contain the required {needed} file: {path}"
    if f"{info}/WHEEL" not in archive.members:
        yield f"{PREFIX}WHEEL not found at {info}/WHEEL"
    if archive.record is not None and not _is_text(archive.record):
        yield f"Wheel '{archive.name}' has a RECORD file that is not UTF-8: {info}/RECORD"
    if archive.entry_points is not None and not entry_points_parse(archive.entry_points):
        yield f"Wheel '{archive.name}' has invalid entry points defined in the {_ENTRY_POINTS} file"


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _licences(raw: RawMetadata) -> list[str]:
    try:
        checked = Version(raw.get("metadata_version", "0")) >= _LICENCES_CHECKED_SINCE
    except InvalidVersion:
        return []
    return raw.get("license_files", []) if checked else []
