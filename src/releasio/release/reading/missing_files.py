"""Whether an index has every file of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release import journal
from releasio.rules.contents.ledger import files_of_tag, registry_of_tag
from releasio.rules.index.late_files import open_until
from releasio.steps.publish.upload import upload_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.release.standing import Unfinished
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.index.index import Index
    from releasio.world.world import World


_LOOKED_AT = 20  # tags; where there are more of other indexes in between, none is known


def lacks(
    world: World,
    registry: Registry,
    name: str,
    left: Unfinished,
    tags: Sequence[str],
    form: TagForm,
) -> bool:
    """Whether the index lacks files of *left*; if that cannot be told, say so and hope."""
    if not left.files:
        return False
    index = world.index(registry)
    found = index.files(name, str(left.version))
    before = _before(world, left, tags, form) if found is None else ""
    if found is None and (why := _unseen(world, registry, name, left, before)):
        elsewhere = ". Where the simple index is elsewhere, say so with `index` in the "
        elsewhere += "[registries] table"
        world.screen.note(why if index.is_closed else f"{why}{elsewhere}")
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


def lacks_any(
    world: World,
    registry: Registry,
    name: str,
    left: Unfinished,
    tags: Sequence[str],
    form: TagForm,
) -> bool:
    """
    Whether the index lacks files of *left*, whose tag names none: a person or another tool made it.

    What a build makes is an sdist and a wheel. A part is there where the index has one kind only
    (on a branch: and had both of the release before), or where the journal says that the
    upload was cut short. Whether more than both kinds belongs to it, nobody says.
    """
    index = world.index(registry)
    found = index.files(name, str(left.version))
    before = _before(world, left, tags, form) if found is None else ""
    if found is None and _unseen(world, registry, name, left, before):
        return False
    there, on_branch = found or (), world.git.branch() is not None
    is_part = len(_kinds(there)) == 1
    if is_part and on_branch:
        lower = (form.version(tag) or left.version for tag in tags)
        earlier = next((version for version in lower if version < left.version), None)
        is_part = bool(earlier) and len(_kinds(index.files(name, str(earlier)) or ())) > 1
    if is_part or was_cut_short(world, registry, left.tag):
        until = open_until(registry, there)
        return until is None or until > world.clock()
    if there and not on_branch:
        world.screen.note(
            f"{registry.name} has {len(there)} files of {left.version}; {left.tag} does not say "
            "which there should be: `releasio build -x` and `releasio publish -x` compare them"
        )
    return not there


def _kinds(files: Iterable[IndexFile]) -> set[bool]:
    """Return whether there are wheels, and whether there are others, among *files*."""
    return {file.name.endswith(".whl") for file in files}


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


def was_cut_short(world: World, registry: Registry, tag: str) -> bool:
    """Whether, by this clone's journal, the last upload of *tag* did not come to its end."""
    path = world.state / "journal.jsonl"
    return journal.last_event(path, tag, upload_mark(registry)) in {"begin", "fail"}


def _unseen(world: World, registry: Registry, name: str, left: Unfinished, before: str) -> str:
    """
    Say why an index without a page of the project may have its files all the same.

    Otherwise a release would be resumed for ever where only uploads work. Empty: it has none.

    Args:
        world: The journal tells.
        registry: The index.
        name: The project's name.
        left: The release.
        before: The tag of the release before that went to the same index; empty: there is none.
    """
    if world.index(registry).is_closed:
        return _closed(world, registry, left)
    if registry.site is not None or registry.index_told or was_cut_short(world, registry, left.tag):
        return ""
    page = f"no page of {name} at {registry.index}"
    if before:
        return (
            f"{registry.name} has {page}, though {before} was released there: whether {left.tag} "
            "is finished is not known"
        )
    if _journal_has_upload(world, registry, left):
        return (
            f"{registry.name} took the files of {left.tag}, the journal says, but has {page}: that "
            "they are there cannot be verified"
        )
    return ""


def _closed(world: World, registry: Registry, left: Unfinished) -> str:
    """Say what is known of *left* on an index whose pages cannot be read; empty: it has none."""
    if _journal_has_upload(world, registry, left):
        return f"{registry.name} took the files of {left.tag}, the journal says"
    if any(entry.tag == left.tag for entry in journal.read(world.state / "journal.jsonl")):
        return ""  # this clone began it, and did not come to the end
    return f"{registry.name} cannot be read: whether {left.tag} is finished is not known"


def _before(world: World, left: Unfinished, tags: Iterable[str], form: TagForm) -> str:
    """Return the newest tag below *left* that names files and the same index; empty: none does."""
    lower = [tag for tag in tags if (form.version(tag) or left.version) < left.version]
    for tag in lower[:_LOOKED_AT]:
        message = world.git.tag_message(tag)
        if files_of_tag(message) and registry_of_tag(message) == left.to:
            return tag
    return ""


def _journal_has_upload(world: World, registry: Registry, left: Unfinished) -> bool:
    """Whether a run of this clone came to the end of the upload: all there is to go by here."""
    path = world.state / "journal.jsonl"
    return journal.last_event(path, left.tag, upload_mark(registry)) in {"end", "skip"}
