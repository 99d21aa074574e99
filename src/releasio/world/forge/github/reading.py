"""What GitHub's documents say, as our own values; what is missing raises `KeyError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.forge.pull_request import PullRequest
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

    GitHub changes names that have other characters than it likes, by rules that it does not tell.
    What the file was called is in its label then, for so we upload it; another label is people's.
    """
    name, label = document["name"], document.get("label") or ""
    digest = document.get("digest") or ""
    return Asset(
        name=label if label and _letters(label) == _letters(name) else name,
        size=document["size"],
        sha256=digest.removeprefix(_DIGEST) if digest.startswith(_DIGEST) else None,
        id=str(document["id"]),
        url=document["browser_download_url"],
        complete=document["state"] == "uploaded",
    )


def is_kept(name: str) -> bool:
    """Tell whether GitHub leaves the *name* of a file as it is."""
    return name.isascii() and all(letter.isalnum() or letter in "._-" for letter in name)


def _letters(name: str) -> str:
    """Return the letters and digits of a name, as GitHub writes those of other alphabets."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def read_pull_request(document: Document) -> PullRequest:
    """Return a pull request, of a list or by itself."""
    is_merged = document["merged_at"] is not None
    is_open = document["state"] == "open"
    return PullRequest(
        number=document["number"],
        title=document["title"],
        body=document["body"] or "",
        head=document["head"]["ref"],
        head_commit=document["head"]["sha"],
        base=document["base"]["ref"],
        state="open" if is_open else "merged" if is_merged else "closed",
        url=document["html_url"],
        labels=tuple(_name(label) for label in document["labels"]),
        draft=bool(document.get("draft")),
        # of an open one it is a trial of GitHub's own
        merge_commit=document["merge_commit_sha"] if is_merged else None,
        id=document["node_id"],
    )


def _name(label: Document | str) -> str:
    """Return the name of a label, of which some answers have nothing else."""
    return label if isinstance(label, str) else str(label["name"])
