"""Say why a release gets no page on a forge, or stop where it must have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.forge.access import no_access, not_asked
from releasio.steps.step import Blocked, Omitted, State

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class NoPage:
    """
    A release on the forge that is not made.

    Attributes:
        tag: The release's tag.
        place: The repository on its forge; None: it is on none.
        remote: The address of the remote, for people.
        required: Without a page there is no release.
    """

    tag: str
    place: ForgePlace | None
    remote: str = ""
    required: bool = False

    def __str__(self) -> str:
        return f"create the release {self.tag} on {self.place.name if self.place else 'a forge'}"

    def probe(self, world: World) -> State:
        """Say what lacks; nobody has to be asked."""
        if self.place and world.offline:
            return Omitted(not_asked(self.place))
        error = no_access(world, self.place, self.remote)
        return Blocked(error) if self.required else Omitted(str(error))

    def apply(self, world: World, run: Run) -> None:
        """Never called."""
        msg = "there is nothing to do"
        raise RuntimeError(msg)
