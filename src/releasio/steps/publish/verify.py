"""See what installers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, raise_all
from releasio.frozen import frozen
from releasio.steps.step import Omitted, State, Todo
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry
    from releasio.rules.index.visibility import Visibility
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.world import World

PATIENCE = 300.0  # seconds; PyPI's pages may be cached for ten minutes
PATIENCE_ELSEWHERE = 60.0  # seconds; other indexes have no cache in front of them, as a rule


def patience_with(registry: Registry) -> float:
    """Return how many seconds it may take until *registry* shows what it took."""
    return PATIENCE if registry.site else PATIENCE_ELSEWHERE


@frozen
class Verify:
    """
    Compare what the index offers to installers with what was built.

    Attributes:
        delivery: What went where.
        timeout: Seconds to look for it; `None`: what the index usually needs.
        trust: The file with a Sigstore of one's own; `None`: the public one.
    """

    delivery: Delivery
    timeout: float | None = None
    trust: str | None = None

    def __str__(self) -> str:
        ending = ", before it goes on" if self.delivery.staging else ""
        return f"verify on {self.delivery.registry.name}: every file, by sha256{ending}"

    def probe(self, world: World) -> State:
        """Looking again never hurts, so it is always to do."""
        return Todo()

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Poll, bounded; what is not visible in the end is said, and is no failure.

        Only when every file was seen, with its hash, is the step done.

        Raises:
            FileDiffers: The index offers other bytes than were uploaded.
            Problems: Several files are not what they should be.
            NotOnStaging: A staging index does not show all of it: nothing goes on from there.
            ProvenanceWrong: What it shows of who published a file does not hold.
        """
        delivery = self.delivery
        expected_hashes = {file.name: file.sha256 for file in delivery.files or ()}
        patience = self._patience()
        visibility = world.index(delivery.registry).wait_until_visible(
            delivery.project, delivery.version, expected_hashes, timeout=patience
        )
        raise_all(
            [
                delivery.differs(name, expected=expected_hashes[name], actual=index_hash)
                for name, index_hash in visibility.different.items()
            ]
        )
        if delivery.staging and not visibility.complete:
            missing_files = sorted(visibility.missing)
            from releasio.errors.index.release import NotOnStaging

            raise NotOnStaging(
                delivery.registry.name, missing_files, visibility.trouble, waited=patience
            )
        remark = self._visibility_remark(world, visibility)
        if remark:
            world.screen.note(f"{remark}. `releasio verify` looks again.")
        attestations = run.attestations.get(delivery.registry, {})
        if signed_files := attestations.keys() & {*visibility.visible}:
            self._verify_provenance(world, {name: expected_hashes[name] for name in signed_files})
        if not remark:
            return None
        return Omitted(f"{len(visibility.visible)} of {len(expected_hashes)} files were seen")

    def _patience(self) -> float:
        """Return how many seconds to look; 0 holds back no release that goes on from here."""
        usual = patience_with(self.delivery.registry)
        if self.timeout is None:
            return usual
        return self.timeout or (usual if self.delivery.staging else 0.0)

    def _verify_provenance(self, world: World, signed_hashes: Mapping[str, str]) -> None:
        """Verify the provenance that the index shows of the signed files (name to sha256)."""
        from releasio.errors.auth.attestation import ProvenanceWrong
        from releasio.steps.publish.proof import proof_of

        registry = self.delivery.registry
        index_files = self.delivery.on_index(world)
        proofs = {
            name: proof_of(world, registry, self.trust, index_files[name], signed_hashes[name])
            for name in sorted(signed_hashes)
            if name in index_files
        }
        raise_all(
            [
                ProvenanceWrong(name, registry.name, proof.problem)
                for name, proof in proofs.items()
                if proof.problem
            ]
        )
        for name, proof in proofs.items():
            if proof.holds:
                world.screen.line(f"{name} is attested on {registry.name} {proof}")
                continue
            remark = f"{registry.name} shows no provenance of {name} yet"
            if proof.unverified:
                remark = f"the provenance of {name} on {registry.name} was not verified: "
                remark += proof.unverified
            world.screen.note(f"{remark.rstrip('.')}. `releasio verify` looks again.")

    def _visibility_remark(self, world: World, visibility: Visibility) -> str:
        """Say what could not be seen, and why that may be; empty when all was."""
        registry = self.delivery.registry
        names = listed(sorted(visibility.missing)) if visibility.missing else ""
        if (
            visibility.missing
            and not visibility.trouble
            and (quarantine := self._quarantine_remark(world))
        ):
            return quarantine
        if visibility.trouble:
            trouble = visibility.trouble
            return f"{registry.name} took the upload, but could not be asked for it: {trouble}"
        if visibility.missing and not visibility.visible and not registry.site:
            return (
                f"{registry.name} took the upload but lists none of it at {registry.index}; if its "
                f"simple index is elsewhere, say so: [registries.NAME] index"
            )
        if visibility.missing:
            cache_remark = ": its pages are cached" if registry.site else ""
            return f"{registry.name} took the upload but does not list {names} yet{cache_remark}"
        return ""

    def _quarantine_remark(self, world: World) -> str:
        """Say that the index shows no file of the project to anybody; empty: it may."""
        delivery = self.delivery
        try:
            standing = world.index(delivery.registry).standing(delivery.project)
        except ReleasioError:  # it was readable a moment ago: the files are the story
            return ""
        if standing.status != "quarantined":
            return ""
        reason = f" ({standing.reason})" if standing.reason else ""
        return (
            f"{delivery.registry.name} took the upload, but has {delivery.project} in quarantine "
            f"and shows none of its files to anybody{reason}"
        )
