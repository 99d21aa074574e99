"""Look at what the release before had on the index, before anything of this one is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.frozen import frozen
from releasio.steps.step import Blocked, Omitted, State, Todo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.contents.release_comparison import ReleaseComparison
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.previous_release import Previous
    from releasio.rules.index.simple import IndexFile
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.world import World

_NO_FINAL = "there is no final release to compare with"


@frozen
class Compare:
    """
    Compare the built files with those of the last final release.

    Attributes:
        delivery: What goes where.
        allow_fewer: Whether the release may lack what the one before has.
        policy: Which kinds of credentials are used, for only trusted publishing goes with
            attestations; `None`: none are to be made.
        first: No release of the project is known here, so that what the index has may be
            somebody else's.
    """

    delivery: Delivery
    allow_fewer: bool = False
    policy: Policy | None = None
    first: bool = False

    def __str__(self) -> str:
        return f"compare with what the last release has on {self.delivery.registry.name}"

    def probe(self, world: World) -> State:
        """Blocked when something would be missing; to do when there is something to say."""
        delivery = self.delivery
        if world.offline:
            return Todo("the index was not asked")
        if delivery.files is None and not delivery.check_existing:
            return Todo("not asked: publish.check_existing_version = false")
        files = world.index(delivery.registry).files(delivery.project)
        if files is None:
            return self._new_project_state()
        state = self._state_beside(self._previous(files), world)
        return (
            Todo(self._ownership_note(files)) if self.first and isinstance(state, Todo) else state
        )

    def _state_beside(self, previous: Previous | None, world: World) -> State:
        if previous is None:
            return Todo(_NO_FINAL)
        if self.delivery.files is None:
            loses_attestations = previous.attested and self._attested(world) is False
            return Todo(
                f"{previous}; this release gets none" if loses_attestations else str(previous)
            )
        return self._comparison_state(previous, world)

    def _ownership_note(self, files: Sequence[IndexFile]) -> str:
        """Say that the index has the project, of which no release is known here."""
        from releasio.rules.index.previous_release import newest_version

        delivery = self.delivery
        newest = newest_version(files, delivery.project)
        contents = f"with {newest}" if newest else "without files"
        return (
            f"{delivery.project} is on {delivery.registry.name} {contents}; if it is not yours, "
            "choose another name"
        )

    def _previous(self, files: Sequence[IndexFile]) -> Previous | None:
        # 20 ms: file names bring what knows of platforms
        from releasio.rules.index.previous_release import previous_release

        return previous_release(files, self.delivery.project, Version(self.delivery.version))

    def _new_project_state(self) -> State:
        """A project that the index does not have: public ones do not take every name."""
        from releasio.rules.distribution.project_name import name_flaw

        delivery = self.delivery
        words = name_flaw(delivery.project) if delivery.registry.is_strict else None
        if words:
            from releasio.errors.index.previous import ProjectNameRefused

            return Blocked(ProjectNameRefused(delivery.project, delivery.registry.name, words))
        return Todo(self._no_release)

    @property
    def _no_release(self) -> str:
        return f"{self.delivery.registry.name} has no release of {self.delivery.project}"

    def _comparison_state(self, previous: Previous, world: World) -> State:
        comparison = self._comparison(previous, world)
        if comparison.lost and not self._may_lose:
            from releasio.errors.index.previous import FilesFewer

            error = FilesFewer(self.delivery.version, str(previous.version), comparison.lost)
            return Blocked(error)
        if comparison.lost or comparison.remarks:
            return Todo(f"it differs from {previous.version}")
        return Todo(f"nothing is missing that {previous.version} has")

    @property
    def _may_lose(self) -> bool:
        # nobody gets a pre-release who does not ask for it
        return self.allow_fewer or Version(self.delivery.version).is_prerelease

    def _comparison(self, previous: Previous, world: World) -> ReleaseComparison:
        from releasio.rules.contents.release_comparison import compare_with

        attested = self._attested(world) if previous.attested else None
        return compare_with(previous, self.delivery.files or (), attested=attested)

    def _attested(self, world: World) -> bool | None:
        """Tell whether the files get attestations; None: that shows when they are signed."""
        if self.policy is None:
            return False
        from releasio.auth.chain import trusts

        return None if trusts(world.env, self.delivery.registry, self.policy) else False

    def apply(self, world: World, run: Run) -> Omitted | None:
        """Say what differs, if there is something to compare with; nothing is changed."""
        delivery = self.delivery
        if world.offline or delivery.files is None:
            return Omitted("nothing was compared")
        files = world.index(delivery.registry).files(delivery.project)
        if files is None:
            return Omitted(self._no_release)
        previous = self._previous(files)
        if self.first:
            world.screen.note(self._ownership_note(files))
        if previous is None:
            return Omitted(_NO_FINAL)
        comparison = self._comparison(previous, world)
        for remark in comparison.remarks:
            world.screen.note(remark)
        for lost in comparison.lost:
            world.screen.note(f"this release lacks {lost}, which {previous.version} has")
        return None
