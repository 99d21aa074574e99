"""What GitHub's documents say, as our own values; what is missing raises `KeyError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.forge.release import Asset, ForgeRelease

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]

_DIGEST = "sha256:"


def read_release(document: Document) -> ForgeRelease:
    """Return a release."""
    return ForgeRelease(
        id=str(document["id"]),
        tag=document["tag_name"],
        title=document["name"] or "",
        body=document.get("body") or "",
        draft=document["draft"],
        prerelease=document["prerelease"],
        immutable=bool(document.get("immutable")),
        url=document["html_url"],
        assets=tuple(map(read_asset, document["assets"])),
    )


def read_asset(document: Document) -> Asset:
    """
    Return a file of a release.

    GitHub changes names that have other characters than it likes. What the file was called is in
    its label then, for so we upload it.
    """
    name, label = document["name"], document.get("label") or ""
    digest = document.get("digest") or ""
    return Asset(
        name=label if label and kept_name(label) == name else name,
        size=document["size"],
        sha256=digest.removeprefix(_DIGEST) if digest.startswith(_DIGEST) else None,
        id=str(document["id"]),
        url=document["browser_download_url"],
        complete=document["state"] == "uploaded",
    )


def kept_name(name: str) -> str:
    """Return what GitHub makes of the *name* of a file."""
    import re

    return re.sub(r"[^A-Za-z0-9._+@-]+", ".", name).strip(".")
