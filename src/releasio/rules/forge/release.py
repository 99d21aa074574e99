"""Releases on a forge: what one shall be, and what one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from releasio.config.tables.forge import GithubConfig


@frozen
class Asset:
    """
    A file attached to a release.

    Attributes:
        name: As people download it.
        size: In bytes; 0: the forge does not say.
        sha256: Hexadecimal; None: the forge does not say, and it has to be downloaded to know.
        id: What the forge knows it by.
        url: Where it is downloaded.
        complete: Whether the whole file arrived; GitHub keeps what was cut off as `starter`.
    """

    name: str
    size: int
    sha256: str | None
    id: str
    url: str
    complete: bool = True


@frozen
class ReleaseText:
    """
    What a release on the forge shall say.

    Attributes:
        tag: Its tag, which is public already.
        title: The heading.
        body: The notes, Markdown.
        prerelease: Whether it is marked as one.
        latest: Whether it is shown as the newest; None: the forge decides.
        discussion: The category of a discussion that is begun with it; None: none.
    """

    tag: str
    title: str
    body: str
    prerelease: bool = False
    latest: bool | None = None
    discussion: str | None = None


@frozen
class ForgeRelease:
    """
    A release as the forge has it.

    Attributes:
        id: What the forge knows it by.
        tag: Its tag.
        title: The heading.
        body: The notes, as they are there.
        draft: Only people with write access see it; on a forge without drafts: it is not there
            yet, and its files wait for it.
        prerelease: Whether it is marked as one; None: the forge has no such mark.
        immutable: Neither files nor tag can be changed any more.
        url: Its web page.
        assets: Its files, without archives that the forge makes by itself.
    """

    id: str
    tag: str
    title: str
    body: str
    draft: bool
    prerelease: bool | None
    immutable: bool
    url: str
    assets: tuple[Asset, ...] = ()


def release_title(settings: GithubConfig, project: str, tag: str, version: str) -> str:
    """Return the heading of a release, as `github.release_name_format` words it."""
    text = settings.release_name_format
    for gap, value in (("{project}", project), ("{tag}", tag), ("{version}", version)):
        text = text.replace(gap, value)
    return text
