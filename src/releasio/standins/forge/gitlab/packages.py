"""The generic package registry."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged, refuse
from releasio.standins.forge.gitlab.routes import Route, numbered
from releasio.standins.forge.gitlab.state import DEVELOPER, Package, PackageFile

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.routes import Asked

_NAME = re.compile(r"[A-Za-z0-9._\-+]+")
_VERSION = re.compile(r"(?!.*\.\.)[\w+.-]+")
_FILE = re.compile(r"(?!~)[A-Za-z0-9._\-+~]+(?<!~)")


def listed(asked: Asked) -> Response:
    """List packages; the name is looked for anywhere in names."""
    demand_registry(asked)
    packages = [
        {
            "id": package.id,
            "name": package.name,
            "version": package.version,
            "package_type": "generic",
            "status": "default",
            "created_at": package.created_at,
        }
        for package in asked.state.packages
        if asked.text("package_name") in package.name
        and asked.text("package_version", package.version) == package.version
    ]
    return paged(asked.request, packages, asked.address)


def files(asked: Asked) -> Response:
    """List the files of a package, the oldest first."""
    demand_registry(asked)
    package = of_number(asked)
    return paged(asked.request, [_shown(package, file) for file in package.files], asked.address)


def upload(asked: Asked) -> Response:
    """Store a file, also if there is one of its name."""
    demand_registry(asked)
    name, version, filename = (asked.parts[part] for part in ("name", "version", "file"))
    for field, value, form in (
        ("package_name", name, _NAME),
        ("package_version", version, _VERSION),
        ("file_name", filename, _FILE),
    ):
        if not form.fullmatch(value):
            raise refuse(400, f"{field} is invalid")
    package = of_version(asked, name, version)
    if package is None:
        package = Package(
            id=next(asked.state.ids), name=name, version=version, created_at=asked.now
        )
        asked.state.packages.append(package)
    file = PackageFile(
        id=next(asked.state.ids),
        name=filename,
        data=asked.request.get_data(),
        created_at=asked.now,
    )
    package.files.append(file)
    if asked.request.args.get("select") == "package_file":
        return as_json(_shown(package, file), 201)
    return as_json({"message": "201 Created"}, 201)


def demand_registry(asked: Asked) -> None:
    """
    Return if the project has a registry.

    Raises:
        Refused: It has none.
    """
    if not asked.state.settings.packages:
        raise not_found()


def of_number(asked: Asked) -> Package:
    """
    Return the package that the address names.

    Raises:
        Refused: There is none.
    """
    number = numbered(asked, "package", "")
    for package in asked.state.packages:
        if package.id == number:
            return package
    raise not_found()


def of_version(asked: Asked, name: str, version: str) -> Package | None:
    """Return the package of a name and a version; None: there is none."""
    for package in asked.state.packages:
        if (package.name, package.version) == (name, version):
            return package
    return None


def _shown(package: Package, file: PackageFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "package_id": package.id,
        "created_at": file.created_at,
        "file_name": file.name,
        "size": len(file.data),
        "file_md5": None,
        "file_sha1": None,
        "file_sha256": hashlib.sha256(file.data).hexdigest(),
    }


_ROOT = "/projects/:id/packages"
GENERIC = f"{_ROOT}/generic/:name/:version/:file"
ROUTES = {
    f"GET {_ROOT}": Route(listed, job=True),
    f"GET {_ROOT}/:package/package_files": Route(files, job=True),
    f"PUT {GENERIC}": Route(upload, DEVELOPER, job=True),
}
