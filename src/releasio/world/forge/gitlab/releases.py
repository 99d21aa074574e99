"""
Releases of a project: files first, the release last, for it is public from its first moment.

Source: https://docs.gitlab.com/api/releases/
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.answers import ForgeRefused
from releasio.frozen import frozen, replace
from releasio.rules.forge.release import Asset, ForgeRelease, ReleaseText
from releasio.text.pattern import pattern
from releasio.world.build.digest import sha256_of
from releasio.world.forge.gitlab.packages import (
    Packages,
    StoredFile,
    real_name,
    stored_at,
    stored_name,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.world.forge.gitlab.project import Project

# what GitLab takes as the path of a direct link, and how long it may be
_LINKABLE = pattern(r"/(?:[-.\w]+/?)*[\da-zA-Z]+")
_LONGEST = 128
_DISTRIBUTIONS = (".whl", ".tar.gz", ".zip")


@frozen
class Link:
    """
    A file of a published release, wherever it lies.

    Attributes:
        id: Its number.
        name: As people see it.
        url: Where the file lies.
        page: Where people download it.
    """

    id: int
    name: str
    url: str
    page: str


class Releases:
    """Releases of one project; see `Forge` for what each method does."""

    _project: Project
    _packages: Packages

    def release(self, tag: str) -> ForgeRelease | None:
        """Return the release of *tag*, or its files as a draft; None: there is nothing."""
        files = self._packages.files(tag)
        answer = self._project.api.find(self._release_path(tag), _answer)
        if answer is not None:
            return self._published(answer, files)
        if files:
            assets = tuple(self._stored(tag, file) for file in files.values())
            return replace(self.create_release(ReleaseText(tag, "", "")), assets=assets)
        return None

    def create_release(self, text: ReleaseText) -> ForgeRelease:
        """Return the release of *text* before there is one."""
        return ForgeRelease(
            id=text.tag,
            tag=text.tag,
            title=text.title,
            body=text.body,
            draft=True,
            prerelease=None,
            immutable=False,
            url=f"{self._project.place.page}/-/releases/{text.tag}",
        )

    def edit_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make *release* say *text*."""
        if release.draft:
            return replace(release, title=text.title, body=text.body)
        body = {"name": text.title, "description": text.body}
        answer = self._project.api.change(
            "PUT", self._release_path(release.tag), "edit a release", body, _answer
        )
        return self._published(answer, self._packages.files(release.tag))

    def publish_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make the release, with the files that are stored; or edit it, if it is there."""
        files = self._packages.files(release.tag)
        if self._project.api.find(self._release_path(release.tag), _answer) is not None:
            return self._complete(release, text, files)
        body = {
            "tag_name": release.tag,  # no `ref`: then GitLab would make a tag that is not there
            "name": text.title,
            "description": text.body,
            "assets": {"links": [self._link(release.tag, name) for name in files]},
        }
        path = self._project.path("releases")
        try:
            answer = self._project.api.change("POST", path, "make a release", body, _answer)
        except ForgeRefused as error:
            if error.status != HTTPStatus.CONFLICT:
                raise
            return self._complete(release, text, files)  # another run was faster
        return self._published(answer, files)

    def upload_asset(self, release: ForgeRelease, path: Path, name: str) -> Asset:
        """Store a file, which is done if it is there; and link it, if the release is public."""
        stored, digest = stored_name(name), sha256_of(path)
        for asset in release.assets:
            if (asset.name, asset.sha256) == (name, digest):
                return asset
        if release.draft:
            return self._stored(release.tag, self._packages.upload(release.tag, path, stored))
        file = self._packages.files(release.tag).get(stored)  # it may be there without a link
        if file is None or file.sha256 != digest:
            file = self._packages.upload(release.tag, path, stored)
        return self._add_link(release.tag, file)

    def delete_asset(self, release: ForgeRelease, asset: Asset) -> None:
        """Take away the link, and the file where it is one of ours."""
        link, package, file = asset.id.split("/")
        if link:
            path = f"{self._release_path(release.tag)}/assets/links/{link}"
            self._project.api.change("DELETE", path, "take a file from a release")
        if file:
            self._packages.delete(package, file)

    def sha256_of(self, asset: Asset) -> str:
        """Return the digest of a file; those of other places are downloaded."""
        return asset.sha256 or self._project.api.sha256(asset.url)

    def _complete(
        self, release: ForgeRelease, text: ReleaseText, files: Mapping[str, StoredFile]
    ) -> ForgeRelease:
        """Make a release that is there say *text*, and link those of *files* that it lacks."""
        edited = self.edit_release(replace(release, draft=False), text)
        linked_names = {asset.name for asset in edited.assets}
        missing = [file for file in files.values() if real_name(file.name) not in linked_names]
        added = tuple(self._add_link(release.tag, file) for file in missing)
        return replace(edited, assets=(*edited.assets, *added))

    def _release_path(self, tag: str) -> str:
        return self._project.path("releases", tag)

    def _add_link(self, tag: str, file: StoredFile) -> Asset:
        path, deed = f"{self._release_path(tag)}/assets/links", "link a file to a release"
        link = self._project.api.change("POST", path, deed, self._link(tag, file.name), _link)
        return self._linked(link, {file.name: file}, tag)

    def _link(self, tag: str, stored: str) -> dict[str, str]:
        path = f"/{stored}"
        link = {
            "name": real_name(stored),
            "url": self._packages.url(tag, stored),
            "link_type": "package" if stored.endswith(_DISTRIBUTIONS) else "other",
        }
        if len(path) <= _LONGEST and _LINKABLE.fullmatch(path):
            link["direct_asset_path"] = path
        return link

    def _published(
        self, answer: tuple[ForgeRelease, tuple[Link, ...]], files: Mapping[str, StoredFile]
    ) -> ForgeRelease:
        release, links = answer
        assets = tuple(self._linked(link, files, release.tag) for link in links)
        return replace(release, url=release.url or self._page(release.tag), assets=assets)

    def _page(self, tag: str) -> str:
        return f"{self._project.place.page}/-/releases/{tag}"

    def _stored(self, tag: str, file: StoredFile) -> Asset:
        return Asset(
            name=real_name(file.name),
            size=file.size,
            sha256=file.sha256,
            id=f"/{file.package}/{file.id}",
            url=self._packages.url(tag, file.name),
        )

    def _linked(self, link: Link, files: Mapping[str, StoredFile], tag: str) -> Asset:
        file = files.get(stored_at(link.url, tag) or "")
        if file is None:
            return Asset(link.name, 0, None, f"{link.id}//", link.url)
        number = f"{link.id}/{file.package}/{file.id}"
        return Asset(link.name, file.size, file.sha256, number, link.page)


def _answer(answer: dict[str, Any]) -> tuple[ForgeRelease, tuple[Link, ...]]:
    release = ForgeRelease(
        id=str(answer["tag_name"]),
        tag=str(answer["tag_name"]),
        title=str(answer.get("name") or ""),
        body=str(answer.get("description") or ""),
        draft=False,  # one that is announced for later is public, too
        prerelease=None,
        immutable=False,
        url=str((answer.get("_links") or {}).get("self") or ""),
    )
    links = (answer.get("assets") or {}).get("links") or []
    return release, tuple(_link(link) for link in links)


def _link(answer: dict[str, Any]) -> Link:
    url = str(answer["url"])
    page = str(answer.get("direct_asset_url") or url)
    return Link(int(answer["id"]), str(answer["name"]), url, page)
