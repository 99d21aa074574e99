"""What every forge can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import (
        CommitOrigin,
        MergeMethod,
        PullRequest,
        PullRequestText,
    )
    from releasio.rules.forge.release import Asset, ForgeRelease, ReleaseText
    from releasio.rules.forge.rights import BranchRules, Rights
    from releasio.rules.workflow.environments.rules import JobSurroundings


class Signer(Protocol):
    """Makes commits that a forge signs with a key of its own; raises what `Forge` does."""

    def create_commit(
        self, branch: str, parent: str, message: str, files: Mapping[str, bytes | None]
    ) -> str:
        """
        Commit *files* on *branch*, which must name *parent*, and return the new commit.

        Args:
            branch: Without `refs/heads/`.
            parent: All 40 digits.
            message: Subject, blank line, body.
            files: Path in the repository to contents; None: the file is removed.
        """


class Forge(Protocol):
    """
    One repository on a forge, asked with one token.

    Every method raises `ForgeUnreachable` where nobody answers, `ForgeLimited` where the token's
    requests are used up, `ForgeForbids` where a right is missing (named, if the answer tells
    which), `ForgeNotFound` where the repository is hidden or gone, and `ForgeRefused` for
    anything else, in the forge's own words. Only what may arrive twice is sent twice.
    """

    @property
    def place(self) -> ForgePlace:
        """Which repository."""

    @property
    def has_drafts(self) -> bool:
        """
        Whether a release can be made that only people with write access see.

        Where it cannot, files wait beside until it is published, and the same calls do: then
        `create_release` changes nothing, `release` returns a draft of empty text as soon as
        `upload_asset` has stored a file for the tag, and `publish_release` makes the release
        with the files that are stored.
        """

    @property
    def signer(self) -> Signer | None:
        """What makes commits that the forge is sure to sign; None: none are."""

    def rights(self) -> Rights:
        """Return what the token may do, as far as that can be read without changing anything."""

    def branch_rules(self, branch: str) -> BranchRules:
        """Return what *branch* demands, of this token."""

    def tag_rules(self, tag: str) -> BranchRules:
        """Return what making *tag* demands, of this token."""

    def job_surroundings(self) -> JobSurroundings | None:
        """Return what jobs find there; None: the forge has no environments that indexes know."""

    # releases

    def release(self, tag: str) -> ForgeRelease | None:
        """Return the release of *tag*, published or draft; of several drafts the oldest."""

    def create_release(self, text: ReleaseText) -> ForgeRelease:
        """
        Make the release of a public tag: as a draft where the forge has drafts.

        Where another run made one at the same time, both return that one.
        """

    def edit_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make *release* say *text*; whether it is a draft stays."""

    def publish_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Show *release* to everybody, saying *text*."""

    def upload_asset(self, release: ForgeRelease, path: Path, name: str) -> Asset:
        """Attach a file under *name*; one of that name must not be there."""

    def delete_asset(self, release: ForgeRelease, asset: Asset) -> None:
        """Take a file away again."""

    def sha256_of(self, asset: Asset) -> str:
        """Return the digest of a file, which is downloaded where the forge does not tell it."""

    # pull requests

    def pull_requests(self, head: str, *, base: str | None = None) -> tuple[PullRequest, ...]:
        """Return those that come from the branch *head*, open or not, the newest first."""

    def create_pull_request(self, text: PullRequestText) -> PullRequest:
        """Open a pull request."""

    def edit_pull_request(self, number: int, *, title: str, body: str) -> PullRequest:
        """Make it say something else."""

    def close_pull_request(self, number: int, comment: str = "") -> None:
        """Close it, saying why."""

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Label it; labels that the repository lacks are made."""

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask *reviewers* for a look: logins, and teams as `org/team`."""

    def assign(self, number: int, assignees: Sequence[str]) -> None:
        """Assign it."""

    def merge_when_ready(self, pull_request: PullRequest, method: MergeMethod) -> None:
        """Have the forge merge it as soon as its rules allow it."""

    # history

    def origins(self, commits: Sequence[str]) -> Mapping[str, CommitOrigin]:
        """Return what is known of *commits*, asked by the hundred; unknown ones are left out."""

    # workflows

    def dispatch(self, workflow: str, ref: str, inputs: Mapping[str, str]) -> None:
        """Start *workflow* (its file name) on the branch or tag *ref*."""

    def close(self) -> None:
        """Close the connections."""
