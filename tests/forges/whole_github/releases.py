"""Releases by themselves: the latest one, their removal, and whether they can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from releasio.standins.forge.github import releases
from releasio.standins.forge.github.answers import as_json, invalid, nothing, refuse
from releasio.standins.forge.github.releases import find, release_page
from releasio.standins.forge.github.routes import Route
from tests.forges.whole_github.rules import violation_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.state import Release


def get(asked: Asked) -> Response:
    """Show one."""
    return as_json(release_page(asked.hub, find(asked)))


def latest(asked: Asked) -> Response:
    """Show the one that is shown as the newest."""
    release = latest_of(asked.hub.state.releases)
    if release is None:
        raise refuse(404, "Not Found")
    return as_json(release_page(asked.hub, release))


def latest_of(all_releases: list[Release]) -> Release | None:
    """Return the one that is shown as the newest: the last made so, else by version."""
    final = [one for one in all_releases if not one.draft and not one.prerelease]
    named = [one for one in final if one.latest == "true"]
    rest = [one for one in final if one.latest != "false"] or final
    if named:
        return max(named, key=lambda one: (one.published_at or "", one.id))
    return max(rest, key=_by_version, default=None)


def delete(asked: Asked) -> Response:
    """Remove one; the tag stays, and of an immutable one is used up."""
    release, state = find(asked), asked.hub.state
    if release.immutable:
        state.used_tags.add(release.tag)
    state.releases.remove(release)
    return nothing()


def immutability(asked: Asked) -> Response:
    """Say whether releases cannot be changed once they are published."""
    if not asked.hub.state.settings.immutable_releases:
        raise refuse(404, "Not Found")
    return as_json({"enabled": True, "enforced_by_owner": False})


def _by_version(release: Release) -> tuple[Version, int]:
    """Return what GitHub sorts by where nobody said which is the latest."""
    try:
        return Version(release.tag.rpartition("/")[2]), release.id
    except InvalidVersion:
        return Version("0"), release.id


def _create(asked: Asked) -> Response:
    _demand_tag(asked, asked.text("tag_name"), draft=asked.flag("draft"))
    return releases.create(asked)


def _update(asked: Asked) -> Response:
    release = find(asked)
    tag = asked.text("tag_name", release.tag)
    _demand_tag(asked, tag, draft=asked.flag("draft", default=release.draft))
    return releases.update(asked)


def _demand_tag(asked: Asked, tag: str, *, draft: bool) -> None:
    """Refuse what would make a tag that the rules are against."""
    ref = f"refs/tags/{tag}"
    is_new = not draft and asked.hub.git.commit_of(ref) is None
    if is_new and (violation := violation_of(asked, ref, "")):
        raise invalid(resource="Release", field="pre_receive", code="custom", message=violation)


_RELEASE = "/releases/<int:release_id>"
ROUTES = (
    Route("repos/create-release", "POST", "/releases", "contents", "write", _create),
    Route("repos/get-latest-release", "GET", "/releases/latest", "contents", "read", latest),
    Route("repos/get-release", "GET", _RELEASE, "contents", "read", get),
    Route("repos/update-release", "PATCH", _RELEASE, "contents", "write", _update),
    Route("repos/delete-release", "DELETE", _RELEASE, "contents", "write", delete),
    Route(
        "repos/check-immutable-releases",
        *("GET", "/immutable-releases", "administration", "read"),
        immutability,
    ),
)
