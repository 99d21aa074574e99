"""Where a release pull request stands: its branch, and what the forge has of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen
from releasio.rules.proposal.release_commit import version_of_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.version import Version

    from releasio.rules.commits.commit import Commit
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.rules.forge.rights import TokenKind
    from releasio.rules.proposal.state_block import ProposalRecord

# of the commit that is checked out, beside the remote's branch
Base = Literal["same", "behind", "ahead", "unknown"]


@frozen
class ProposalBranch:
    """
    The branch of the release pull request on the remote.

    Attributes:
        name: Its name.
        tip: The commit it names; None: there is no such branch, or nobody was asked.
        release_commit: The one on it; None: there is none, or a merge has made an end of it.
        people: The commits on top of that which people made, oldest first.
        merges: Those among them that merge something else than the base.
        version: What the project's files say at the tip; None: no file says a version.
        unreadable: Why none of them says one, if it is a mistake.
        files: What the release commit has at the paths that a release edits now.
        changelog: What the changelog says at the tip; None: it is not there.
        rewritten: Paths that the release commit changes and that releasio had not changed:
            somebody amended it.
    """

    name: str
    tip: str | None = None
    release_commit: Commit | None = None
    people: tuple[Commit, ...] = ()
    merges: tuple[Commit, ...] = ()
    version: Version | None = None
    unreadable: str = ""
    files: Mapping[str, bytes | None] = MappingProxyType({})
    changelog: str | None = None
    rewritten: tuple[str, ...] = ()

    @property
    def prepared_version(self) -> Version | None:
        """The version that the release commit prepares, by its subject."""
        return version_of_subject(self.release_commit.subject) if self.release_commit else None


@frozen
class ProposalStanding:
    """
    What there is of a release pull request.

    Attributes:
        place: The repository on its forge; None: it is on none.
        base: The branch it is to be merged into.
        base_state: What of that is checked out.
        branch: The branch of the pull request.
        pull: The one that is open.
        closed: The newest one that is not, if none is open.
        record: What the open one's block says, or that of the closed one.
        asked_as: Whose token it is: what is done with a job's own starts no workflow.
    """

    place: ForgePlace | None
    base: str
    base_state: Base
    branch: ProposalBranch
    pull: PullRequest | None = None
    closed: PullRequest | None = None
    record: ProposalRecord | None = None
    asked_as: TokenKind = "unknown"
