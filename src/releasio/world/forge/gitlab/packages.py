"""
The files of releases, in the generic package registry.

Source: https://docs.gitlab.com/user/packages/generic_packages/
"""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from releasio.errors.forge.answers import ForgeForbids, ForgeNotFound
from releasio.errors.forge.lacks import ForgeLacks
from releasio.frozen import frozen
from releasio.text.pattern import pattern
from releasio.world.forge.api import HIDDEN

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.forge.gitlab.project import Project

PACKAGE = "release-assets"  # a name of our own, so that no package of the project's is meant
_ENCODED = pattern("_x([0-9a-f]{2})_")
_UNFIT = pattern(r"[^A-Za-z0-9._+-]")


@frozen
class StoredFile:
    """
    A file in the registry.

    Attributes:
        name: As it is stored.
        size: In bytes.
        sha256: Hexadecimal; None: GitLab does not say.
        package: The number of its package.
        id: Its own number.
    """

    name: str
    size: int
    sha256: str | None
    package: int
    id: int


class Packages:
    """One package of the project for each tag."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._overlooked: set[int] = set()
        self._uploading = threading.Lock()  # GitLab asks for one after the other

    def files(self, tag: str) -> dict[str, StoredFile]:
        """Return what is stored for *tag*, by name; of several of one name the newest."""
        version = version_of(tag)
        query: dict[str, str | int] = {
            "package_type": "generic",
            "package_name": PACKAGE,
            "package_version": version,
            "per_page": 100,
        }
        api, path = self._project.api, self._project.path("packages")
        files: dict[str, StoredFile] = {}
        # hidden: the registry is off, or not for this token; uploading says so
        for package in api.each(path, _package, query, nothing=HIDDEN):
            # older ones do not know the last parameter, and the name is looked for inside names
            if package[1:] == (PACKAGE, version):
                below = self._project.path("packages", str(package[0]), "package_files")
                for file in api.each(below, _file, {"per_page": 100}):
                    is_newer = file.name not in files or files[file.name].id < file.id
                    if is_newer and file.id not in self._overlooked:
                        files[file.name] = file
        return files

    def upload(self, tag: str, path: Path, name: str) -> StoredFile:
        """Store *path* under *name*."""
        project = self._project
        with self._uploading:
            try:
                return project.api.upload(
                    "PUT",
                    project.path("packages", "generic", PACKAGE, version_of(tag), name),
                    path,
                    _file,
                    params={"select": "package_file"},
                )
            except ForgeNotFound:
                raise ForgeLacks(
                    project.place.name,
                    f"package registry in {project.place.slug} that this token may write to",
                    hint="Turn the package registry on in the project's settings: the files of "
                    "releases are kept there. The token needs the role Developer.",
                ) from None

    def delete(self, package: str, number: str) -> None:
        """Remove the file of that number; where the role is too low for that, overlook it."""
        self._overlooked.add(int(number))
        path = self._project.path("packages", package, "package_files", number)
        with suppress(ForgeForbids):  # a developer may add files, and a maintainer remove them
            self._project.api.change("DELETE", path, "remove a file of the package registry")

    def url(self, tag: str, name: str) -> str:
        """Return the address of a stored file."""
        api, project = self._project.place.api, self._project.reference()
        below = "/".join(quote(part, safe="") for part in (PACKAGE, version_of(tag), name))
        return f"{api}/projects/{project}/packages/generic/{below}"


def stored_name(name: str) -> str:
    """Return the name that the registry takes a file by: `!` becomes `_x21_`, and the like."""
    return _UNFIT.sub(lambda match: "".join(f"_x{x:02x}_" for x in match[0].encode()), name)


def real_name(stored: str) -> str:
    """Return the name of the file that is stored as *stored*."""
    octets = _ENCODED.sub(lambda match: bytes.fromhex(match[1]).decode("latin-1"), stored)
    try:
        name = octets.encode("latin-1").decode()
    except UnicodeDecodeError:
        return stored
    return name if stored_name(name) == stored else stored


def stored_at(url: str, tag: str) -> str | None:
    """Return the name of the file of *tag* that *url* is of; None: it is none of ours."""
    path = unquote(urlsplit(url).path)
    _, found, name = path.partition(f"/packages/generic/{PACKAGE}/{version_of(tag)}/")
    return name if found and "/" not in name else None


def version_of(tag: str) -> str:
    """Return the version of the package for *tag*: the tag, as far as versions look like that."""
    return re.sub(r"\.{2,}", ".", _UNFIT.sub("-", tag))


def _package(answer: dict[str, Any]) -> tuple[int, str, str]:
    return int(answer["id"]), str(answer["name"]), str(answer["version"])


def _file(answer: dict[str, Any]) -> StoredFile:
    return StoredFile(
        name=str(answer["file_name"]),
        size=int(answer.get("size") or 0),
        sha256=answer.get("file_sha256"),
        package=int(answer["package_id"]),
        id=int(answer["id"]),
    )
