"""World -> what jobs find on the forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.workflow.environments.rules import JobSurroundings
    from releasio.world.world import World


def read_surroundings(world: World, place: ForgePlace | None) -> JobSurroundings | None:
    """
    Return what jobs find at *place*.

    None where nobody is asked: offline, without a token, or because the forge does not answer,
    which is told and no more: doctor finds most without it.
    """
    if place is None:
        return None
    try:
        forge = world.forge(place)
        return forge.job_surroundings() if forge else None
    except ReleasioError as error:
        world.screen.note(f"the environments of the repository are not known: {error.message}")
        return None
