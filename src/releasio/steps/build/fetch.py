"""Take from the index what it has of a release that another machine began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import together
from releasio.frozen import frozen
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.errors.index.release import FileDiffers
    from releasio.rules.index.simple import IndexFile
    from releasio.steps.build.artefacts import Artefacts
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Fetch:
    """
    Download the files of the release that are public already.

    They cannot be replaced any more, so they, and not what a second build makes of the
    same commit, are the release. What nobody has is built.

    Attributes:
        artefacts: What belongs to the release, with the hashes its tag names.
        deliveries: The indexes that may have some of it.
    """

    artefacts: Artefacts
    deliveries: tuple[Delivery, ...]

    def __str__(self) -> str:
        names = " and ".join(delivery.registry.name for delivery in self.deliveries)
        return f"take the files of the release that are on {names} already"

    def probe(self, world: World) -> State:
        """Ask the indexes which files they have; those must be the ones that the tag names."""
        state = self.artefacts.state(world)
        if isinstance(state, Done):
            return state
        if world.offline:
            return Todo("no index was asked")
        public_files = self._public_files(world)
        if errors := self._differing_files(world, public_files):
            return Blocked(together(errors))
        missing_files = public_files.keys() - self.artefacts.kept(world).fetched(self._tag_hashes)
        if missing_files:
            return Todo(f"{len(missing_files)} of {len(self._tag_hashes)} files")
        return Done("all that are there are here" if public_files else "there is none")

    def _differing_files(
        self, world: World, public_files: Mapping[str, tuple[Delivery, IndexFile]]
    ) -> list[FileDiffers]:
        """Return an error for each file that an index has with other bytes than the tag names."""
        hashes, source = self._tag_hashes, "the release's tag names"
        return [
            delivery.differs(name, expected=hashes[name], actual=index_hash, whose=source)
            for name, (delivery, file) in public_files.items()
            if (index_hash := world.index(delivery.registry).sha256_of(file)) != hashes[name]
        ]

    def apply(self, world: World, run: Run) -> None:
        """
        Download them beside the folder of the finished files.

        Raises:
            DownloadDiffers: Other bytes arrived than the index promised.
            IndexUnreachable: The index did not answer after several tries.
        """
        kept_files = self.artefacts.kept(world)
        fetched_files = kept_files.fetched(self._tag_hashes)
        staging = kept_files.empty_staging(but=fetched_files)
        for name, (delivery, file) in self._public_files(world).items():
            if name not in fetched_files:
                world.index(delivery.registry).download(file, staging / name)

    @property
    def _tag_hashes(self) -> Mapping[str, str]:
        return self.artefacts.named or {}

    def _public_files(self, world: World) -> dict[str, tuple[Delivery, IndexFile]]:
        """Return which named files are on an index, and on which."""
        return {
            name: (delivery, file)
            for delivery in self.deliveries
            for name, file in delivery.on_index(world).items()
            if name in self._tag_hashes
        }
