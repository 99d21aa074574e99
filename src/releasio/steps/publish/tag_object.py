"""The object of a release's tag, before anybody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.running.plain_file import folders_of
from releasio.steps.prepare.commit import next_ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.world.world import World


@frozen
class NewTag:
    """
    A tag that a release makes.

    Attributes:
        name: Its name.
        message: What its object says; empty in a preview before the build.
    """

    name: str
    message: str


def own_refs(tag: str) -> str:
    """Return where the private refs of the release of *tag* are."""
    return f"refs/releasio/{tag}/"


def tag_ref(tag: str) -> str:
    """Return the private ref that keeps the object of *tag* until it is public."""
    return f"{own_refs(tag)}tag"


def new_object_of_tag(world: World, name: str, message: str, commit: str) -> str:
    """Make a tag and keep it under a private ref."""
    new_object = world.git.commits.make_tag(name, commit, message, world.dated())
    world.git.ref_changes.point(tag_ref(name), new_object)
    return new_object


def refs_here(world: World, tags: Sequence[NewTag]) -> dict[str, str]:
    """Return which of *tags* are here already, and what was begun on their commit."""
    names = (f"refs/tags/{tag.name}" for tag in tags)
    return world.git.refs.below(*names, next_ref(tags[0].name))


def places_of(tag: str) -> list[str]:
    """Return the names that *tag* and tags that are in its way have in full."""
    return [f"refs/tags/{name}" for name in (*folders_of(tag), tag)]


def local_obstacle(
    world: World, tag: str, wanted: str | None, refs: Mapping[str, str]
) -> ReleasioError | None:
    """
    Return why this clone cannot have *tag* of the commit *wanted*; None: it can, or has it.

    It could not follow what is public then.

    Args:
        world: Where the clone is.
        tag: The name.
        wanted: Its commit; `None`: it is not known yet.
        refs: What is here of `places_of` the tag, and below them.
    """
    ref = f"refs/tags/{tag}"
    tag_object = refs.get(ref)
    if tag_object is not None:
        commit = world.git.objects.peel(tag_object) or tag_object
        if commit == wanted:
            return None
        from releasio.errors.git.push import TagTaken

        return TagTaken(tag, found=commit, wanted=wanted)
    # those whose folder it would be in, and those in a folder of its name
    in_the_way = [*places_of(tag), *sorted(other for other in refs if other.startswith(f"{ref}/"))]
    blocking_ref = next((other for other in in_the_way if other in refs), None)
    if blocking_ref is None:
        return None
    from releasio.errors.git.push import TagNameBlocked

    return TagNameBlocked(tag, blocking_ref.removeprefix("refs/tags/"))
