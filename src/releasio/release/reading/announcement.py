"""What the public tag of a release announces: the files that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.reading.missing_files import has_all
from releasio.release.standing import Unfinished
from releasio.rules.contents.tag_message import (
    files_of_tag,
    has_page,
    is_merged_back,
    moves_of_tag,
    registry_of_tag,
)
from releasio.rules.running.remote import commit_of_tag, tag_refs

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.release.facts import Facts, PackageFacts
    from releasio.rules.running.remote import Remote
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World


def release_named_by(message: str, tag: str, version: Version, commit: str) -> Unfinished:
    """Return the release of which the tag's *message* tells."""
    return Unfinished(
        tag,
        version,
        commit,
        files_of_tag(message),
        registry_of_tag(message),
        page=has_page(message),
        moves=moves_of_tag(message),
        merge_back=is_merged_back(message),
    )


def announced(world: World, remote: Remote | None, tag: str, form: TagForm) -> Unfinished | None:
    """
    Return the release that *tag* on the remote announces, with the files it names.

    Raises:
        ReleasioError: The remote did not answer, or not what it should.
    """
    version = form.version(tag)
    if world.offline or remote is None or version is None:
        return None
    refs = world.git.remotes.list_refs(remote, *tag_refs(tag))
    tag_object = refs.get(f"refs/tags/{tag}")
    if tag_object is None:
        return None
    world.git.remotes.fetch(remote, f"refs/tags/{tag}")
    commit = commit_of_tag(refs, tag) or tag_object
    return release_named_by(world.git.objects.tag_object_message(tag_object), tag, version, commit)


def is_there(world: World, facts: Facts, package: PackageFacts, unfinished: Unfinished) -> bool:
    """
    Whether the index has every file that *unfinished* names, by hash.

    Raises:
        ReleasioError: The index did not answer, or not what it should.
    """
    index = world.index(facts.way_of(package, unfinished).registry)
    index_files = index.files(package.manifest.name, str(unfinished.version)) or ()
    return bool(unfinished.files) and has_all(index, index_files, unfinished)
