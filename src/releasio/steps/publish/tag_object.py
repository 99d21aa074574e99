"""The object of a release's tag, before anybody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.running.plain_file import folders_of

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.world.world import World


def tag_ref(tag: str) -> str:
    """Return the private ref that keeps the object of *tag* until it is public."""
    return f"refs/releasio/{tag}/tag"


def object_of_tag(world: World, name: str, message: str, commit: str) -> str:
    """Return the tag that is here already, or make one and keep it under a private ref."""
    found_object = world.git.refs.read(f"refs/tags/{name}")
    if found_object is not None:
        return found_object
    new_object = world.git.commits.make_tag(name, commit, message, world.dated())
    world.git.ref_changes.point(tag_ref(name), new_object)
    return new_object


def local_obstacle(world: World, tag: str, wanted: str | None) -> ReleasioError | None:
    """
    Return why this clone cannot have *tag* of the commit *wanted*; None: it can, or has it.

    It could not follow what is public then.
    """
    ref = f"refs/tags/{tag}"
    refs = world.git.refs.below(ref)  # the tag, and those in a folder of its name
    tag_object = refs.get(ref)
    if tag_object is not None:
        commit = world.git.objects.peel(tag_object) or tag_object
        if commit == wanted:
            return None
        from releasio.errors.git.push import TagTaken

        return TagTaken(tag, found=commit, wanted=wanted)
    blocking_tags = [name for name in folders_of(tag) if world.git.refs.read(f"refs/tags/{name}")]
    blocking_tags += [name.removeprefix("refs/tags/") for name in refs]
    if not blocking_tags:
        return None
    from releasio.errors.git.push import TagNameBlocked

    return TagNameBlocked(tag, blocking_tags[0])
