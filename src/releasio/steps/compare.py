"""Look at what the release before had on the index, before anything of this one is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.previous import FilesFewer, ProjectNameRefused
from releasio.frozen import frozen
from releasio.rules.previous_release import compare_with, previous_release
from releasio.rules.project_name import name_flaw
from releasio.steps.step import Blocked, State, Todo

if TYPE_CHECKING:
    from releasio.rules.previous_release import Comparison, Previous
    from releasio.steps.upload import Delivery
    from releasio.world.world import World


@frozen
class Compare:
    """
    Compare the built files with those of the last final release.

    Attributes:
        delivery: What goes where.
        allow_fewer: Whether the release may lack what the one before has.
        attested: Whether the files get attestations; `None`: not known.
    """

    delivery: Delivery
    allow_fewer: bool = False
    attested: bool | None = None

    def __str__(self) -> str:
        return f"compare with what the last release has on {self.delivery.registry.name}"

    def probe(self, world: World) -> State:
        """Blocked when something would be missing; to do when there is something to say."""
        made = self.delivery
        if world.offline:
            return Todo("the index was not asked")
        if made.files is None and not made.ask_first:
            return Todo("not asked: publish.check_existing_version = false")
        files = world.index(made.registry).files(made.project)
        if files is None:
            return self._first()
        previous = previous_release(files, made.project, Version(made.version))
        if previous is None:
            return Todo("there is no final release to compare with")
        if made.files is None:
            return Todo(str(previous))
        return self._judged(previous)

    def _first(self) -> State:
        """A project that the index does not have: public ones do not take every name."""
        made = self.delivery
        words = name_flaw(made.project) if made.registry.site else None
        if words:
            return Blocked(ProjectNameRefused(made.project, made.registry.name, words))
        return Todo(f"{made.registry.name} has no release of {made.project}")

    def _judged(self, previous: Previous) -> State:
        found = self._comparison(previous)
        if found.lost and not self._may_lose:
            error = FilesFewer(self.delivery.version, str(previous.version), found.lost)
            return Blocked(error)
        if found.lost or found.remarks:
            return Todo(f"it differs from {previous.version}")
        return Todo(f"nothing is missing that {previous.version} has")

    @property
    def _may_lose(self) -> bool:
        # nobody gets a pre-release who does not ask for it
        return self.allow_fewer or Version(self.delivery.version).is_prerelease

    def _comparison(self, previous: Previous) -> Comparison:
        return compare_with(previous, self.delivery.files or (), attested=self.attested)

    def apply(self, world: World) -> None:
        """Say what differs; nothing is changed."""
        made = self.delivery
        if world.offline or made.files is None:
            return
        files = world.index(made.registry).files(made.project) or ()
        previous = previous_release(files, made.project, Version(made.version))
        if previous is None:
            return
        found = self._comparison(previous)
        for remark in found.remarks:
            world.screen.note(remark)
        for lost in found.lost:
            world.screen.note(f"this release lacks {lost}, which {previous.version} has")
