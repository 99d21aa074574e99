"""Releases on GitHub: drafts, their files, and what is public."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from releasio.errors.forge.answers import ForgeNotFound, ForgeRefused
from releasio.world.build.digest import sha256_of
from releasio.world.forge.github.api import uploads_of
from releasio.world.forge.github.reading import is_kept, read_asset, read_release

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.forge.release import Asset, ForgeRelease, ReleaseText
    from releasio.world.forge.github.api import GitHubApi

_MANY = 100  # entries of a page, the most there can be
_CATEGORY = "Set github.release_discussion_category to a category of the repository's discussions."
_PAGES = 20  # of releases that are looked through for a draft


class Releases:
    """Releases of one repository; see `Forge` for what each method does."""

    _api: GitHubApi

    def release(self, tag: str) -> ForgeRelease | None:
        """Return the published release of *tag*, else the oldest draft."""
        path = self._api.path(f"/releases/tags/{quote(tag, safe='')}")
        return self._api.find(path, read_release) or self._draft(tag)

    def create_release(self, text: ReleaseText) -> ForgeRelease:
        """
        Make a draft; where its answer gets lost, the draft is looked for.

        Of drafts that two runs make at once the older one stays; the other run takes its own away.
        """
        body = {**_words(text), "draft": True}
        path = self._api.path("/releases")
        change = partial(self._api.change, "POST", path, "make a release", body, read_release)
        created_release = self._api.once(change, lambda: self._draft(text.tag))
        release = self.release(text.tag) or created_release
        if release.id != created_release.id:
            own_path = self._api.path(f"/releases/{created_release.id}")
            take_back = partial(self._api.change, "DELETE", own_path, "take back a draft")
            self._api.once(lambda: _gone(take_back), lambda: None)
        return release

    def edit_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Give it other words; what becomes a pre-release cannot go on as the latest."""
        latest = {"make_latest": "false"} if text.prerelease else {}
        return self._change_release(release, {**_words(text), **latest}, "change a release")

    def publish_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Show it to everybody: latest or not, and with a discussion, is said only now."""
        latest = {None: {}, True: {"make_latest": "true"}, False: {"make_latest": "false"}}
        discussion = {"discussion_category_name": text.discussion} if text.discussion else {}
        body = {**_words(text), "draft": False, **latest[text.latest], **discussion}
        try:
            return self._change_release(release, body, "publish a release")
        except ForgeNotFound:
            if not text.discussion:
                raise
            forge, sentence = self._api.place.name, f"it has no category {text.discussion!r}"
            raise ForgeRefused(forge, "begin a discussion", 404, sentence, hint=_CATEGORY) from None

    def upload_asset(self, release: ForgeRelease, path: Path, name: str) -> Asset:
        """
        Attach a file.

        Where the answer gets lost, a file of that name that arrived whole and has the same bytes
        is it; what was cut off is taken away, and sent again.
        """
        address = f"{uploads_of(self._api.place)}/repos/{self._api.place.slug}"
        params = {"name": name, **({} if is_kept(name) else {"label": name})}
        upload = partial(
            self._api.upload,
            *("POST", f"{address}/releases/{release.id}/assets", path, read_asset),
            params=params,
        )
        return self._api.once(upload, lambda: self._arrived(release, path, name))

    def delete_asset(self, release: ForgeRelease, asset: Asset) -> None:  # noqa: ARG002 -- of `Forge`
        """Take a file away; if it is not there any more, that is as well."""
        path = self._api.path(f"/releases/assets/{asset.id}")
        change = partial(self._api.change, "DELETE", path, "delete a file of a release")
        self._api.once(lambda: _gone(change), lambda: None)

    def sha256_of(self, asset: Asset) -> str:
        """Return the digest that GitHub tells, else of the bytes, which another host gives."""
        if asset.sha256 is not None:
            return asset.sha256
        return self._api.sha256(self._api.address(f"/releases/assets/{asset.id}"))

    def _change_release(
        self, release: ForgeRelease, body: dict[str, object], deed: str
    ) -> ForgeRelease:
        """Change it; to do so twice does no harm."""
        path = self._api.path(f"/releases/{release.id}")
        change = partial(self._api.change, "PATCH", path, deed, body, read_release)
        return self._api.once(change, lambda: None)

    def _draft(self, tag: str) -> ForgeRelease | None:
        """Return the oldest draft of *tag*: only the list has drafts."""
        releases = self._api.each(
            self._api.path("/releases"), read_release, {"per_page": _MANY}, pages=_PAGES
        )
        drafts = [release for release in releases if release.draft and release.tag == tag]
        return min(drafts, key=lambda release: int(release.id), default=None)

    def _arrived(self, release: ForgeRelease, path: Path, name: str) -> Asset | None:
        assets = self._api.path(f"/releases/{release.id}/assets")
        for asset in self._api.each(assets, read_asset, {"per_page": _MANY}):
            if asset.name == name and not asset.complete:
                self.delete_asset(release, asset)
            elif asset.name == name and self.sha256_of(asset) == sha256_of(path):
                return asset
        return None


def _words(text: ReleaseText) -> dict[str, object]:
    return {
        "tag_name": text.tag,
        "name": text.title,
        "body": text.body,
        "prerelease": text.prerelease,
    }


def _gone(change: partial[object]) -> None:
    try:
        change()
    except ForgeNotFound:
        return
