"""What a run carries from one step to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from releasio.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

    from releasio.errors.base import ReleasioError
    from releasio.rules.credentials.credential import Answer, Credential
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.upload_progress import UploadProgress
    from releasio.world.build.isolated.site import Site
    from releasio.world.git.git import Git
    from releasio.world.surroundings import Surroundings
    from releasio.world.world import World


@dataclass
class Run:
    """
    What the steps of one run leave to each other, and what must be given back at its end.

    Only who acts has one; a preview asks the world alone.

    Attributes:
        world: What the run touches.
        tree: The scratch work tree the release commit is made in, while there is one.
        site: Where a commit is built, while it is.
        credentials: What uploads to each index are sent with, once a source gave it.
        answers: What every source of credentials said for each index.
        attestations: What goes along with uploads to each index: file name to JSON.
        uploads: How far the upload to each index, of each project, came, once it has begun.
        surroundings: What was found at the beginning and must stay as it is until the push.
        prepared: The release commit that was handed on to another job, by tag.
        proposed_commit: The release commit that was pushed for a pull request; empty: none was.
        pull_request: The release pull request, once it was opened, edited or closed.
        afterwards: Notes for the end: what went wrong here and does not concern the release.
        pages: The address of each release on its forge, by tag.
        postponed: What failed and stops nothing that comes after it: raised at the end.
    """

    world: World
    tree: Git | None = None
    site: Site | None = None
    credentials: dict[Registry, Credential] = field(default_factory=dict)
    answers: dict[Registry, tuple[Answer, ...]] = field(default_factory=dict)
    attestations: dict[Registry, dict[str, str]] = field(default_factory=dict)
    uploads: dict[tuple[Registry, str], UploadProgress] = field(default_factory=dict)
    surroundings: Surroundings | None = None
    prepared: dict[str, str] = field(default_factory=dict)
    proposed_commit: str = ""
    pull_request: PullRequest | None = None
    afterwards: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    postponed: list[ReleasioError] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def open_tree(self) -> Git:
        """
        The scratch work tree.

        Raises:
            RuntimeError: There is none; the step that opens it comes first in every plan.
        """
        if self.tree is None:
            msg = "the scratch work tree is not open"
            raise RuntimeError(msg)
        return self.tree

    def hold(self, registry: Registry, credential: Credential) -> None:
        """Send uploads to *registry* with *credential* from now on, and read its pages with it."""
        self.credentials[registry] = credential
        self.world.index(registry).read_with(credential)

    def give_back(self, registry: Registry) -> None:
        """
        End the life of a minted token for *registry*: nothing is sent with it any more.

        The index forgets it, if it can; one of any other origin is left alone.
        """
        credential, now = self.credentials.get(registry), self.world.clock()
        if credential is None or not credential.trusted or not credential.is_alive(now):
            return
        self.credentials[registry] = credential.ended(now)
        self.world.index(registry).give_back(credential.secret)

    def watch(self, tags: Sequence[str]) -> None:
        """
        Remember what must stay as it is until the push of *tags*; later, compare with it.

        Raises:
            ChangedUnderway: Some of it is not as it was.
        """
        from releasio.world.surroundings import look_around

        now = look_around(self.world.git, self.world.env, tags)
        if self.surroundings is None:
            self.surroundings = now
        elif changes := self.surroundings.changes(now):
            from releasio.errors.git.surroundings import ChangedUnderway

            raise ChangedUnderway(changes)

    def forget_settings(self) -> None:
        """Ask for git's settings again: what ran may have changed them."""
        self.world.git.forget()

    def accept_work_tree(self) -> None:
        """Take the user's work tree as it is now: a hook of theirs was at work in it."""
        from releasio.world.surroundings import look_around

        if self.surroundings is not None:
            now = look_around(self.world.git, self.world.env, [*self.surroundings.tags])
            self.surroundings = replace(self.surroundings, work_tree=now.work_tree)

    def close(self) -> None:
        """Give minted tokens back, and remove the scratch work trees."""
        try:
            for registry in tuple(self.credentials):
                self.give_back(registry)
        finally:
            try:
                self.close_site()
            finally:
                self.close_tree()

    def close_site(self) -> None:
        """End a build that is not at its end, and remove all that is temporary of it."""
        if self.site is not None:
            self.site.close()
            self.site = None

    def close_tree(self) -> None:
        """Remove the scratch work tree, if there is one."""
        if self.tree is not None:
            self.world.git.scratch.close(self.tree.root)
            self.tree = None
