"""What is on the index, against what a release's tag says it should be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from releasio.documents import read_package
from releasio.errors.attestation import ProvenanceMissing, ProvenanceWrong
from releasio.errors.base import raise_all
from releasio.errors.registry import GoesElsewhere, ProjectClosed
from releasio.errors.release import FileDiffers, FilesMissing, NotVisibleYet, TagHasNoFiles
from releasio.errors.request import UnknownRelease
from releasio.frozen import frozen
from releasio.gather import routes_of
from releasio.rules.attestation import home_at, judged
from releasio.rules.attested import trust_for
from releasio.rules.channel import tag_prefix_of
from releasio.rules.forge_url import parse_forge_url
from releasio.rules.ledger import files_of_tag, registry_of_tag
from releasio.rules.version import newest_tags, tag_of, tag_version
from releasio.steps.proof import proof_of
from releasio.steps.verify import patience_with
from releasio.world.kept_attestations import KeptAttestations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from packaging.version import Version

    from releasio.config.load import Settings
    from releasio.config.model import Config
    from releasio.errors.base import ReleasioError
    from releasio.rules.attestation import Proof
    from releasio.rules.registry import Registry
    from releasio.rules.simple import IndexFile, Standing
    from releasio.world.world import World

_FRESH = 3600.0  # seconds; no page is cached for longer


@frozen
class Comparison:
    """
    A release, file by file.

    Attributes:
        project: The project's name.
        version: In PEP 440 normal form.
        tag: The release's tag.
        registry: The index.
        looked: Seconds that were spent looking; 0: it is too long ago to be still on its way.
        wanted: File name to sha256, as the tag says.
        found: File name to sha256, as the index says.
        yanked: File name to why it was yanked; may be empty.
        proofs: File name to what the index's provenance of it proves.
        newest: Whether no tag names a higher version.
        signed: Names of files that were signed in this clone.
        standing: How the project stands with the index.
        required: Whether `publish.attestations` asks for them without an if.
    """

    project: str
    version: str
    tag: str
    registry: Registry
    looked: float
    wanted: Mapping[str, str]
    found: Mapping[str, str]
    yanked: Mapping[str, str]
    proofs: Mapping[str, Proof]
    newest: bool
    signed: frozenset[str]
    standing: Standing
    required: bool = False

    @property
    def states(self) -> dict[str, str]:
        """File name to `same`, `missing`, `different`, or `not of this release`."""
        told = {name: self._state(name) for name in sorted(self.wanted)}
        extra = sorted(self.found.keys() - self.wanted.keys())
        return told | dict.fromkeys(extra, "not of this release")

    def _state(self, name: str) -> str:
        if name not in self.found:
            return "missing"
        return "same" if self.found[name] == self.wanted[name] else "different"

    @property
    def attested(self) -> bool:
        """Whether anybody says of a file who published it, did so here, or asks for it."""
        said = any(proof.said for proof in self.proofs.values())
        return self.required or bool(self.signed) or said

    @property
    def unproven(self) -> list[str]:
        """The files whose provenance is wrong, or gone since they were signed."""
        return [
            name
            for name, proof in self.proofs.items()
            if proof.problem or (name in self.signed and not proof.said)
        ]

    @property
    def bare(self) -> list[str]:
        """The files without provenance though it is asked for; nobody knows that there was any."""
        without = [name for name, proof in self.proofs.items() if not proof.said]
        return [name for name in without if self.required and name not in self.signed]

    def raise_problems(self) -> None:
        """
        Raise what is wrong with the release.

        Raises:
            FileDiffers: The index has other bytes than the tag names.
            FilesMissing: The index lacks files.
            ProjectClosed: It does, and takes or shows none.
            ProvenanceWrong: Somebody else published a file, or nobody knows who.
            ProvenanceMissing: A file was signed, and the index does not show it.
            Problems: Several of these.
        """
        states = self.states
        errors = [
            FileDiffers(
                name,
                self.registry.name,
                here=self.wanted[name],
                there=self.found[name],
                version=self.version if self.newest else "",
                whose="the release's tag names",
            )
            for name, state in states.items()
            if state == "different"
        ]
        missing = [name for name, state in states.items() if state == "missing"]
        lacking = [self._lacks(missing)] if missing else []
        raise_all([*errors, *lacking, *self._unproven()])

    def _unproven(self) -> Iterator[ReleasioError]:
        for name, proof in self.proofs.items():
            if proof.problem:
                yield ProvenanceWrong(name, self.registry.name, proof.problem)
        if bare := [name for name in self.unproven if not self.proofs[name].said]:
            yield ProvenanceMissing(bare, self.registry.name)

    def _lacks(self, missing: Sequence[str]) -> ReleasioError:
        if not self.standing.takes_files:
            return ProjectClosed(self.project, self.registry, self.standing)
        finishable = "different" not in self.states.values()
        if self.looked and finishable:
            return NotVisibleYet(self.tag, missing, self.registry.name, waited=self.looked)
        return FilesMissing(self.tag, missing, self.registry.name, finishable=finishable)


def compare_release(
    world: World, settings: Settings, wanted: str | None, *, wait: float | None = None
) -> Comparison:
    """
    Compare the release of version *wanted*, or the newest tagged one, with the index.

    Args:
        world: Repository and index.
        settings: The settings in force.
        wanted: A version or a tag; `None`: the newest one.
        wait: Seconds to look until the index shows every file, and to wait for an index in
            trouble; 0: it is asked once. `None`: none at all for a release of more than an
            hour ago, else what the index usually needs.

    Raises:
        UnknownRelease: No tag names that version.
        TagHasNoFiles: The tag was made by another tool and does not name files.
        GoesElsewhere: It says that they went where these settings do not lead.
        IndexUnreachable: The index did not answer.
    """
    config, said = settings.config, _announced(world, settings, wanted)
    index, (name, version) = world.index(said.registry), (said.project, said.version)
    if wait is None:
        wait = _usual_wait(world, config, said.tag, said.registry)
    else:
        index.hurry(world.clock() + timedelta(seconds=wait))
    if wait:
        index.wait_until_visible(name, version, said.files, timeout=wait)
    there = index.files(name, version) or ()
    found = {file.name: index.sha256_of(file) for file in there}
    return Comparison(
        name,
        version,
        said.tag,
        said.registry,
        wait,
        wanted=said.files,
        found=found,
        yanked={file.name: file.yanked for file in there if file.yanked is not None},
        proofs=_proofs(world, config, said.registry, there, {**found, **said.files}),
        newest=said.newest,
        signed=_signed_here(world, said),
        standing=index.standing(name),
        required=config.publish.attestations is True,
    )


@frozen
class _Announced:
    """A release as its tag tells of it: *files* are sha256 by name, *newest* is the highest."""

    project: str
    version: str
    tag: str
    registry: Registry
    files: Mapping[str, str]
    newest: bool


def _announced(world: World, settings: Settings, wanted: str | None) -> _Announced:
    """Read what the tag of version *wanted* says, and find the index that it names."""
    routes = routes_of(settings)
    tag, version, prefix, newest = _tag_of(world, settings.config, wanted)
    message = world.git.tag_message(tag)
    files, to = files_of_tag(message), registry_of_tag(message)
    if not files:
        raise TagHasNoFiles(tag)
    way = routes.again(routes.of(tag, version, world.git.branch(), prefix), to)
    if way is None:
        raise GoesElsewhere(tag, to)
    project = read_package(world, tag).name
    return _Announced(project, str(version), tag, way.registry, files, newest)


def _signed_here(world: World, said: _Announced) -> frozenset[str]:
    """Return the names of the files that were signed in this clone."""
    kept = KeptAttestations.of(world.state, said.tag, said.registry)
    return frozenset(name for name in said.files if name in kept)


def _proofs(
    world: World,
    config: Config,
    registry: Registry,
    there: Sequence[IndexFile],
    hashes: Mapping[str, str],
) -> dict[str, Proof]:
    """Return what the provenance of each file proves, by this clone's lights."""
    trust = trust_for(registry, config.publish.sigstore_trust_config)
    remote = world.git.remote()
    home = home_at(parse_forge_url(remote.url) if remote else None)
    proofs = {
        file.name: proof_of(world, registry, trust, file, hashes[file.name]) for file in there
    }
    return {name: judged(proof, home) for name, proof in sorted(proofs.items())}


def _usual_wait(world: World, config: Config, tag: str, registry: Registry) -> float:
    """Return how long to look for what may have been uploaded a moment ago."""
    if world.clock().timestamp() - world.git.commit_info(tag).time > _FRESH:
        return 0.0
    chosen = config.publish.verify_timeout
    return patience_with(registry) if chosen is None else chosen


def _tag_of(world: World, config: Config, wanted: str | None) -> tuple[str, Version, str, bool]:
    """Return the tag of *wanted*, the version, what stands before it, and if it is the newest."""
    names = [tag.name for tag in world.git.tags()]
    prefix = tag_prefix_of(config, world.git.branch(), names)
    tags = newest_tags(names, prefix)
    tag = tag_of(wanted, tags, prefix) if wanted is not None else next(iter(tags), "")
    version = tag_version(tag, prefix)
    if version is None:
        raise UnknownRelease(None, prefix)
    return tag, version, prefix, tag == next(iter(tags), "")
