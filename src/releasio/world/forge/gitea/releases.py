"""Releases of a repository, which are drafts first, and their files."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.answers import ForgeRefused
from releasio.rules.forge.release import Asset, ForgeRelease, ReleaseText

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.forge.api import Api
    from releasio.world.forge.gitea.repository import GiteaRepository


class Releases:
    """
    Releases of one repository; see `Forge` for what each method does.

    A tag has one at most, draft or not.
    """

    _api: Api
    _repository: GiteaRepository

    def release(self, tag: str) -> ForgeRelease | None:
        """Return the release of *tag*; None: there is none."""
        release = self._api.find(self._release_path("tags", tag), _release)
        if release is not None:
            return release
        # not every version of Gitea shows a draft by its tag
        drafts = self._api.each(
            self._release_path(), _release, {"draft": "true", "limit": 50}, pages=10
        )
        return min(
            (draft for draft in drafts if draft.tag == tag and draft.draft),
            key=lambda draft: int(draft.id),
            default=None,
        )

    def create_release(self, text: ReleaseText) -> ForgeRelease:
        """Make a draft; where another run was faster, its own is taken."""
        body = {"tag_name": text.tag, "draft": True, **_words(text)}
        try:
            return self._api.change("POST", self._release_path(), "make a release", body, _release)
        except ForgeRefused as error:
            release = self.release(text.tag) if error.status == HTTPStatus.CONFLICT else None
            if release is None:
                raise
            return release

    def edit_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make *release* say *text*; whether it is a draft stays."""
        path = self._release_path(release.id)
        return self._api.change("PATCH", path, "edit a release", _words(text), _release)

    def publish_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """
        Show *release* to everybody.

        Raises:
            ForgeRefused: Its tag is not there; Gitea would make it, on the default branch.
        """
        deed = "publish a release"
        if self._api.find(self._repository.path("tags", release.tag), _name) is None:
            words = f"there is no tag {release.tag}"
            hint = f"Push the tag, then run again: git push origin {release.tag}"
            raise ForgeRefused(self._repository.place.name, deed, 404, words, hint=hint)
        body = {"draft": False, **_words(text)}
        return self._api.change("PATCH", self._release_path(release.id), deed, body, _release)

    def upload_asset(self, release: ForgeRelease, path: Path, name: str) -> Asset:
        """Attach a file."""
        return self._api.upload(
            "POST",
            self._release_path(release.id, "assets"),
            path,
            _asset,
            field="attachment",
            name=name,
            params={"name": name},
        )

    def delete_asset(self, release: ForgeRelease, asset: Asset) -> None:
        """Take a file away."""
        path = self._release_path(release.id, "assets", asset.id)
        self._api.change("DELETE", path, "take a file from a release")

    def sha256_of(self, asset: Asset) -> str:
        """Return the digest of a file, which is downloaded."""
        return self._api.sha256(asset.url)

    def _release_path(self, *parts: str) -> str:
        return self._repository.path("releases", *parts)


def _words(text: ReleaseText) -> dict[str, object]:
    return {"name": text.title, "body": text.body, "prerelease": text.prerelease}


def _release(answer: dict[str, Any]) -> ForgeRelease:
    return ForgeRelease(
        id=str(int(answer["id"])),
        tag=str(answer["tag_name"]),
        title=str(answer.get("name") or ""),
        body=str(answer.get("body") or ""),
        draft=bool(answer["draft"]),
        prerelease=bool(answer["prerelease"]),
        immutable=False,
        url=str(answer.get("html_url") or ""),
        assets=tuple(_asset(asset) for asset in answer.get("assets") or ()),
    )


def _asset(answer: dict[str, Any]) -> Asset:
    return Asset(
        name=str(answer["name"]),
        size=int(answer.get("size") or 0),
        sha256=None,  # Gitea does not say
        id=str(int(answer["id"])),
        url=str(answer["browser_download_url"]),
    )


def _name(answer: dict[str, Any]) -> str:
    return str(answer["name"])
