"""Whether a release is still to be brought back to another branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.reading.forge.place import read_place
from releasio.steps.step import Todo

if TYPE_CHECKING:
    from releasio.config.tables.model import Config
    from releasio.release.standing import Unfinished
    from releasio.rules.running.remote import Remote
    from releasio.world.world import World


def merge_is_left(world: World, config: Config, remote: Remote, unfinished: Unfinished) -> bool:
    """
    Whether the release's tag says that it is merged back, and nobody began that.

    A forge that does not answer holds up nothing else: it is said that this is not known.
    """
    base = config.github.merge_back
    if not (unfinished.merge_back and base):
        return False
    place = read_place(world, config.github, remote)
    if place is None:
        return False
    from releasio.rules.proposal.merge_back import merge_back
    from releasio.steps.forge.merge_back import MergeBack

    text = merge_back(unfinished.tag, None, base, remote.name)
    state = MergeBack(place, remote, unfinished.tag, text).probe(world)
    if isinstance(state, Todo) and state.detail:
        world.screen.note(f"{state.detail}; whether {base} gets {unfinished.tag} is not known")
        return False
    return isinstance(state, Todo)
