"""Whether an index has every file of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release import journal
from releasio.rules.contents.tag_message import files_of_tag, registry_of_tag
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
    unfinished: Unfinished,
    tags: Sequence[str],
    form: TagForm,
) -> bool:
    """Whether the index lacks files of *unfinished*; if that cannot be told, say so and hope."""
    if not unfinished.files:
        return False
    index = world.index(registry)
    index_files = index.files(name, str(unfinished.version))
    earlier_tag = _earlier_tag(world, unfinished, tags, form) if index_files is None else ""
    if index_files is None and (
        reason := _reason_without_page(world, registry, name, unfinished, earlier_tag)
    ):
        elsewhere = ". Where the simple index is elsewhere, say so with `index` in the "
        elsewhere += "[registries] table"
        world.screen.note(reason if index.is_closed else f"{reason}{elsewhere}")
        return False
    if has_all(index, index_files or (), unfinished):
        return False
    until = open_until(registry, index_files or ())
    if until is None or until > world.clock():
        return True
    world.screen.note(
        f"{unfinished.tag} lacks files on {registry.name}, which takes none for it any more since "
        f"{until:%Y-%m-%d}: the next version begins with all of its own"
    )
    return False


def lacks_any(
    world: World,
    registry: Registry,
    name: str,
    unfinished: Unfinished,
    tags: Sequence[str],
    form: TagForm,
) -> bool:
    """
    Whether the index lacks files of *unfinished*, whose tag names none.

    A person or another tool made the tag.

    What a build makes is an sdist and a wheel. A part is there where the index has one kind only
    (on a branch: and had both of the release before), or where the journal says that the
    upload was cut short. Whether more than both kinds belongs to it, nobody says.
    """
    index = world.index(registry)
    index_files = index.files(name, str(unfinished.version))
    earlier_tag = _earlier_tag(world, unfinished, tags, form) if index_files is None else ""
    if index_files is None and _reason_without_page(world, registry, name, unfinished, earlier_tag):
        return False
    present_files, on_branch = index_files or (), world.git.work_tree.branch() is not None
    is_part = len(_kinds(present_files)) == 1
    if is_part and on_branch:
        lower_versions = (form.version(tag) or unfinished.version for tag in tags)
        earlier_version = next(
            (version for version in lower_versions if version < unfinished.version), None
        )
        is_part = (
            bool(earlier_version) and len(_kinds(index.files(name, str(earlier_version)) or ())) > 1
        )
    if is_part or was_cut_short(world, registry, unfinished.tag):
        until = open_until(registry, present_files)
        return until is None or until > world.clock()
    if present_files and not on_branch:
        world.screen.note(
            f"{registry.name} has {len(present_files)} files of {unfinished.version}; "
            f"{unfinished.tag} does not say which there should be: `releasio build -x` and "
            "`releasio publish -x` compare them"
        )
    return not present_files


def _kinds(files: Iterable[IndexFile]) -> set[bool]:
    """Return whether there are wheels, and whether there are others, among *files*."""
    return {file.name.endswith(".whl") for file in files}


def has_all(index: Index, index_files: Iterable[IndexFile], unfinished: Unfinished) -> bool:
    """
    Whether every file of *unfinished* is among *index_files*, with its bytes.

    A file of which the index tells no hash is downloaded, but only where the others
    leave it open: a name that is missing, or a hash that is another, decides for nothing.

    Raises:
        IndexRefused: Such a file cannot be downloaded.
        IndexUnreachable: The index did not answer.
    """
    files_by_name = {file.name: file for file in index_files}
    if not unfinished.files.keys() <= files_by_name.keys():
        return False
    cheap_first = sorted(unfinished.files, key=lambda name: files_by_name[name].sha256 is None)
    return all(
        index.sha256_of(files_by_name[name]) == unfinished.files[name] for name in cheap_first
    )


def was_cut_short(world: World, registry: Registry, tag: str) -> bool:
    """Whether, by this clone's journal, the last upload of *tag* did not come to its end."""
    path = world.state / "journal.jsonl"
    return journal.last_event(path, tag, upload_mark(registry)) in {"begin", "fail"}


def _reason_without_page(
    world: World, registry: Registry, name: str, unfinished: Unfinished, earlier_tag: str
) -> str:
    """
    Say why an index without a page of the project may have its files all the same.

    Otherwise a release would be resumed for ever where only uploads work. Empty: it has none.

    Args:
        world: The journal tells.
        registry: The index.
        name: The project's name.
        unfinished: The release.
        earlier_tag: The tag of the last release before it on the same index; empty: none.
    """
    if world.index(registry).is_closed:
        return _reason_of_closed_index(world, registry, unfinished)
    if (
        registry.site is not None
        or registry.index_told
        or was_cut_short(world, registry, unfinished.tag)
    ):
        return ""
    page = f"no page of {name} at {registry.index}"
    if earlier_tag:
        return (
            f"{registry.name} has {page}, though {earlier_tag} was released there: whether "
            f"{unfinished.tag} is finished is not known"
        )
    if _journal_has_upload(world, registry, unfinished):
        return (
            f"{registry.name} took the files of {unfinished.tag}, the journal says, but has "
            f"{page}: that they are there cannot be verified"
        )
    return ""


def _reason_of_closed_index(world: World, registry: Registry, unfinished: Unfinished) -> str:
    """Say what is known of a release on an index that cannot be read; empty: it has none."""
    if _journal_has_upload(world, registry, unfinished):
        return f"{registry.name} took the files of {unfinished.tag}, the journal says"
    if any(entry.tag == unfinished.tag for entry in journal.read(world.state / "journal.jsonl")):
        return ""  # this clone began it, and did not come to the end
    return f"{registry.name} cannot be read: whether {unfinished.tag} is finished is not known"


def _earlier_tag(world: World, unfinished: Unfinished, tags: Iterable[str], form: TagForm) -> str:
    """Return the newest lower tag that names files and the same index; empty: none does."""
    lower_tags = [
        tag for tag in tags if (form.version(tag) or unfinished.version) < unfinished.version
    ]
    for tag in lower_tags[:_LOOKED_AT]:
        message = world.git.objects.tag_message(tag)
        if files_of_tag(message) and registry_of_tag(message) == unfinished.to:
            return tag
    return ""


def _journal_has_upload(world: World, registry: Registry, unfinished: Unfinished) -> bool:
    """Whether a run of this clone came to the end of the upload: all there is to go by here."""
    path = world.state / "journal.jsonl"
    return journal.last_event(path, unfinished.tag, upload_mark(registry)) in {"end", "skip"}
