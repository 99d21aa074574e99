"""The forge that steps talk to, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.forge.answers import NoForge
from releasio.rules.credentials.forge_token import no_token

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.forge import Forge
    from releasio.world.world import World


def no_forge(world: World, place: ForgePlace | None, remote_url: str) -> ReleasioError | None:
    """Return why the forge cannot be asked; None: it can, or nobody is to be asked."""
    if place is None:
        return NoForge(remote_url)
    if world.offline or world.forge(place) is not None:
        return None
    return no_token(place, world.env)


def forge_at(world: World, place: ForgePlace | None) -> Forge:
    """
    Return the forge at *place*.

    Raises:
        NoForge: The repository is on none.
        NoForgeToken: There is no token for it.
    """
    if error := no_forge(world, place, ""):
        raise error
    forge = world.forge(place) if place else None
    if forge is None:
        msg = "nobody is asked offline"
        raise RuntimeError(msg)
    return forge
