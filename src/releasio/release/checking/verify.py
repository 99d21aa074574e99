"""What is on the index, against what a release's tag, or record, says it should be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from releasio.errors.files.distribution import RecordMissing
from releasio.errors.index.release import TagHasNoFiles
from releasio.release.checking.announcement import announcement_of
from releasio.release.checking.comparison import Comparison
from releasio.rules.forge.forge_url import parse_forge_url
from releasio.rules.identity.attestation import home_at, judged
from releasio.rules.identity.attested import trust_for
from releasio.steps.publish.proof import proof_of
from releasio.steps.publish.verify import patience_with
from releasio.world.build.dist_folder import DistFolder, dist_folder_of
from releasio.world.sigstore.attestation_folder import AttestationFolder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config
    from releasio.release.checking.announcement import Announcement
    from releasio.rules.identity.attestation import Proof
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
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
    config, announcement = settings.config, announcement_of(world, settings, tag_or_version)
    files = announcement.files or _recorded_files(world, announcement.tag)
    index = world.index(announcement.registry)
    name, version = announcement.project, str(announcement.version)
    if wait is None:
        wait = _usual_wait(world, config, announcement.tag, announcement.registry)
    else:
        index.hurry(world.clock() + timedelta(seconds=wait))
    if wait:
        index.wait_until_visible(name, version, files, timeout=wait)
    index_files = index.files(name, version) or ()
    index_hashes = {file.name: index.sha256_of(file) for file in index_files}
    return Comparison(
        name,
        version,
        announcement.tag,
        announcement.registry,
        wait,
        wanted=files,
        found=index_hashes,
        yanked={file.name: file.yanked for file in index_files if file.yanked is not None},
        proofs=_proofs(
            world,
            config,
            announcement.registry,
            index_files,
            {**index_hashes, **files},
        ),
        newest=announcement.newest,
        signed=_signed_files(world, announcement, files),
        standing=index.standing(name),
        required=config.publish.attestations is True,
        by_tag=bool(announcement.files),
    )


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
    if record.commit != world.git.objects.peel(tag):
        raise TagHasNoFiles(tag)
    return record.digests


def _signed_files(world: World, announcement: Announcement, files: Iterable[str]) -> frozenset[str]:
    """Return the names of the files that were signed in this clone."""
    kept_attestations = AttestationFolder.of(world.state, announcement.tag, announcement.registry)
    return frozenset(name for name in files if name in kept_attestations)


def _proofs(
    world: World,
    config: Config,
    registry: Registry,
    index_files: Sequence[IndexFile],
    hashes: Mapping[str, str],
) -> dict[str, Proof]:
    """Return what the provenance of each file proves, by this clone's lights."""
    trust = trust_for(registry, config.publish.sigstore_trust_config)
    remote = world.git.remotes.chosen()
    home = home_at(parse_forge_url(remote.url) if remote else None)
    proofs = {
        file.name: proof_of(world, registry, trust, file, hashes[file.name]) for file in index_files
    }
    return {name: judged(proof, home) for name, proof in sorted(proofs.items())}


def _usual_wait(world: World, config: Config, tag: str, registry: Registry) -> float:
    """Return how long to look for what may have been uploaded a moment ago."""
    if world.clock().timestamp() - world.git.history.commit(tag).time > _FRESH:
        return 0.0
    verify_timeout = config.publish.verify_timeout
    return patience_with(registry) if verify_timeout is None else verify_timeout
