"""Releases and the files they link to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged, refuse
from releasio.standins.forge.gitlab.repository import shown_commit
from releasio.standins.forge.gitlab.routes import Route
from releasio.standins.forge.gitlab.state import DEVELOPER, Link, Release
from releasio.standins.forge.gitlab.users import shown_user

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.routes import Asked

_PATH = re.compile(r"/(?:[\-.\w]+/?)*[\da-zA-Z]+")
_URL = re.compile(r"(https?|ftp)://[^\s]+")
_LONGEST = 128  # characters of a path
_TYPES = {"other", "runbook", "image", "package"}


def listed(asked: Asked) -> Response:
    """List the releases, the newest first."""
    releases = sorted(asked.state.releases, key=lambda one: one.released_at, reverse=True)
    return paged(asked.request, [shown(asked, one) for one in releases], asked.address)


def one(asked: Asked) -> Response:
    """Show the release of a tag."""
    return as_json(shown(asked, of_tag(asked)))


def create(asked: Asked) -> Response:
    """Make a release, and the tag if there is none and a `ref` says where."""
    tag = asked.text("tag_name")
    if not tag:
        raise refuse(400, "tag_name is missing")
    if any(release.tag == tag for release in asked.state.releases):
        raise refuse(409, "Release already exists")
    if asked.git.ref(f"refs/tags/{tag}") is None:
        commit = asked.git.commit_of(asked.text("ref")) if asked.text("ref") else None
        if commit is None:
            raise refuse(422, "Ref is not specified" if not asked.text("ref") else "Bad ref")
        asked.git.set_ref(f"refs/tags/{tag}", commit)
    release = Release(
        tag=tag,
        name=asked.text("name", tag),
        description=asked.text("description"),
        author=asked.user,
        created_at=asked.now,
        released_at=asked.text("released_at", asked.now),
    )
    for fields in (asked.body.get("assets") or {}).get("links") or []:
        release.links.append(_new_link(asked, release, fields))
    asked.state.releases.append(release)
    return as_json(shown(asked, release), 201)


def update(asked: Asked) -> Response:
    """Change what a release says."""
    release = of_tag(asked)
    release.name = asked.text("name", release.name)
    release.description = asked.text("description", release.description)
    release.released_at = asked.text("released_at", release.released_at)
    return as_json(shown(asked, release))


def add_link(asked: Asked) -> Response:
    """Link one more file."""
    release = of_tag(asked)
    link = _new_link(asked, release, asked.body)
    release.links.append(link)
    return as_json(shown_link(asked, release, link), 201)


def of_tag(asked: Asked) -> Release:
    """
    Return the release that the address names.

    Raises:
        Refused: There is none.
    """
    for release in asked.state.releases:
        if release.tag == asked.parts["tag"]:
            return release
    raise not_found()


def _new_link(asked: Asked, release: Release, fields: dict[str, Any]) -> Link:
    name, url = str(fields.get("name") or ""), str(fields.get("url") or "")
    path = fields.get("direct_asset_path") or fields.get("filepath")
    kind = str(fields.get("link_type") or "other")
    problems = []
    if not name:
        problems.append("Links name can't be blank")
    if not _URL.fullmatch(url):
        problems.append("Links url is blocked: Only allowed schemes are http, https, ftp")
    if path and (not _PATH.fullmatch(path) or len(path) > _LONGEST):
        problems.append("Links filepath is in an invalid format")
    if kind not in _TYPES:
        problems.append("Links link type is invalid")
    for link in release.links:
        if link.name == name:
            problems.append("Links name has already been taken")
        if link.url == url:
            problems.append("Links url has already been taken")
        if path and link.path == path:
            problems.append("Links filepath has already been taken")
    if problems:
        raise refuse(400, problems)
    return Link(id=next(asked.state.ids), name=name, url=url, path=path, link_type=kind)


def shown(asked: Asked, release: Release) -> dict[str, Any]:
    """Return what GitLab says of a release."""
    commit = asked.git.commit_of(f"refs/tags/{release.tag}")
    page = f"{asked.page}/-/releases/{quote(release.tag, safe='')}"
    return {
        "name": release.name,
        "tag_name": release.tag,
        "description": release.description,
        "created_at": release.created_at,
        "released_at": release.released_at,
        "upcoming_release": release.released_at > asked.now,
        "author": shown_user(asked, release.author),
        "commit": shown_commit(asked, commit) if commit else None,
        "assets": {
            "count": len(release.links) + 2,
            "sources": [
                {"format": kind, "url": f"{asked.page}/-/archive/{release.tag}.{kind}"}
                for kind in ("zip", "tar.gz")
            ],
            "links": [shown_link(asked, release, link) for link in release.links],
        },
        "evidences": [],
        "_links": {"self": page, "edit_url": f"{page}/edit"},
    }


def shown_link(asked: Asked, release: Release, link: Link) -> dict[str, Any]:
    """Return what GitLab says of a file of a release."""
    page = f"{asked.page}/-/releases/{quote(release.tag, safe='')}/downloads{link.path}"
    return {
        "id": link.id,
        "name": link.name,
        "url": link.url,
        "direct_asset_url": page if link.path else link.url,
        "link_type": link.link_type,
    }


_ROOT = "/projects/:id/releases"
ROUTES = {
    f"GET {_ROOT}": Route(listed, job=True),
    f"POST {_ROOT}": Route(create, DEVELOPER, job=True),
    f"GET {_ROOT}/:tag": Route(one, job=True),
    f"PUT {_ROOT}/:tag": Route(update, DEVELOPER, job=True),
    f"POST {_ROOT}/:tag/assets/links": Route(add_link, DEVELOPER, job=True),
}
