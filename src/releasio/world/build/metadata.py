"""A distribution file's metadata, as the upload form wants it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from packaging.metadata import Metadata, parse_email

from releasio.errors.index.answers import DistributionUnreadable
from releasio.frozen import frozen
from releasio.rules.index.upload_form import as_declared, filetype, python_tag, upload_form
from releasio.world.build.archive import read_archive
from releasio.world.build.dist_folder import DISTRIBUTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from packaging.metadata import RawMetadata


@frozen
class Distribution:
    """
    What a distribution file says of itself.

    Attributes:
        name: The project's name, spelled as in the metadata.
        version: As in the metadata.
        filetype: `sdist` or `bdist_wheel`.
        pyversion: `source`, or the wheel's Python tag.
        fields: The upload form, without digest and file: names may repeat, order counts.
    """

    name: str
    version: str
    filetype: str
    pyversion: str
    fields: tuple[tuple[str, str], ...]


def read_distribution(path: Path) -> Distribution:
    """
    Read the metadata of the wheel or sdist at *path*; of its contents, nothing else.

    Raises:
        DistributionUnreadable: It is none, is damaged, or says nonsense.
    """
    if not path.name.endswith(DISTRIBUTIONS):
        raise DistributionUnreadable(path.name, "it is neither a wheel nor a .tar.gz")
    if path.name.endswith(".whl") and path.name.count("-") not in {4, 5}:
        raise DistributionUnreadable(path.name, "its name is not that of a wheel")
    raw = _checked(path)
    return Distribution(
        raw["name"],
        raw["version"],
        filetype(path.name),
        python_tag(path.name),
        upload_form(raw, path.name),
    )


def upload_fields(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the upload form for the distribution at *path*; see `read_distribution`."""
    return read_distribution(path).fields


def _checked(path: Path) -> RawMetadata:
    """Return metadata of which every field is understood: what was misread would stay for ever."""
    archive = read_archive(path, contents=False)
    if archive.metadata is None:
        raise DistributionUnreadable(path.name, "; ".join(archive.defects) or "it has none")
    raw, problem = _understood(archive.metadata)
    if problem:
        raise DistributionUnreadable(path.name, problem)
    return raw


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
