"""What the provenance that an index shows of a file proves, to whoever looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.attestation import SigningRefused, SigstoreUnreachable
from releasio.errors.index.answers import GarbledAnswer, IndexRefused, IndexUnreachable
from releasio.rules.identity.attestation import Proof

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile
    from releasio.world.world import World

_TROUBLE = (IndexRefused, GarbledAnswer, IndexUnreachable, SigstoreUnreachable, SigningRefused)


def proof_of(
    world: World, registry: Registry, trust: str | None, file: IndexFile, sha256: str
) -> Proof:
    """
    Read back and verify the provenance of *file*; without one nothing is proven.

    Where it cannot be read or verified here, that is the answer.

    Args:
        world: Reads, and knows what Sigstore is trusted by.
        registry: The index that has the file.
        trust: The file with a Sigstore of one's own; `None`: the public one.
        file: As the index lists it.
        sha256: What its bytes are expected to be.

    Raises:
        TrustConfigUnusable: The setting names no usable file.
    """
    if file.provenance is None:
        return Proof()
    from releasio.world.sigstore.attestor import missing
    from releasio.world.sigstore.verifier import Verifier

    index = world.index(registry)
    if names := missing():
        verb = "are" if len(names) > 1 else "is"
        return Proof(unverified=f"{' and '.join(names)} {verb} not installed")
    try:
        document = index.provenance(file)
        if document is None:
            return Proof()
        config = world.sigstore(trust, index.requester)
    except _TROUBLE as error:
        return Proof(unverified=str(error))
    return Verifier(config).proof(document, file.name, sha256)
