"""Releases, which may be drafts, and their attachments."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.standins.forge.bare import NULL
from releasio.standins.forge.gitea.answers import Refused, as_json, not_found, paged
from releasio.standins.forge.gitea.people import shown_user
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import ROLES, Attachment, Release

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.routes import Asked


def listed(asked: Asked) -> Response:
    """List the releases, the newest first; drafts only for those who may write."""
    releases = [one for one in reversed(asked.state.releases) if _is_visible(asked, one)]
    if "draft" in asked.request.args:
        is_draft = asked.request.args["draft"] == "true"
        releases = [one for one in releases if one.draft == is_draft]
    return paged(asked.request, [shown(asked, one) for one in releases], asked.address)


def by_tag(asked: Asked) -> Response:
    """Show the release of a tag."""
    for release in asked.state.releases:
        if release.tag == asked.parts["tag"] and _is_visible(asked, release):
            return as_json(shown(asked, release))
    raise not_found()


def create(asked: Asked) -> Response:
    """Make a release; and, unless it is a draft, its tag."""
    tag = asked.text("tag_name")
    if not tag:
        raise Refused(422, "[TagName]: Required")
    if any(release.tag == tag for release in asked.state.releases):
        raise Refused(409, "Release already exist")
    release = Release(
        id=next(asked.state.ids),
        tag=tag,
        name=asked.text("name", tag),
        body=asked.text("body"),
        draft=bool(asked.body.get("draft")),
        prerelease=bool(asked.body.get("prerelease")),
        author=asked.user,
        created_at=asked.now,
    )
    if not release.draft:
        _make_tag(asked, release)
    asked.state.releases.append(release)
    return as_json(shown(asked, release), 201)


def update(asked: Asked) -> Response:
    """Change a release; publishing makes its tag, if there is none."""
    release = of_number(asked)
    release.tag = asked.text("tag_name", release.tag)
    release.name = asked.text("name", release.name)
    release.body = asked.text("body", release.body)
    release.prerelease = bool(asked.body.get("prerelease", release.prerelease))
    if not asked.body.get("draft", release.draft):
        _make_tag(asked, release)
        release.draft = False
    return as_json(shown(asked, release))


def attach(asked: Asked) -> Response:
    """Take a file, from a form or as the body."""
    release = of_number(asked)
    file = asked.request.files.get("attachment")
    name = asked.request.args.get("name") or (file.filename if file else "")
    if not name:
        raise Refused(400, "the name of the attachment is missing")
    attachment = Attachment(
        id=next(asked.state.ids),
        uuid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{release.id} {len(release.attachments)}")),
        name=name,
        data=file.read() if file else asked.request.get_data(),
        created_at=asked.now,
    )
    release.attachments.append(attachment)
    return as_json(shown_attachment(asked, release, attachment), 201)


def _is_visible(asked: Asked, release: Release) -> bool:
    role = asked.token.user.role if asked.token else "none"
    return not release.draft or ROLES.index(role) >= ROLES.index("write")


def of_number(asked: Asked) -> Release:
    """
    Return the release that the address names.

    Raises:
        Refused: There is none that the sender may see.
    """
    number = asked.number("release")
    for release in asked.state.releases:
        if release.id == number and _is_visible(asked, release):
            return release
    raise not_found()


def _make_tag(asked: Asked, release: Release) -> None:
    if asked.git.ref(f"refs/tags/{release.tag}") is None:
        target = asked.git.commit_of(asked.text("target_commitish", asked.git.default_branch))
        if target is None:
            raise Refused(404, "the target of the tag is not there")
        asked.git.set_ref(f"refs/tags/{release.tag}", target, NULL)


def shown(asked: Asked, release: Release) -> dict[str, Any]:
    """Return what Gitea says of a release."""
    return {
        "id": release.id,
        "tag_name": release.tag,
        "target_commitish": asked.git.default_branch,
        "name": release.name,
        "body": release.body,
        "url": f"{asked.site}/api/v1/repos/{asked.slug}/releases/{release.id}",
        "html_url": f"{asked.page}/releases/tag/{quote(release.tag)}",
        "draft": release.draft,
        "prerelease": release.prerelease,
        "created_at": release.created_at,
        "published_at": release.created_at,
        "author": shown_user(asked, release.author),
        "assets": [shown_attachment(asked, release, one) for one in release.attachments],
    }


def shown_attachment(asked: Asked, release: Release, attachment: Attachment) -> dict[str, Any]:
    """Return what Gitea says of a file of a release."""
    below = f"releases/download/{quote(release.tag)}/{quote(attachment.name)}"
    return {
        "id": attachment.id,
        "name": attachment.name,
        "size": len(attachment.data),
        "download_count": 0,
        "created_at": attachment.created_at,
        "uuid": attachment.uuid,
        "browser_download_url": f"{asked.page}/{below}",
        "type": "attachment",
    }


ROOT = "/repos/:owner/:repo/releases"
ROUTES = {
    f"GET {ROOT}": Route(listed),
    f"POST {ROOT}": Route(create, role="write"),
    f"GET {ROOT}/tags/:tag": Route(by_tag),
    f"PATCH {ROOT}/:release": Route(update, role="write"),
    f"POST {ROOT}/:release/assets": Route(attach, role="write"),
}
