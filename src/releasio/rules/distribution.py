"""Would the index take these files, and are they the files of this release?"""

from __future__ import annotations

import configparser
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.utils import (
    InvalidWheelFilename,
    canonicalize_name,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from releasio.errors.build import NothingBuilt
from releasio.errors.distribution import (
    ArchiveRefused,
    DistributionMisnamed,
    LocalVersionRefused,
    MetadataDisagrees,
    MetadataRefused,
    PlatformTagRefused,
    SecondSdist,
)
from releasio.rules.core_metadata import read_core_metadata, refusals
from releasio.rules.platforms import is_accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from packaging.metadata import RawMetadata

    from releasio.errors.base import ReleasioError

    # an error without its files, so that files with the same trouble share one
    Complaint = tuple[Callable[..., ReleasioError], tuple[str, ...]]

_LARGEST = 1 << 30  # bytes; no project's limit is raised beyond
_ENTRY_POINTS = "entry_points.txt"
_SCRIPT_NAME = re.compile(r"[\w.-]+", re.ASCII)
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
    """

    name: str
    size: int
    metadata: bytes | None
    members: frozenset[str] = frozenset()
    entry_points: bytes | None = None
    defects: tuple[str, ...] = field(default=())

    @property
    def is_wheel(self) -> bool:
        """Whether it is a wheel; else it is an sdist."""
        return self.name.endswith(".whl")

    @property
    def stem(self) -> str:
        """`name-version` as the file name has it: the top folder, or the dist-info's name."""
        if self.is_wheel:
            return "-".join(self.name.split("-")[:2])
        return self.name.removesuffix(".tar.gz")


def check_distributions(
    found: Sequence[Archive], *, project: str, version: str, public: bool = True
) -> tuple[ReleasioError, ...]:
    """
    Return everything that is wrong with the files of a release, all at once.

    Args:
        found: The files.
        project: The name the release has, in any spelling.
        version: The version it has, in any spelling of PEP 440.
        public: Whether rules count that only public indexes have (platform tags,
            local versions, private classifiers, direct dependencies).
    """
    if not found:
        return (NothingBuilt(["the build's output"]),)
    complaints: dict[Complaint, list[str]] = {}
    for archive in found:
        for complaint in dict.fromkeys(_complaints(archive, project, version, public=public)):
            complaints.setdefault(complaint, []).append(archive.name)
    sdists = [archive.name for archive in found if not archive.is_wheel]
    second = [SecondSdist(sdists)] if sdists[1:] else []
    return (*second, *(error(names, *facts) for (error, facts), names in complaints.items()))


def _complaints(
    archive: Archive, project: str, version: str, *, public: bool
) -> Iterator[Complaint]:
    """Yield what is wrong with one file, most telling first."""
    raw = read_core_metadata(archive.metadata or b"")
    if archive.metadata is not None:
        yield from _identity(raw, project, version)
        for words, where in refusals(raw, public=public):
            yield MetadataRefused, (words, where)
    if public:
        yield from _local(raw)
    naming = _wheel_name if archive.is_wheel else _sdist_name
    yield from naming(archive.name, raw.get("name", project), raw.get("version", version))
    if public and archive.is_wheel:
        for tag in _platforms(archive.name):
            if not is_accepted(tag):
                yield PlatformTagRefused, (tag,)
    for words in (*archive.defects, *_contents(archive, raw)):
        yield ArchiveRefused, (words,)


def _identity(raw: RawMetadata, project: str, version: str) -> Iterator[Complaint]:
    """Compare the built metadata with the release."""
    name, built = raw.get("name", ""), raw.get("version", "")
    if name and canonicalize_name(name) != canonicalize_name(project):
        yield MetadataDisagrees, ("name", name, project)
    try:
        same = Version(built) == Version(version)
    except InvalidVersion:
        return  # the metadata's own check names it
    if not same:
        yield MetadataDisagrees, ("version", built, version)


def _local(raw: RawMetadata) -> Iterator[Complaint]:
    version = raw.get("version", "")
    if "+" in version:
        yield LocalVersionRefused, (version,)


def _sdist_name(file: str, name: str, version: str) -> Iterator[Complaint]:
    """Compare an sdist's file name with the one name PEP 625 allows."""
    expected = f"{_component(name)}-{_normal(version)}.tar.gz"
    if file != expected:
        yield DistributionMisnamed, (f"Filename '{file}' is invalid, should be '{expected}'.",)


def _wheel_name(file: str, name: str, version: str) -> Iterator[Complaint]:
    """Check a wheel's file name as the index does, in its order."""
    try:
        _, found, _, _ = parse_wheel_filename(file)
    except InvalidWheelFilename as error:
        yield DistributionMisnamed, (str(error),)
        return
    spelled = file.partition("-")[0]
    if spelled != _component(name):
        words = f"should contain the normalized project name '{_component(name)}', not '{spelled}'."
        yield DistributionMisnamed, (f"Filename '{file}' {words}",)
    elif str(found) != _normal(version) and found != Version(_normal(version)):
        words = f"Version in filename should be '{version}' not '{found}'."
        yield DistributionMisnamed, (words,)


def _platforms(file: str) -> Iterable[str]:
    return file.removesuffix(".whl").split("-")[-1].split(".")


def _contents(archive: Archive, raw: RawMetadata) -> Iterator[str]:
    """Yield what the index would say about members that are missing or malformed."""
    if archive.size > _LARGEST:
        yield "File too large. No project's limit is above 1 GB."
    if archive.defects:
        return  # what is inside cannot be told, or the defect says it
    info = f"{archive.stem}.dist-info"
    if archive.is_wheel:
        for needed in ("RECORD", "METADATA"):
            if f"{info}/{needed}" not in archive.members:
                path = f"{info}/{needed}"
                yield f"Wheel '{archive.name}' does not contain the required {needed} file: {path}"
        if f"{info}/WHEEL" not in archive.members:
            yield f"WHEEL not found at {info}/WHEEL"
    if archive.entry_points is not None and not entry_points_parse(archive.entry_points):
        yield f"Wheel '{archive.name}' has invalid entry points defined in the {_ENTRY_POINTS} file"
    folder = f"{info}/licenses" if archive.is_wheel else _top(archive)
    for licence in _licences(raw):
        path = f"{folder}/{licence}"
        if path not in archive.members:
            where = f"in distribution file {archive.name} at {path}"
            yield f"License-File {licence} does not exist {where}"


def entry_points_parse(content: bytes) -> bool:
    """Tell whether the index takes this `entry_points.txt`."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # names keep their case
    try:
        parser.read_string(content.decode("utf-8"))
    except (UnicodeDecodeError, configparser.Error):
        return False
    names = [name for section in parser.sections() for name in parser.options(section)]
    return all(map(_SCRIPT_NAME.fullmatch, names))


def _licences(raw: RawMetadata) -> list[str]:
    try:
        checked = Version(raw.get("metadata_version", "0")) >= _LICENCES_CHECKED_SINCE
    except InvalidVersion:
        return []
    return raw.get("license_files", []) if checked else []


def _top(archive: Archive) -> str:
    return next((path.partition("/")[0] for path in archive.members), archive.stem)


def _component(name: str) -> str:
    """Return *name* as file names spell it."""
    return canonicalize_name(name).replace("-", "_")


def _normal(version: str) -> str:
    try:
        return str(Version(version))
    except InvalidVersion:
        return version
