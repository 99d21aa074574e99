"""Whether an index has every file of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio import journal
from releasio.rules.late_files import open_until
from releasio.rules.ledger import files_of_tag
from releasio.rules.version import tag_version
from releasio.steps.upload import upload_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.facts import Unfinished
    from releasio.rules.registry import Registry
    from releasio.rules.simple import IndexFile
    from releasio.world.index import Index
    from releasio.world.world import World


def lacks(
    world: World, registry: Registry, name: str, left: Unfinished, tags: Sequence[str], prefix: str
) -> bool:
    """Whether the index lacks files of *left*; if that cannot be told, say so and hope."""
    if not left.files:
        return False
    index = world.index(registry)
    found = index.files(name, str(left.version))
    before = [tag for tag in tags if (tag_version(tag, prefix) or left.version) < left.version]
    if found is None and (why := _unseen(world, registry, name, left, before)):
        world.screen.note(
            f"{why}. Where the simple index is elsewhere, say so with `index` in the "
            "[registries] table"
        )
        return False
    if has_all(index, found or (), left):
        return False
    until = open_until(registry, found or ())
    if until is None or until > world.clock():
        return True
    world.screen.note(
        f"{left.tag} lacks files on {registry.name}, which takes none for it any more since "
        f"{until:%Y-%m-%d}: the next version begins with all of its own"
    )
    return False


def has_all(index: Index, found: Iterable[IndexFile], left: Unfinished) -> bool:
    """
    Whether every file of *left* is among *found*, with its bytes.

    A file of which the index tells no hash is downloaded, but only where the others
    leave it open: a name that is missing, or a hash that is another, decides for nothing.

    Raises:
        IndexRefused: Such a file cannot be downloaded.
        IndexUnreachable: The index did not answer.
    """
    there = {file.name: file for file in found}
    if not left.files.keys() <= there.keys():
        return False
    cheap_first = sorted(left.files, key=lambda name: there[name].sha256 is None)
    return all(index.sha256_of(there[name]) == left.files[name] for name in cheap_first)


def _unseen(
    world: World, registry: Registry, name: str, left: Unfinished, before: Sequence[str]
) -> str:
    """
    Say why an index without a page of the project may have its files all the same.

    Otherwise a release would be resumed for ever where only uploads work. Empty: it has none.

    Args:
        world: Tags and the journal tell.
        registry: The index.
        name: The project's name.
        left: The release.
        before: The tags of lower versions, the highest first.
    """
    page = f"no page of {name} at {registry.index}"
    if registry.site is not None:
        return ""
    # the release before had files, too, so that some index knows the project
    if any(files_of_tag(world.git.tag_message(tag)) for tag in before[:1]):
        return (
            f"{registry.name} has {page}, though releases were made before: whether {left.tag} is "
            "finished is not known"
        )
    if _journal_has_upload(world, registry, left):
        return (
            f"{registry.name} took the files of {left.tag}, the journal says, but has {page}: that "
            "they are there cannot be verified"
        )
    return ""


def _journal_has_upload(world: World, registry: Registry, left: Unfinished) -> bool:
    """Whether a run of this clone came to the end of the upload: all there is to go by here."""
    mark = upload_mark(registry)
    entries = journal.read(world.state / "journal.jsonl")
    return any((entry.tag, entry.mark, entry.event) == (left.tag, mark, "end") for entry in entries)
