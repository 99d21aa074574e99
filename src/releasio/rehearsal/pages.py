"""What people would see on the forge: the release's page, and the release pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.forge.release_text import without_mark
from releasio.rules.proposal.state_block import without_block

if TYPE_CHECKING:
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.rules.forge.release import ForgeRelease


@frozen
class ReleasePage:
    """
    A release as the forge shows it.

    Attributes:
        title: The heading.
        tag: Its tag.
        body: The notes, Markdown.
        draft: Only people with write access see it.
        prerelease: It is marked as one.
        files: Names and sizes in bytes.
    """

    title: str
    tag: str
    body: str
    draft: bool
    prerelease: bool
    files: tuple[tuple[str, int], ...]

    @property
    def facts(self) -> str:
        """What the page tells in few words."""
        marks = (("draft", self.draft), ("pre-release", self.prerelease))
        return ", ".join((f"tag {self.tag}", *(word for word, holds in marks if holds)))

    @property
    def markdown(self) -> str:
        """The whole page."""
        files = "\n".join(f"- {name} ({size:,} bytes)" for name, size in self.files)
        parts = (f"# {self.title}", self.facts, self.body.strip(), files and f"Assets:\n\n{files}")
        return "\n\n".join(filter(None, parts)) + "\n"


@frozen
class PullRequestPage:
    """
    A pull request as the forge shows it.

    Attributes:
        title: The heading.
        body: The description, Markdown.
        head: The branch that is to be merged.
        base: The branch it is to be merged into.
        draft: It is opened as one.
        labels: The names of its labels.
    """

    title: str
    body: str
    head: str
    base: str
    draft: bool
    labels: tuple[str, ...]

    @property
    def facts(self) -> str:
        """What the page tells in few words."""
        parts = [f"{self.head} into {self.base}", *(["draft"] if self.draft else [])]
        parts += [f"labels {', '.join(self.labels)}"] if self.labels else []
        return "; ".join(parts)

    @property
    def markdown(self) -> str:
        """The whole page."""
        return f"# {self.title}\n\n{self.facts}\n\n{self.body.strip()}\n"


def release_page(release: ForgeRelease, *, site: str, shown_as: str) -> ReleasePage:
    """Return the page of *release*, with the address that the real *site* has."""
    return ReleasePage(
        title=release.title or release.tag,
        tag=release.tag,
        body=without_mark(release.body).replace(site, shown_as),
        draft=release.draft,
        prerelease=bool(release.prerelease),
        files=tuple(sorted((asset.name, asset.size) for asset in release.assets)),
    )


def pull_request_page(pull: PullRequest, *, site: str, shown_as: str) -> PullRequestPage:
    """Return the page of *pull*, with the address that the real *site* has."""
    return PullRequestPage(
        title=pull.title,
        body=without_block(pull.body).replace(site, shown_as),
        head=pull.head,
        base=pull.base,
        draft=pull.draft,
        labels=pull.labels,
    )
