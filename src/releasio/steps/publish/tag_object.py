"""The object of a release's tag, before anybody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.world.world import World


def tag_ref(tag: str) -> str:
    """Return the private ref that keeps the object of *tag* until it is public."""
    return f"refs/releasio/{tag}/tag"


def object_of_tag(world: World, name: str, message: str, commit: str) -> str:
    """Return the tag that is here already, or make one and keep it under a private ref."""
    found_object = world.git.read_ref(f"refs/tags/{name}")
    if found_object is not None:
        return found_object
    new_object = world.git.make_tag(name, commit, message, world.dated())
    world.git.set_ref(tag_ref(name), new_object)
    return new_object
