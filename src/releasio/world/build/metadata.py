"""A distribution file's metadata, as the upload form wants it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from packaging.metadata import Metadata, parse_email

from releasio.errors.index.answers import DistributionUnreadable
from releasio.rules.index.upload_form import as_declared, upload_form
from releasio.world.build.archive import read_archive
from releasio.world.build.dist_folder import DISTRIBUTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from packaging.metadata import RawMetadata


def upload_fields(path: Path) -> tuple[tuple[str, str], ...]:
    """
    Return the upload form of the wheel or sdist at *path*, without digest and file.

    Names may repeat, and their order counts. Of the file nothing but its metadata is read.

    Raises:
        DistributionUnreadable: It is none, is damaged, or says nonsense.
    """
    if not path.name.endswith(DISTRIBUTIONS):
        raise DistributionUnreadable(path.name, "it is neither a wheel nor a .tar.gz")
    if path.name.endswith(".whl") and path.name.count("-") not in {4, 5}:
        raise DistributionUnreadable(path.name, "its name is not that of a wheel")
    archive = read_archive(path, contents=False)
    if archive.metadata is None:
        raise DistributionUnreadable(path.name, "; ".join(archive.defects) or "it has none")
    raw, problem = _understood(archive.metadata)
    if problem:  # what was misread would stay for ever
        raise DistributionUnreadable(path.name, problem)
    return upload_form(raw, path.name)


@lru_cache(maxsize=4)  # the files of a release have the same, as a rule
def _understood(metadata: bytes) -> tuple[RawMetadata, str]:
    """Return the fields, and why they cannot be relied on; empty: they can."""
    raw, unknown = parse_email(metadata)
    raw = as_declared(raw)
    unknown.pop("license-file", None)
    if unknown:
        return raw, f"unrecognized or malformed field {', '.join(map(repr, unknown))}"
    try:
        Metadata.from_raw(raw)
    except ExceptionGroup as group:
        return raw, "; ".join(sorted(map(str, group.exceptions)))
    return raw, ""
