"""Files of releases, which are known by their digest."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json, invalid, paged, refuse
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.state import Asset

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON
    from releasio.standins.forge.github.state import Release

_MOST = 1000  # files of a release


def kept_name(name: str) -> str:
    """Return what GitHub makes of the *name* of a file."""
    return re.sub(r"[^A-Za-z0-9_+@-]+", ".", name).strip(".") or "default"


def asset_page(hub: Hub, release: Release, asset: Asset) -> JSON:
    """Show a file."""
    folder = release.untagged if release.draft else release.tag
    return {
        "url": f"{hub.addresses.repository}/releases/assets/{asset.id}",
        "id": asset.id,
        "node_id": node_id("RA", asset.id),
        "name": asset.name,
        "label": asset.label,
        "uploader": hub.user(asset.uploader),
        "content_type": asset.content_type,
        "state": asset.state,
        "size": len(asset.data),
        "digest": asset.digest if asset.state == "uploaded" else None,
        "download_count": 0,
        "created_at": asset.created_at,
        "updated_at": asset.created_at,
        "browser_download_url": f"{hub.addresses.page}/releases/download/{folder}/{asset.name}",
    }


def list_all(asked: Asked, release: Release) -> Response:
    """List the files of a release."""
    entries = [asset_page(asked.hub, release, asset) for asset in release.assets]
    where = f"{asked.hub.addresses.repository}/releases/{release.id}/assets"
    return paged(asked.request, entries, where)


def upload(asked: Asked, release: Release) -> Response:
    """
    Take a file.

    Raises:
        Refused: The release takes no files, or none of that name.
    """
    name = asked.request.args.get("name", "")
    if release.immutable:
        raise refuse(422, "Cannot upload assets to an immutable release.")
    if not name:
        raise invalid(resource="ReleaseAsset", field="name", code="missing_field")
    if any(asset.name == kept_name(name) for asset in release.assets):
        raise invalid(resource="ReleaseAsset", field="name", code="already_exists")
    if len(release.assets) >= _MOST:
        message = f"a release can have at most {_MOST} assets"
        raise invalid(resource="ReleaseAsset", field="release", code="custom", message=message)
    if not asked.request.content_type:
        raise refuse(400, "Content-Type is required")
    data = asked.request.get_data()
    if not data:
        raise refuse(400, "Bad Content-Length: 0")
    asset = Asset(
        id=asked.hub.number(),
        name=kept_name(name),
        label=asked.request.args.get("label", ""),
        content_type=asked.request.content_type,
        data=data,
        state="uploaded",
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
        uploader=asked.login,
        created_at=asked.hub.now(),
    )
    release.assets.append(asset)
    return as_json(asset_page(asked.hub, release, asset), 201)
