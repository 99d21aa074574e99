"""Releases: drafts, what is public, and what cannot be changed any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.bare import NULL, GitRefused
from releasio.standins.forge.github.answers import (
    Refused,
    as_json,
    invalid,
    invalid_all,
    paged,
    refuse,
)
from releasio.standins.forge.github.assets import asset_page
from releasio.standins.forge.github.pages import node_id, untagged
from releasio.standins.forge.github.state import Release
from releasio.standins.forge.github.tokens import demand

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON

LONGEST_BODY = 125_000  # characters


def release_page(hub: Hub, release: Release) -> JSON:
    """Show a release."""
    api, page = f"{hub.addresses.repository}/releases/{release.id}", hub.addresses.page
    name = release.untagged if release.draft else release.tag
    source = f"{hub.addresses.repository}/{{}}/{release.tag}"
    return {
        "url": api,
        "assets_url": f"{api}/assets",
        "upload_url": f"{hub.addresses.uploads}/releases/{release.id}/assets{{?name,label}}",
        "html_url": f"{page}/releases/tag/{name}",
        "id": release.id,
        "author": hub.user(release.author),
        "node_id": node_id("RE", release.id),
        "tag_name": release.tag,
        "target_commitish": release.target,
        "name": release.name,
        "draft": release.draft,
        "immutable": release.immutable,
        "prerelease": release.prerelease,
        "created_at": release.created_at,
        "updated_at": release.published_at or release.created_at,
        "published_at": release.published_at,
        "assets": [asset_page(hub, release, asset) for asset in release.assets],
        "tarball_url": None if release.draft else source.format("tarball"),
        "zipball_url": None if release.draft else source.format("zipball"),
        "body": release.body,
        **({"discussion_url": release.discussion_url} if release.discussion_url else {}),
    }


def find(asked: Asked) -> Release:
    """
    Return the release that the request is about.

    Raises:
        Refused: There is none, or it is a draft and whoever asks may not see it.
    """
    number = asked.place["release_id"]
    for release in visible(asked):
        if release.id == number:
            return release
    raise refuse(404, "Not Found")


def list_all(asked: Asked) -> Response:
    """List them, the newest first."""
    hub = asked.hub
    newest = sorted(visible(asked), key=lambda one: one.id, reverse=True)
    entries = [release_page(hub, release) for release in newest]
    return paged(asked.request, entries, f"{hub.addresses.repository}/releases")


def by_tag(asked: Asked) -> Response:
    """Show the published one of a tag."""
    for release in asked.hub.state.releases:
        if release.tag == asked.place["tag"] and not release.draft:
            return as_json(release_page(asked.hub, release))
    raise refuse(404, "Not Found")


def create(asked: Asked) -> Response:
    """Make one; a published one of a tag that is not there makes the tag."""
    hub, number = asked.hub, asked.hub.number()
    tag = asked.text("tag_name")
    if not tag:
        raise refuse(422, 'Invalid request.\n\n"tag_name" wasn\'t supplied.')
    release = Release(
        id=number,
        tag=tag,
        target=asked.text("target_commitish") or hub.git.default_branch,
        name=asked.body.get("name"),
        body=asked.body.get("body"),
        draft=True,
        prerelease=asked.flag("prerelease"),
        author=asked.login,
        created_at=hub.now(),
        untagged=untagged(number),
    )
    _check(asked, release)
    if not asked.flag("draft"):
        _publish(asked, release)
    hub.state.releases.append(release)
    return as_json(release_page(hub, release), 201)


def update(asked: Asked) -> Response:
    """Change one, or publish it."""
    release = find(asked)
    tag = asked.text("tag_name", release.tag)
    if release.immutable and tag != release.tag:
        raise invalid(
            resource="Release",
            field="tag_name",
            code="custom",
            message="tag_name cannot be changed",
        )
    changed = {
        "tag": tag,
        "target": asked.text("target_commitish", release.target),
        "name": asked.body.get("name", release.name),
        "body": asked.body.get("body", release.body),
        "prerelease": asked.flag("prerelease", default=release.prerelease),
    }
    draft = asked.flag("draft", default=release.draft)
    candidate = Release(**{**vars(release), **changed})
    _check(asked, candidate)
    if not draft and (release.draft or tag != release.tag):
        _publish(asked, candidate)
    elif draft and not release.draft:
        candidate.draft, candidate.published_at = True, None
    vars(release).update(vars(candidate))
    return as_json(release_page(asked.hub, release))


def visible(asked: Asked) -> list[Release]:
    """Return the releases; drafts only for those who may change them."""
    try:
        demand(asked.hub.state, asked.token, "contents", "write")
    except Refused:
        return [one for one in asked.hub.state.releases if not one.draft]
    return asked.hub.state.releases


def _check(asked: Asked, release: Release) -> None:
    if len(release.body or "") > LONGEST_BODY:
        message = f"body is too long (maximum is {LONGEST_BODY} characters)"
        raise invalid(resource="Release", field="body", code="custom", message=message)
    latest = asked.body.get("make_latest", release.latest)
    if latest not in {"true", "false", "legacy"}:
        raise refuse(422, f"Invalid request.\n\n{latest} is not a member of [true, false, legacy].")
    if latest == "true" and release.prerelease:
        message = "prereleases cannot be the latest release"
        raise invalid(resource="Release", field="make_latest", code="custom", message=message)
    release.latest = latest
    category = asked.text("discussion_category_name")
    if category and category not in asked.hub.state.settings.discussion_categories:
        raise refuse(404, "Not Found")


def _publish(asked: Asked, release: Release) -> None:
    """Make *release* public, with its tag, or say why that cannot be."""
    hub, state = asked.hub, asked.hub.state
    for other in state.releases:
        if other.tag == release.tag and not other.draft and other.id != release.id:
            raise invalid(resource="Release", field="tag_name", code="already_exists")
    if release.tag in state.used_tags:
        raise _no_tag(message="tag_name was used by an immutable release")
    if hub.git.commit_of(f"refs/tags/{release.tag}") is None:
        target = hub.git.commit_of(release.target)
        if target is None:
            raise invalid(resource="Release", field="target_commitish", code="invalid")
        try:
            hub.git.set_ref(f"refs/tags/{release.tag}", target, NULL)
        except GitRefused:
            raise _no_tag(message="tag_name is not well-formed") from None
    release.draft, release.published_at = False, hub.now()
    release.immutable = state.settings.immutable_releases
    if asked.text("discussion_category_name") and not release.discussion_url:
        release.discussion_url = f"{hub.addresses.page}/discussions/{hub.number()}"


def _no_tag(*, message: str) -> Refused:
    where: dict[str, Any] = {"resource": "Release", "code": "custom"}
    reason = {**where, "field": "tag_name", "message": message}
    return invalid_all([reason, {**where, "message": "Published releases must have a valid tag"}])
