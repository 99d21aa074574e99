"""A distribution file's metadata, as the upload form wants it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from releasio.errors.index import DistributionUnreadable
from releasio.world.archive import BROKEN, is_usual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twine.package import PackageFile

# fields of metadata 2.5 that twine leaves out; the form's names are in the singular
_NEWER = {"import_names": "import_name", "import_namespaces": "import_namespace"}


@dataclass(frozen=True)
class Distribution:
    """
    What a distribution file says of itself.

    Attributes:
        name: The project's name, spelled as in the metadata.
        version: As in the metadata.
        filetype: `sdist` or `bdist_wheel`.
        pyversion: `source`, or the wheel's Python tag.
        fields: The upload form, without the file: names may repeat, order counts.
    """

    name: str
    version: str
    filetype: str
    pyversion: str
    fields: tuple[tuple[str, str], ...]


def read_distribution(path: Path) -> Distribution:
    """
    Read the metadata of the wheel or sdist at *path*.

    Raises:
        DistributionUnreadable: It is none, is damaged, or says nonsense.
    """
    # 200 ms: twine brings requests and rich
    from twine.exceptions import TwineException  # noqa: PLC0415
    from twine.package import PackageFile  # noqa: PLC0415

    try:
        _refuse_unusual(path)
        package = PackageFile.from_filename(str(path), comment=None)
    except (TwineException, *BROKEN) as error:
        # twine names the file with its whole path, which is nobody's business in a log
        problem = str(error).replace(str(path), path.name) or type(error).__name__
        raise DistributionUnreadable(path.name, problem) from error
    raw = cast("Mapping[str, object]", package.metadata)
    return Distribution(
        str(raw["name"]),
        package.version,
        package.filetype,
        package.python_version,
        _fields(package, raw),
    )


def upload_fields(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the upload form for the distribution at *path*; see `read_distribution`."""
    return read_distribution(path).fields


def _refuse_unusual(path: Path) -> None:
    if path.suffix != ".whl":
        return
    with zipfile.ZipFile(path) as archive:
        if not all(map(is_usual, archive.infolist())):
            raise DistributionUnreadable(path.name, "its compression is none that indexes take")


def _fields(package: PackageFile, raw: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    form = dict(cast("Mapping[str, object]", package.metadata_dictionary()))
    # twine replaces `_` in names, and the index shows the project under the name sent last
    form["name"] = raw["name"]
    form |= {field: raw[name] for name, field in _NEWER.items() if name in raw}
    return tuple((name, text) for name, value in form.items() for text in _texts(name, value))


def _texts(name: str, value: object) -> tuple[str, ...]:
    match value:
        case dict():
            return tuple(f"{label}, {url}" for label, url in value.items())
        case list() | tuple() if name == "keywords":
            return (",".join(value),) if value else ()
        case list() | tuple():
            return tuple(value)
        case str():
            return (value,) if value else ()
    msg = f"twine gave {name} as {type(value).__name__}"
    raise TypeError(msg)
