"""What the public tag of a release announces: the files that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.reading.missing_files import has_all
from releasio.release.standing import Unfinished
from releasio.rules.contents.ledger import files_of_tag, registry_of_tag

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.release.facts import Facts, PackageFacts
    from releasio.rules.running.remote import Remote
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World


def release_named_by(message: str, tag: str, version: Version, commit: str) -> Unfinished:
    """Return the release of which the tag's *message* tells."""
    return Unfinished(tag, version, commit, files_of_tag(message), registry_of_tag(message))


def announced(world: World, remote: Remote | None, tag: str, form: TagForm) -> Unfinished | None:
    """
    Return the release that *tag* on the remote announces, with the files it names.

    Raises:
        ReleasioError: The remote did not answer, or not what it should.
    """
    version = form.version(tag)
    if world.offline or remote is None or version is None:
        return None
    there = world.git.ls_remote(remote, f"refs/tags/{tag}", f"refs/tags/{tag}^{{}}")
    made = there.get(f"refs/tags/{tag}")
    if made is None:
        return None
    world.git.fetch(remote, f"refs/tags/{tag}")
    commit = there.get(f"refs/tags/{tag}^{{}}", made)
    return release_named_by(world.git.tag_object_message(made), tag, version, commit)


def is_there(world: World, facts: Facts, package: PackageFacts, left: Unfinished) -> bool:
    """
    Whether the index has every file that *left* names, by hash.

    Raises:
        ReleasioError: The index did not answer, or not what it should.
    """
    index = world.index(facts.way_of(package, left).registry)
    found = index.files(package.manifest.name, str(left.version)) or ()
    return bool(left.files) and has_all(index, found, left)
