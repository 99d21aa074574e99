"""Whether the forge makes the release commit, so that it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from releasio.config.tables.forge import GithubConfig
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.world import World


def signs_by_forge(
    world: World, settings: GithubConfig, place: ForgePlace | None, branch: str | None
) -> bool:
    """
    Whether commits for *branch* are made by the forge: as somebody set it, else where they must.

    They must where the branch demands signatures and git signs nothing. Where that cannot be
    asked, git commits; what the branch demands is said with the push.
    """
    if place is None or settings.commit_with_api is False:
        return False
    if settings.commit_with_api is True:
        return True
    if world.offline or branch is None or place.kind != "github":
        return False
    from releasio.world.git.signing import signing_prospect

    if signing_prospect(world.git, "commit") != "":
        return False
    forge = world.forge(place)
    try:
        return forge is not None and forge.branch_rules(branch).signatures
    except ReleasioError:
        return False
