"""Whether an index has every file of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release import journal
from releasio.rules.contents.tag_message import files_of_tag, registry_of_tag
from releasio.rules.index.late_files import open_until
from releasio.steps.publish.upload import upload_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.release.standing import Unfinished
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.world.index.index import Index
    from releasio.world.world import World


_LOOKED_AT = 20  # tags; where there are more of other indexes in between, none is known


def lacks_files(package: PackageAtHead, registry: Registry, unfinished: Unfinished) -> bool:
    """Whether the index lacks files of *unfinished*; if that cannot be told, say so and hope."""
    index = package.world.index(registry)
    index_files = index.files(package.manifest.name, str(unfinished.version))
    if index_files is None and (reason := _reason_without_page(package, registry, unfinished)):
        elsewhere = ". Where the simple index is elsewhere, say so with `index` in the "
        elsewhere += "[registries] table"
        if unfinished.files:
            package.world.screen.note(reason if index.is_closed else f"{reason}{elsewhere}")
        return False
    lacks = _lacks_named if unfinished.files else _lacks_any
    return lacks(package, registry, unfinished, index_files or ())


def _lacks_named(
    package: PackageAtHead,
    registry: Registry,
    unfinished: Unfinished,
    index_files: Sequence[IndexFile],
) -> bool:
    world = package.world
    if has_all(world.index(registry), index_files, unfinished):
        return False
    until = open_until(registry, index_files)
    if until is None or until > world.clock():
        return True
    world.screen.note(
        f"{unfinished.tag} lacks files on {registry.name}, which takes none for it any more since "
        f"{until:%Y-%m-%d}: the next version begins with all of its own"
    )
    return False


def _lacks_any(
    package: PackageAtHead,
    registry: Registry,
    unfinished: Unfinished,
    index_files: Sequence[IndexFile],
) -> bool:
    """
    Whether the index lacks files of *unfinished*, whose tag names none.

    A person or another tool made the tag.

    What a build makes is an sdist and a wheel. A part is there where the index has one kind only
    (on a branch: and had both of the release before), or where the journal says that the
    upload was cut short. Whether more than both kinds belongs to it, nobody says.
    """
    world, on_branch = package.world, package.branch is not None
    is_part = len(_kinds(index_files)) == 1
    if is_part and on_branch:
        earlier = next((package.form.version(tag) for tag in _lower(package, unfinished)), None)
        files = world.index(registry).files(package.manifest.name, str(earlier)) if earlier else ()
        is_part = len(_kinds(files or ())) > 1
    if is_part or _last_event(world, registry, unfinished) in {"begin", "fail"}:
        until = open_until(registry, index_files)
        return until is None or until > world.clock()
    if index_files and not on_branch:
        world.screen.note(
            f"{registry.name} has {len(index_files)} files of {unfinished.version}; "
            f"{unfinished.tag} does not say which there should be: `releasio build -x` and "
            "`releasio publish -x` compare them"
        )
    return not index_files


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


def _reason_without_page(package: PackageAtHead, registry: Registry, unfinished: Unfinished) -> str:
    """
    Say why an index without a page of the project may have its files all the same.

    Otherwise a release would be resumed for ever where only uploads work. Empty: it has none.
    """
    world, event = package.world, _last_event(package.world, registry, unfinished)
    is_uploaded = event in {"end", "skip"}  # all there is to go by here
    if world.index(registry).is_closed:
        return _reason_of_closed_index(world, registry, unfinished, is_uploaded=is_uploaded)
    if registry.site is not None or registry.index_told or event in {"begin", "fail"}:
        return ""
    page = f"no page of {package.manifest.name} at {registry.index}"
    if earlier_tag := _earlier_tag(package, unfinished):
        return (
            f"{registry.name} has {page}, though {earlier_tag} was released there: whether "
            f"{unfinished.tag} is finished is not known"
        )
    if is_uploaded:
        return (
            f"{registry.name} took the files of {unfinished.tag}, the journal says, but has "
            f"{page}: that they are there cannot be verified"
        )
    return ""


def _reason_of_closed_index(
    world: World, registry: Registry, unfinished: Unfinished, *, is_uploaded: bool
) -> str:
    """Say what is known of a release on an index that cannot be read; empty: it has none."""
    if is_uploaded:
        return f"{registry.name} took the files of {unfinished.tag}, the journal says"
    if any(entry.tag == unfinished.tag for entry in journal.read(world.state / "journal.jsonl")):
        return ""  # this clone began it, and did not come to the end
    return f"{registry.name} cannot be read: whether {unfinished.tag} is finished is not known"


def _lower(package: PackageAtHead, unfinished: Unfinished) -> list[str]:
    """Return the tags of lower versions, the newest first."""
    version = unfinished.version
    return [tag for tag in package.tags if (package.form.version(tag) or version) < version]


def _earlier_tag(package: PackageAtHead, unfinished: Unfinished) -> str:
    """Return the newest lower tag that names files and the same index; empty: none does."""
    for tag in _lower(package, unfinished)[:_LOOKED_AT]:
        message = package.world.git.objects.tag_message(tag)
        if files_of_tag(message) and registry_of_tag(message) == unfinished.to:
            return tag
    return ""


def _last_event(world: World, registry: Registry, unfinished: Unfinished) -> str:
    """Return how, by this clone's journal, the last upload ended; empty: there was none."""
    path = world.state / "journal.jsonl"
    return journal.last_event(path, unfinished.tag, upload_mark(registry))
