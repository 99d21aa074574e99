"""Releases and files that are removed, and files that are fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged
from releasio.standins.forge.gitlab.packages import GENERIC, demand_registry, of_number, of_version
from releasio.standins.forge.gitlab.releases import of_tag, shown, shown_link
from releasio.standins.forge.gitlab.routes import Route, numbered
from releasio.standins.forge.gitlab.state import DEVELOPER, MAINTAINER

if TYPE_CHECKING:
    from tests.forges.whole_gitlab.state import Asked


def delete(asked: Asked) -> Response:
    """Remove a release; its tag stays."""
    release = of_tag(asked)
    asked.state.releases.remove(release)
    return as_json(shown(asked, release))


def links(asked: Asked) -> Response:
    """List the links of a release."""
    release = of_tag(asked)
    entries = [shown_link(asked, release, link) for link in release.links]
    return paged(asked.request, entries, asked.address)


def remove_link(asked: Asked) -> Response:
    """Take a link away; what it is to stays where it is."""
    release, number = of_tag(asked), numbered(asked, "link", "")
    for link in release.links:
        if link.id == number:
            release.links.remove(link)
            return as_json(shown_link(asked, release, link))
    raise not_found()


def download(asked: Asked) -> Response:
    """Give the newest file of a name."""
    demand_registry(asked)
    package = of_version(asked, asked.parts["name"], asked.parts["version"])
    for file in reversed(package.files if package else []):
        if file.name == asked.parts["file"]:
            return Response(file.data, mimetype="application/octet-stream")
    raise not_found()


def delete_file(asked: Asked) -> Response:
    """Remove a file."""
    package, number = of_number(asked), numbered(asked, "file", "")
    for file in package.files:
        if file.id == number:
            package.files.remove(file)
            return Response(status=204)
    raise not_found()


_RELEASE = "/projects/:id/releases/:tag"
ROUTES = {
    f"DELETE {_RELEASE}": Route(delete, DEVELOPER, job=True),
    f"GET {_RELEASE}/assets/links": Route(links, job=True),
    f"DELETE {_RELEASE}/assets/links/:link": Route(remove_link, DEVELOPER, job=True),
    f"GET {GENERIC}": Route(download, job=True),
    "DELETE /projects/:id/packages/:package/package_files/:file": Route(
        delete_file, MAINTAINER, job=True
    ),
}
