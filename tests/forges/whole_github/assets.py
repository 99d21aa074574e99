"""Files of releases: given out by another host, renamed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from releasio.standins.forge.github.answers import as_json, nothing, refuse
from releasio.standins.forge.github.assets import asset_page, kept_name
from releasio.standins.forge.github.releases import visible
from releasio.standins.forge.github.routes import Route

if TYPE_CHECKING:
    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.state import Asset, Release


BYTES = "application/octet-stream"


def get(asked: Asked) -> Response:
    """Show a file, or send on to its bytes on another host, as the request would have it."""
    release, asset = find(asked)
    if asked.request.headers.get("Accept", "").startswith(BYTES):
        response = Response(status=302)
        response.headers["Location"] = f"{asked.hub.storage}/{asset.id}/{asset.name}"
        return response
    return as_json(asset_page(asked.hub, release, asset))


def update(asked: Asked) -> Response:
    """Give a file another name or label."""
    release, asset = find(asked)
    asset.name = kept_name(asked.text("name", asset.name))
    asset.label = asked.text("label", asset.label)
    return as_json(asset_page(asked.hub, release, asset))


def delete(asked: Asked) -> Response:
    """Take a file away."""
    release, asset = find(asked)
    if release.immutable:
        raise refuse(422, "Cannot delete assets from an immutable release.")
    release.assets.remove(asset)
    return nothing()


def find(asked: Asked) -> tuple[Release, Asset]:
    """
    Return the file that the request is about, and its release.

    Raises:
        Refused: There is none.
    """
    number = asked.place["asset_id"]
    for release in visible(asked):
        for asset in release.assets:
            if asset.id == number:
                return release, asset
    raise refuse(404, "Not Found")


_ASSET = "/releases/assets/<int:asset_id>"
ROUTES = (
    Route("repos/get-release-asset", "GET", _ASSET, "contents", "read", get),
    Route("repos/update-release-asset", "PATCH", _ASSET, "contents", "write", update),
    Route("repos/delete-release-asset", "DELETE", _ASSET, "contents", "write", delete),
)
