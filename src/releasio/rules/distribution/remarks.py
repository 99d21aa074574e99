"""What is worth knowing about built files, though the index would take them."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import TYPE_CHECKING

from releasio.rules.distribution.core_metadata import Refusal, read_core_metadata, refusals
from releasio.rules.distribution.filenames import dist_info
from releasio.rules.distribution.members import made_up_secrets
from releasio.text.listing import few, listed, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.distribution.distribution import Archive

LIMIT = 100 << 20  # bytes a file may have in a project whose limit nobody raised
_KEPT_AT_HOME = "'Private ::"  # classifiers that are there for public indexes to refuse
# also what type checkers and the interpreter itself read; `.data` has programs and the like
_MODULES = (".py", ".pyc", ".pyd", ".pyi", ".pth", ".so")
# they may differ between the files of one release
_OWN = frozenset({"dynamic", "metadata_version", "license_files"})
_UNSIGNED = frozenset({"RECORD", "RECORD.jws", "RECORD.p7s"})  # in `.dist-info`


def remarks(archives: Sequence[Archive], *, public: bool = True) -> tuple[str, ...]:
    """
    Return a sentence for everything that is odd and stops nothing.

    Args:
        archives: The files of one release.
        public: Whether rules count that only public indexes have.
    """
    by_index = _large(archives) if public else _doubtful(archives)
    records = (words for archive in archives if archive.is_wheel for words in _record(archive))
    return (
        *by_index,
        *records,
        *_empty(archives),
        *_called_like_secrets(archives),
        *_disagreements(archives),
    )


def _called_like_secrets(archives: Sequence[Archive]) -> Iterator[str]:
    for archive in archives:
        if names := made_up_secrets(archive.entries):
            yield (
                f"{archive.name} publishes {', '.join(few(names))}: by the folder an example, by "
                "the name a secret"
            )


def _large(archives: Sequence[Archive]) -> Iterator[str]:
    for archive in archives:
        if archive.size > LIMIT:
            yield (
                f"{archive.name} has {archive.size / (1 << 20):.0f} MiB; an index such as PyPI "
                f"takes {LIMIT >> 20} MiB unless the project was granted more"
            )


def _doubtful(archives: Sequence[Archive]) -> Iterator[str]:
    """Say what public indexes refuse in the metadata, and another may take or not."""
    names_by_refusal: dict[Refusal, list[str]] = {}
    for archive in archives:
        content = archive.metadata or b""
        certain = refusals(content, public=False)  # these are errors
        for refusal in refusals(content) if content else ():
            if refusal not in certain and _KEPT_AT_HOME not in refusal.words:
                names_by_refusal.setdefault(refusal, []).append(archive.name)
    for (words, where), names in names_by_refusal.items():
        yield (
            f"public indexes refuse the metadata of {listed(names)}: {words} Another one may, "
            f"too, and says so after the push only. To change: {where}"
        )


def _empty(archives: Sequence[Archive]) -> Iterator[str]:
    """Name the wheels that bring no module, unless they are there for what they require."""
    names = [archive.name for archive in archives if archive.is_wheel and _is_empty(archive)]
    if names:
        yield (
            f"{listed(names)} {'have' if names[1:] else 'has'} nothing that can be imported or "
            "run. If that is not meant, look at what the build backend is told to include"
        )


def _is_empty(archive: Archive) -> bool:
    if archive.metadata is None or dict(read_core_metadata(archive.metadata)).get("requires_dist"):
        return False
    return not any(
        path.endswith(_MODULES) or path.partition("/")[0].endswith(".data")
        for path in archive.members
        if not path.endswith("/")
    )


def _record(archive: Archive) -> Iterator[str]:
    """Compare RECORD with the members; an index takes the wheel, and writes to the owners."""
    if archive.record is None or archive.defects:
        return
    info = dist_info(archive.name)
    unsigned = {f"{info}/{name}" for name in _UNSIGNED}
    members = {path for path in archive.members if not path.endswith("/")} - unsigned
    digests = {
        path: digest for path, digest in _digests_in(archive.record).items() if path not in unsigned
    }
    wrong = [
        path
        for path in sorted(members & digests.keys())
        if digests[path] != archive.digests.get(path)
    ]
    faults = [
        _with_paths("lists what is not there", sorted(digests.keys() - members)),
        _with_paths("does not list", sorted(members - digests.keys())),
        _with_paths("has another hash for", wrong),
    ]
    if any(faults):
        yield (
            f"RECORD of {archive.name} {'; '.join(filter(None, faults))}: indexes take the file, "
            "and PyPI writes to the project's owners about it"
        )


def _digests_in(record: bytes) -> Mapping[str, str]:
    """Return path to sha256, as RECORD spells it; empty for another kind of hash, or none."""
    rows = csv.reader(io.StringIO(record.decode("utf-8", "replace")))
    pairs = ((row[0], row[1] if row[1:] else "") for row in rows if row)
    return {path: digest.removeprefix("sha256=").rstrip("=") for path, digest in pairs}


def _with_paths(fault: str, paths: Sequence[str]) -> str:
    return f"{fault}: {shortened(paths)}" if paths else ""


def _disagreements(archives: Sequence[Archive]) -> Iterator[str]:
    """Compare the metadata of the files: what the first one says counts for the release."""
    # uploads begin with the smallest wheel; see steps/upload
    in_turn = sorted(archives, key=lambda archive: (not archive.is_wheel, archive.size))
    metadata = [(a, dict(read_core_metadata(a.metadata))) for a in in_turn if a.metadata]
    for (first, old), (second, new) in pairwise(metadata):
        fields = sorted({*old, *new} - _OWN - _dynamic(old) - _dynamic(new))
        differing = [name for name in fields if _value(old, name) != _value(new, name)]
        if differing:
            names = ", ".join(name.replace("_", "-") for name in differing)
            yield (
                f"{first.name} and {second.name} differ in {names}: an index shows for the whole "
                f"release what the file says that arrives first ({in_turn[0].name})"
            )


def _dynamic(raw: Mapping[str, object]) -> set[str]:
    fields = raw.get("dynamic")
    names = fields if isinstance(fields, list) else []
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
