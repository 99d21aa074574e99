"""A release whose tag is public and of which something is left: what a run finishes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio import journal
from releasio.errors.base import ReleasioError
from releasio.facts import Unfinished
from releasio.rules.channel import publishes
from releasio.rules.ledger import files_of_tag
from releasio.rules.version import tag_version
from releasio.steps.upload import Delivery, Upload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.config.model import Config
    from releasio.facts import Remote
    from releasio.rules.manifest import Manifest
    from releasio.rules.registry import Registry
    from releasio.world.world import World


def find_unfinished(
    world: World,
    config: Config,
    registry: Registry,
    remote: Remote | None,
    manifest: Manifest,
    tags: Sequence[str],
    prefix: str,
    *,
    acting: bool,
) -> Unfinished | None:
    """
    Return the release to be finished, if there is one.

    A preview (not *acting*) that gets no answer says so and goes on without.

    Raises:
        ReleasioError: Remote or index did not answer, or not what they should.
    """
    if world.offline or remote is None:
        return None
    try:
        found = _not_landed(world, remote, prefix)
        if found is None and publishes(config, world.git.branch()):
            found = _not_uploaded(world, registry, manifest, tags, prefix)
    except ReleasioError as error:
        if acting:
            raise
        world.screen.note(f"{error}; whether an earlier release is unfinished is not known")
        return None
    return found


def _not_landed(world: World, remote: Remote, prefix: str) -> Unfinished | None:
    """A run that was killed after its push left its commit under a private ref."""
    git = world.git
    for ref, commit in git.refs("refs/releasio/").items():
        tag, _, kind = ref.removeprefix("refs/releasio/").rpartition("/")
        version = tag_version(tag, prefix)
        if kind != "commit" or version is None:
            continue
        there = git.ls_remote(remote, f"refs/tags/{tag}", f"refs/tags/{tag}^{{}}")
        if commit in there.values():
            files = files_of_tag(git.message_behind(f"refs/releasio/{tag}/tag"))
            return Unfinished(tag, version, commit, files)
    return None


def _not_uploaded(
    world: World, registry: Registry, manifest: Manifest, tags: Sequence[str], prefix: str
) -> Unfinished | None:
    """A tag that names its files, some of which the index does not have."""
    tag = next((tag for tag in tags if tag_version(tag, prefix) == manifest.version), None)
    if tag is None:
        return None
    wanted = files_of_tag(world.git.tag_message(tag))
    commit = world.git.peel(f"refs/tags/{tag}")
    if not wanted or commit is None:
        return None
    found = world.index(registry).files(manifest.name, str(manifest.version))
    if found is None and (why := _unseen(world, registry, manifest, tags, tag)):
        world.screen.note(
            f"{why}. Where the simple index is elsewhere, say so with `index` in the "
            "[registries] table"
        )
        return None
    if wanted.keys() <= {file.name for file in found or ()}:
        return None
    return Unfinished(tag, manifest.version, commit, wanted)


def _unseen(
    world: World, registry: Registry, manifest: Manifest, tags: Sequence[str], tag: str
) -> str:
    """
    Say why an index without a page of the project may have its files all the same.

    Otherwise a release would be resumed for ever where only uploads work. Empty: it has none.
    """
    page = f"no page of {manifest.name} at {registry.index}"
    if registry.site is not None:
        return ""
    if _named_files_before(world, tags, tag):
        return (
            f"{registry.name} has {page}, though releases were made before: whether {tag} is "
            "finished is not known"
        )
    if _journal_has_upload(world, registry, manifest, tag):
        return (
            f"{registry.name} took the files of {tag}, the journal says, but has {page}: that "
            "they are there cannot be verified"
        )
    return ""


def _named_files_before(world: World, tags: Sequence[str], tag: str) -> bool:
    """Whether the release before *tag* had files, too, so that some index knows the project."""
    before = tags[tags.index(tag) + 1 :][:1]
    return any(files_of_tag(world.git.tag_message(one)) for one in before)


def _journal_has_upload(world: World, registry: Registry, manifest: Manifest, tag: str) -> bool:
    """Whether a run of this clone came to the end of the upload: all there is to go by here."""
    delivery = Delivery(registry, manifest.name, str(manifest.version))
    step = str(Upload(delivery, policy=True))
    entries = journal.read(world.state / "journal.jsonl")
    return any((entry.tag, entry.step, entry.event) == (tag, step, "end") for entry in entries)
