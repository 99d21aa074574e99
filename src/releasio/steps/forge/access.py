"""The forge that steps talk to, or why it is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.errors.forge.answers import NoForge, NoForgeToken
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.forge import Forge
    from releasio.world.world import World

Answer = TypeVar("Answer")


def forge_at(world: World, place: ForgePlace | None, remote_url: str = "") -> Forge:
    """
    Return the client of the forge at *place*.

    Args:
        world: Has it.
        place: The repository on its forge; None: it is on none.
        remote_url: The address of the remote, for the error where it is on none.

    Raises:
        NoForge: The repository is on none.
        NoForgeToken: There is no token for it.
    """
    forge = world.forge(place) if place else None
    if forge is None:
        raise no_access(world, place, remote_url)
    return forge


def look(world: World, place: ForgePlace, question: Callable[[Forge], Answer]) -> Answer:
    """
    Return what the forge answers to a *question*; one that gave none a moment ago is not asked.

    A forge that is down takes its time to say so, and every step looks before any is done.

    Raises:
        NoForgeToken: There is no token for it.
        ReleasioError: The forge did not answer, or refused.
    """
    from releasio.errors.forge.answers import ForgeLimited, ForgeUnreachable

    if trouble := world.forge_troubles.get(place):
        raise trouble
    try:
        return question(forge_at(world, place))
    except (ForgeLimited, ForgeUnreachable) as error:
        world.forge_troubles[place] = error
        raise


def no_access(
    world: World, place: ForgePlace | None, remote_url: str = ""
) -> NoForge | NoForgeToken:
    """Return why a forge cannot be asked: the repository is on none, or there is no token."""
    if place is None:
        from releasio.errors.forge.answers import NoForge

        return NoForge(remote_url)
    from releasio.rules.credentials.forge_token import no_token

    return no_token(place, world.env)


def not_asked(place: ForgePlace) -> str:
    """Say that nobody asked the forge."""
    return f"{place.name} was not asked"
