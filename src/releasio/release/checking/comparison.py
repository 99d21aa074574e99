"""A release on the index, file by file, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.attestation import ProvenanceMissing, ProvenanceWrong
from releasio.errors.base import raise_all
from releasio.errors.index.release import FileDiffers, FilesMissing, NotVisibleYet
from releasio.frozen import frozen
from releasio.rules.index.advice import command_after
from releasio.rules.index.closed import project_closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.rules.identity.attestation import Proof
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import Standing


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
        wanted: File name to sha256, as the tag says, or the record of the build.
        found: File name to sha256, as the index says.
        yanked: File name to why it was yanked; may be empty.
        proofs: File name to what the index's provenance of it proves.
        newest: Whether no tag names a higher version.
        signed: Names of files that were signed in this clone.
        standing: How the project stands with the index.
        required: Whether `publish.attestations` asks for them without an if.
        by_tag: Whether it is the tag that names the files.
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
    by_tag: bool = True

    @property
    def namer(self) -> str:
        """What says which files are of the release, for sentences."""
        return self.tag if self.by_tag else f"the record of {self.tag}"

    @property
    def states(self) -> dict[str, str]:
        """File name to `same`, `missing`, `different`, or `not of this release`."""
        file_states = {name: self._state(name) for name in sorted(self.wanted)}
        return file_states | dict.fromkeys(self.stray, "not of this release")

    @property
    def stray(self) -> list[str]:
        """The files of this version that the index has and the tag does not name."""
        return sorted(self.found.keys() - self.wanted.keys())

    def _state(self, name: str) -> str:
        if name not in self.found:
            return "missing"
        return "same" if self.found[name] == self.wanted[name] else "different"

    @property
    def attested(self) -> bool:
        """Whether anybody says of a file who published it, did so here, or asks for it."""
        has_provenance = any(proof.said for proof in self.proofs.values())
        return self.required or bool(self.signed) or has_provenance

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
        unattested_files = [name for name, proof in self.proofs.items() if not proof.said]
        return [name for name in unattested_files if self.required and name not in self.signed]

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
                command=command_after(self.version),
                whose=f"the release's {'tag' if self.by_tag else 'record'} names",
            )
            for name, state in states.items()
            if state == "different"
        ]
        missing_files = [name for name, state in states.items() if state == "missing"]
        missing_errors = [self._missing_error(missing_files)] if missing_files else []
        raise_all([*errors, *missing_errors, *self._provenance_errors()])

    def _provenance_errors(self) -> Iterator[ReleasioError]:
        for name, proof in self.proofs.items():
            if proof.problem:
                yield ProvenanceWrong(name, self.registry.name, proof.problem)
        if bare := [name for name in self.unproven if not self.proofs[name].said]:
            yield ProvenanceMissing(bare, self.registry.name)

    def _missing_error(self, missing_files: Sequence[str]) -> ReleasioError:
        if not self.standing.takes_files:
            return project_closed(self.project, self.registry, self.standing)
        is_finishable = "different" not in self.states.values()
        if self.looked and is_finishable:
            return NotVisibleYet(self.namer, missing_files, self.registry.name, waited=self.looked)
        return FilesMissing(self.namer, missing_files, self.registry.name, finishable=is_finishable)
