"""What is worth knowing about built files, though the index would take them."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import TYPE_CHECKING

from releasio.rules.distribution.core_metadata import read_core_metadata
from releasio.rules.distribution.filenames import dist_info

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.distribution.distribution import Archive

LIMIT = 100 << 20  # bytes a file may have in a project whose limit nobody raised
_MOST_NAMED = 3
# they may differ between the files of one release
_OWN = frozenset({"dynamic", "metadata_version", "license_files"})
_UNSIGNED = frozenset({"RECORD", "RECORD.jws", "RECORD.p7s"})  # in `.dist-info`


def remarks(found: Sequence[Archive], *, public: bool = True) -> tuple[str, ...]:
    """
    Return a sentence for everything that is odd and stops nothing.

    Args:
        found: The files of one release.
        public: Whether rules count that only public indexes have.
    """
    large = _large(found) if public else ()
    records = (words for archive in found if archive.is_wheel for words in _record(archive))
    return (*large, *records, *_disagreements(found))


def _large(found: Sequence[Archive]) -> Iterator[str]:
    for archive in found:
        if archive.size > LIMIT:
            yield (
                f"{archive.name} has {archive.size / (1 << 20):.0f} MiB; an index such as PyPI "
                f"takes {LIMIT >> 20} MiB unless the project was granted more"
            )


def _record(archive: Archive) -> Iterator[str]:
    """Compare RECORD with the members; an index takes the wheel, and writes to the owners."""
    if archive.record is None or archive.defects:
        return
    info = dist_info(archive.name)
    unsigned = {f"{info}/{name}" for name in _UNSIGNED}
    listed = _listed(archive.record)
    there = {path for path in archive.members if not path.endswith("/")} - unsigned
    named = {path: digest for path, digest in listed.items() if path not in unsigned}
    wrong = [p for p in sorted(there & named.keys()) if named[p] != archive.digests.get(p)]
    told = [
        _among("lists what is not there", sorted(named.keys() - there)),
        _among("does not list", sorted(there - named.keys())),
        _among("has another hash for", wrong),
    ]
    if any(told):
        yield (
            f"RECORD of {archive.name} {'; '.join(filter(None, told))}: indexes take the file, "
            "and PyPI writes to the project's owners about it"
        )


def _listed(record: bytes) -> Mapping[str, str]:
    """Return path to sha256, as RECORD spells it; empty for another kind of hash, or none."""
    rows = csv.reader(io.StringIO(record.decode("utf-8", "replace")))
    pairs = ((row[0], row[1] if row[1:] else "") for row in rows if row)
    return {path: digest.removeprefix("sha256=").rstrip("=") for path, digest in pairs}


def _among(what: str, paths: Sequence[str]) -> str:
    rest = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return f"{what}: {', '.join(paths[:_MOST_NAMED])}{rest}" if paths else ""


def _disagreements(found: Sequence[Archive]) -> Iterator[str]:
    """Compare the metadata of the files: what the first one says counts for the release."""
    # uploads begin with the smallest wheel; see steps/upload
    in_turn = sorted(found, key=lambda archive: (not archive.is_wheel, archive.size))
    read = [(a, dict(read_core_metadata(a.metadata))) for a in in_turn if a.metadata]
    for (first, mine), (other, its) in pairwise(read):
        fields = sorted({*mine, *its} - _OWN - _dynamic(mine) - _dynamic(its))
        differing = [name for name in fields if _value(mine, name) != _value(its, name)]
        if differing:
            names = ", ".join(name.replace("_", "-") for name in differing)
            yield (
                f"{first.name} and {other.name} differ in {names}: an index shows for the whole "
                f"release what the file says that arrives first ({in_turn[0].name})"
            )


def _dynamic(raw: Mapping[str, object]) -> set[str]:
    given = raw.get("dynamic")
    names = given if isinstance(given, list) else []
    return {_RAW_NAMES.get(name.lower(), name.lower().replace("-", "_")) for name in names}


# how `Dynamic` calls fields that packaging calls by their plural
_RAW_NAMES = {
    "classifier": "classifiers",
    "platform": "platforms",
    "project-url": "project_urls",
    "supported-platform": "supported_platforms",
}


def _value(raw: Mapping[str, object], name: str) -> object:
    value = raw.get(name)
    if isinstance(value, str):
        return value.strip()
    return sorted(value) if isinstance(value, list) else value
