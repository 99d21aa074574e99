"""What is on the index, against what a release's tag, or record, says it should be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.files.distribution import RecordMissing
from releasio.errors.index.registry import GoesElsewhere
from releasio.errors.index.release import TagHasNoFiles
from releasio.errors.request import UnknownRelease
from releasio.frozen import frozen
from releasio.release.checking.comparison import Comparison
from releasio.release.reading.indexes import routes_of
from releasio.release.reading.project.documents import read_project_name
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.contents.tag_message import files_of_tag, registry_of_tag
from releasio.rules.forge.forge_url import parse_forge_url
from releasio.rules.identity.attestation import home_at, judged
from releasio.rules.identity.attested import trust_for
from releasio.rules.versions.tag_choice import Owner
from releasio.steps.publish.proof import proof_of
from releasio.steps.publish.verify import patience_with
from releasio.world.build.dist_folder import DistFolder, dist_folder_of
from releasio.world.sigstore.attestation_folder import AttestationFolder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config
    from releasio.rules.identity.attestation import Proof
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World

_FRESH = 3600.0  # seconds; no page is cached for longer


def compare_release(
    world: World, settings: Settings, tag_or_version: str | None, *, wait: float | None = None
) -> Comparison:
    """
    Compare the release *tag_or_version*, or the last one here, with the index.

    Args:
        world: Repository and index.
        settings: The settings in force.
        tag_or_version: The release; `None`: the newest tag that what is checked out contains; if
            there is none, the newest of all.
        wait: Seconds to look until the index shows every file, and to wait for an index in
            trouble; 0: it is asked once. `None`: none at all for a release of more than an
            hour ago, else what the index usually needs.

    Raises:
        UnknownRelease: No tag names that version.
        TagHasNoFiles: The tag was made by another tool, does not name files, and was not
            released from this clone.
        RecordInvalid: It was, and the record is not one of ours.
        RecordDisagrees: It was, and the files beside the record are others.
        GoesElsewhere: It says that they went where these settings do not lead.
        IndexUnreachable: The index did not answer.
    """
    config, announcement = settings.config, _announcement(world, settings, tag_or_version)
    index = world.index(announcement.registry)
    name, version = announcement.project, announcement.version
    if wait is None:
        wait = _usual_wait(world, config, announcement.tag, announcement.registry)
    else:
        index.hurry(world.clock() + timedelta(seconds=wait))
    if wait:
        index.wait_until_visible(name, version, announcement.files, timeout=wait)
    index_files = index.files(name, version) or ()
    index_hashes = {file.name: index.sha256_of(file) for file in index_files}
    return Comparison(
        name,
        version,
        announcement.tag,
        announcement.registry,
        wait,
        wanted=announcement.files,
        found=index_hashes,
        yanked={file.name: file.yanked for file in index_files if file.yanked is not None},
        proofs=_proofs(
            world,
            config,
            announcement.registry,
            index_files,
            {**index_hashes, **announcement.files},
        ),
        newest=announcement.newest,
        signed=_signed_files(world, announcement),
        standing=index.standing(name),
        required=config.publish.attestations is True,
        by_tag=announcement.by_tag,
    )


@frozen
class _Announcement:
    """
    A release as its tag tells of it, or the record of its build in this clone.

    Attributes:
        project: The project's name.
        version: In PEP 440 normal form.
        tag: The tag.
        registry: Where it went.
        files: File name to sha256.
        newest: Whether no tag names a higher version.
        by_tag: Whether it is the tag that names the files.
    """

    project: str
    version: str
    tag: str
    registry: Registry
    files: Mapping[str, str]
    newest: bool
    by_tag: bool


def _announcement(world: World, settings: Settings, tag_or_version: str | None) -> _Announcement:
    """Read what the tag says, and find the index that it names."""
    routes = routes_of(settings)
    tag, version, form, newest = _tag_of(world, settings.config, tag_or_version)
    message = world.git.tag_message(tag)
    files, registry_name = files_of_tag(message), registry_of_tag(message)
    by_tag = bool(files)
    if not by_tag:
        files = _recorded_files(world, tag)
    way = routes.again(routes.of(tag, version, world.git.branch(), form), registry_name)
    if way is None:
        raise GoesElsewhere(tag, registry_name)
    project = read_project_name(world, tag)
    return _Announcement(project, str(version), tag, way.registry, files, newest, by_tag)


def _recorded_files(world: World, tag: str) -> dict[str, str]:
    """
    Return the files that this clone built of *tag*, name to sha256, as their record has them.

    Raises:
        TagHasNoFiles: There is no record, or it is of another commit.
        RecordInvalid: It is not one of ours.
        RecordDisagrees: The files beside it are not those it names.
    """
    try:
        record = DistFolder(dist_folder_of(world.state, tag)).record()
    except RecordMissing:
        raise TagHasNoFiles(tag) from None
    if record.commit != world.git.peel(tag):
        raise TagHasNoFiles(tag)
    return record.digests


def _signed_files(world: World, announcement: _Announcement) -> frozenset[str]:
    """Return the names of the files that were signed in this clone."""
    kept_attestations = AttestationFolder.of(world.state, announcement.tag, announcement.registry)
    return frozenset(name for name in announcement.files if name in kept_attestations)


def _proofs(
    world: World,
    config: Config,
    registry: Registry,
    index_files: Sequence[IndexFile],
    hashes: Mapping[str, str],
) -> dict[str, Proof]:
    """Return what the provenance of each file proves, by this clone's lights."""
    trust = trust_for(registry, config.publish.sigstore_trust_config)
    remote = world.git.remote()
    home = home_at(parse_forge_url(remote.url) if remote else None)
    proofs = {
        file.name: proof_of(world, registry, trust, file, hashes[file.name]) for file in index_files
    }
    return {name: judged(proof, home) for name, proof in sorted(proofs.items())}


def _usual_wait(world: World, config: Config, tag: str, registry: Registry) -> float:
    """Return how long to look for what may have been uploaded a moment ago."""
    if world.clock().timestamp() - world.git.commit_info(tag).time > _FRESH:
        return 0.0
    verify_timeout = config.publish.verify_timeout
    return patience_with(registry) if verify_timeout is None else verify_timeout


def _tag_of(
    world: World, config: Config, tag_or_version: str | None
) -> tuple[str, Version, TagForm, bool]:
    """Return the tag, its version, how tags are named, and whether it is the newest."""
    names = [tag.name for tag in world.git.tags()]
    form = tag_form_of(config, world.git.branch(), names, Owner(_name(world)))
    tags = form.newest(names)
    tag = form.find(tag_or_version, tags) if tag_or_version is not None else _last_of(world, tags)
    version = form.version(tag)
    if version is None:
        raise UnknownRelease(None, str(form))
    return tag, version, form, tag == next(iter(tags), "")


def _name(world: World) -> str:
    """Return the package's name at HEAD; empty where it does not say one."""
    try:
        return read_project_name(world, "HEAD")
    except ReleasioError:
        return ""


def _last_of(world: World, tags: Sequence[str]) -> str:
    """Return the first of *tags* that HEAD or its remote branch contains; else the very first."""
    git, remote = world.git, world.git.remote()
    # a release may have left the branch here behind: the tree was in its way
    remote_branch = f"refs/remotes/{remote.name}/{git.branch()}" if remote else ""
    heads = [ref for ref in ("HEAD", remote_branch) if ref and git.peel(ref)]
    contained_tags = git.reachable_tags(*heads) if heads else ()
    return next((tag for tag in tags if tag in contained_tags), next(iter(tags), ""))
