"""See what installers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.release import FileDiffers
from releasio.frozen import frozen
from releasio.steps.step import State, Todo

if TYPE_CHECKING:
    from releasio.steps.upload import Delivery
    from releasio.world.world import World

PATIENCE = 300.0  # seconds; the index's page may be cached for ten minutes


@frozen
class Verify:
    """Compare what the index offers to installers with what was built."""

    delivery: Delivery

    def __str__(self) -> str:
        return f"verify on {self.delivery.registry.name}: every file, by sha256"

    def probe(self, world: World) -> State:  # noqa: ARG002 -- looking costs nothing
        """Looking again never hurts, so it is always to do."""
        return Todo()

    def apply(self, world: World) -> None:
        """
        Poll, bounded; what is not visible in the end is said, and is no failure.

        Raises:
            FileDiffers: The index offers other bytes than were uploaded.
        """
        made = self.delivery
        wanted = {file.name: file.sha256 for file in made.files or ()}
        seen = world.index(made.registry).wait_until_visible(
            made.project, made.version, wanted, timeout=PATIENCE
        )
        for name, there in seen.different.items():
            raise FileDiffers(name, made.registry.name, here=wanted[name], there=there)
        if seen.trouble:
            world.screen.note(
                f"{made.registry.name} took the upload, but could not be asked for it: "
                f"{seen.trouble}. `releasio verify` looks again."
            )
        elif seen.missing:
            names = ", ".join(sorted(seen.missing))
            world.screen.note(
                f"{made.registry.name} took the upload but does not list {names} yet: its pages "
                "are cached. `releasio verify` looks again."
            )
