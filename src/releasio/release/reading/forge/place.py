"""Which repository on which forge the remote is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.forge.forge_url import parse_forge_url
from releasio.rules.forge.place import forge_place, other_repository

if TYPE_CHECKING:
    from releasio.config.tables.forge import GithubConfig
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.running.remote import Remote
    from releasio.world.world import World


def read_place(world: World, settings: GithubConfig, remote: Remote | None) -> ForgePlace | None:
    """
    Return the place on the forge; a fork with the original's settings is told why it has none.

    Raises:
        ForgeAddressContradicts: `github.api_url` is of another kind of forge.
    """
    place = forge_place(settings, remote.url if remote else None, world.env)
    address = parse_forge_url(remote.url) if remote and place is None else None
    if remote and address and (original := other_repository(settings, address)):
        world.screen.note(
            f"github.owner and github.repo name {original}, but {remote.name} is "
            f"{address.owner}/{address.repo}: nothing is done on the forge. If it was renamed, "
            "let the remote have its new address"
        )
    return place
