"""See what installers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.attestation import ProvenanceWrong
from releasio.errors.base import ReleasioError, raise_all
from releasio.errors.index.release import NotOnStaging
from releasio.frozen import frozen
from releasio.steps.step import Omitted, State, Todo
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry
    from releasio.rules.index.visibility import Visibility
    from releasio.steps.publish.upload import Delivery
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
        then = ", before it goes on" if self.delivery.staging else ""
        return f"verify on {self.delivery.registry.name}: every file, by sha256{then}"

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
        made = self.delivery
        wanted = {file.name: file.sha256 for file in made.files or ()}
        patience = self._patience()
        seen = world.index(made.registry).wait_until_visible(
            made.project, made.version, wanted, timeout=patience
        )
        raise_all(
            [
                made.differs(name, here=wanted[name], there=there)
                for name, there in seen.different.items()
            ]
        )
        if made.staging and not seen.complete:
            missing = sorted(seen.missing)
            raise NotOnStaging(made.registry.name, missing, seen.trouble, waited=patience)
        said = self._unseen(world, seen)
        if said:
            world.screen.note(f"{said}. `releasio verify` looks again.")
        if signed := run.attestations.get(made.registry, {}).keys() & {*seen.visible}:
            self._read_back(world, {name: wanted[name] for name in signed})
        return Omitted(f"{len(seen.visible)} of {len(wanted)} files were seen") if said else None

    def _patience(self) -> float:
        """Return how many seconds to look; 0 holds back no release that goes on from here."""
        usual = patience_with(self.delivery.registry)
        if self.timeout is None:
            return usual
        return self.timeout or (usual if self.delivery.staging else 0.0)

    def _read_back(self, world: World, signed: Mapping[str, str]) -> None:
        """Verify what the index shows of who published the files, name to sha256, that it has."""
        from releasio.steps.publish.proof import proof_of

        registry = self.delivery.registry
        there = self.delivery.on_index(world)
        proofs = {
            name: proof_of(world, registry, self.trust, there[name], signed[name])
            for name in sorted(signed)
            if name in there
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
            said = f"{registry.name} shows no provenance of {name} yet"
            if proof.unverified:
                said = f"the provenance of {name} on {registry.name} was not verified: "
                said += proof.unverified
            world.screen.note(f"{said.rstrip('.')}. `releasio verify` looks again.")

    def _unseen(self, world: World, seen: Visibility) -> str:
        """Say what could not be seen, and why that may be; empty when all was."""
        registry = self.delivery.registry
        names = listed(sorted(seen.missing)) if seen.missing else ""
        if seen.missing and not seen.trouble and (closed := self._closed(world)):
            return closed
        if seen.trouble:
            return f"{registry.name} took the upload, but could not be asked for it: {seen.trouble}"
        if seen.missing and not seen.visible and not registry.site:
            return (
                f"{registry.name} took the upload but lists none of it at {registry.index}; if its "
                f"simple index is elsewhere, say so: [registries.NAME] index"
            )
        if seen.missing:
            cached = ": its pages are cached" if registry.site else ""
            return f"{registry.name} took the upload but does not list {names} yet{cached}"
        return ""

    def _closed(self, world: World) -> str:
        """Say that the index shows no file of the project to anybody; empty: it may."""
        made = self.delivery
        try:
            standing = world.index(made.registry).standing(made.project)
        except ReleasioError:  # it was readable a moment ago: the files are the story
            return ""
        if standing.status != "quarantined":
            return ""
        why = f" ({standing.reason})" if standing.reason else ""
        return (
            f"{made.registry.name} took the upload, but has {made.project} in quarantine and shows "
            f"none of its files to anybody{why}"
        )
