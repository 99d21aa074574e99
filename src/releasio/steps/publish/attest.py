"""Sign the built files before anything is public, and keep what vouches for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import Blocked, Done, Omitted, State, Todo

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.rules.credentials.credential import Credential
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.credentials.secret import Secret
    from releasio.rules.identity.attestation import Signatory
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Attest:
    """
    Sign each file the index lacks, as the job that publishes it.

    What was signed is kept beside the journal, per index, and taken up by a later
    run if it still vouches for the same bytes and the same signatory.

    Attributes:
        delivery: What goes where.
        policy: Which kinds of credentials are used: only trusted publishing goes with it.
        required: Where it cannot be, nothing is released. Otherwise it is only said.
        trust: The file with a Sigstore of one's own; `None`: the public one.
    """

    delivery: Delivery
    policy: Policy
    required: bool = False
    trust: str | None = None

    def __str__(self) -> str:
        delivery = self.delivery
        return f"sign {delivery.project} {delivery.version} for {delivery.registry.name}"

    def probe(self, world: World) -> State:
        """
        Find out whether and as whom; an identity is asked for, and nothing is signed.

        Raises:
            TrustConfigUnusable: The setting names no usable file.
            IndexUnreachable: The CI's identity service did not answer.
        """
        if world.offline:
            return Todo("Sigstore was not asked")
        if self.delivery.files is not None and not self.delivery.missing(world):
            return Done("every file is on the index")
        from releasio.errors.auth.attestation import AttestationImpossible

        try:
            self._check(world, None)
            identity = self._identity(world)()
            disclosure = self._disclosure(identity)
            return Todo(f"as {self._signatory(identity)}{f'; {disclosure}' if disclosure else ''}")
        except AttestationImpossible as error:
            if self.required:
                return Blocked(error)
            return Omitted(f"without attestations: {error.reason}. {error.advice}".rstrip(" ."))

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Sign, verify what was signed, and keep it; without, where that is allowed and cannot be.

        Raises:
            AttestationImpossible: It is required and cannot be.
            SigstoreUnreachable: Sigstore did not answer.
            SigningRefused: It did not certify or log this.
            AttestationUnfit: What was signed would not be taken.
        """
        from releasio.errors.auth.attestation import AttestationImpossible

        registry = self.delivery.registry
        attestations = run.attestations.setdefault(registry, {})
        try:
            self._check(world, run.credentials.get(registry))
            identity = self._identity(world)
            signatory = self._signatory(identity())
        except AttestationImpossible as error:
            if self.required:
                raise
            note = f"the files go to {registry.name} without attestations: {error.reason}"
            world.screen.note(f"{note}. {error.advice}".rstrip(" ."))
            return Omitted("without attestations")
        attestations |= self._attestations(world, identity, signatory)
        return None

    def _disclosure(self, identity: Secret) -> str:
        """Say what nobody asked for and the public Sigstore will show of this job."""
        from releasio.rules.identity.claims import read_claims
        from releasio.rules.identity.disclosure import disclosed

        return "" if self.required or self.trust else disclosed(read_claims(identity))

    def _check(self, world: World, credential: Credential | None) -> None:
        """Raise what is in the way and is known without a request; *credential* is the upload's."""
        from releasio.auth.trusted.signing_identity import why_none
        from releasio.errors.auth.attestation import (
            AttestationsExtraMissing,
            AttestationsNeedTrustedPublishing,
        )
        from releasio.world.sigstore.attestor import missing

        if not self._by_trusted_publishing(world, credential):
            raise AttestationsNeedTrustedPublishing(self.delivery.registry.name)
        if names := missing():
            raise AttestationsExtraMissing(names)
        if self.trust is not None:
            world.sigstore(self.trust, world.index(self.delivery.registry).requester)
        if error := why_none(world.env):
            raise error

    def _by_trusted_publishing(self, world: World, credential: Credential | None) -> bool:
        from releasio.auth.chain import trusts

        if credential is not None:
            return credential.trusted
        return trusts(world.env, self.delivery.registry, self.policy)

    def _identity(self, world: World) -> Callable[[], Secret]:
        from releasio.auth.trusted.signing_identity import fetcher

        return fetcher(world.env, world.index(self.delivery.registry).requester)

    @staticmethod
    def _signatory(identity: Secret) -> Signatory:
        """Return who *identity* is to an index, which would take its attestations."""
        from releasio.errors.auth.attestation import AttestedByCaller, SigningIdentityUnusable

        # only a job that may sign comes here
        from releasio.rules.identity.attestation import called_from, signatory_of
        from releasio.rules.identity.claims import read_claims

        claims = read_claims(identity)
        if trap := called_from(claims):
            raise AttestedByCaller(*trap)
        signatory = signatory_of(claims)
        if signatory is None:
            source, problem = "this job", "it is of no CI that indexes have as trusted publisher"
            raise SigningIdentityUnusable(source, problem)
        return signatory

    def _attestations(
        self, world: World, identity: Callable[[], Secret], signatory: Signatory
    ) -> dict[str, str]:
        """Return the attestation of each file the index lacks: a kept one, or a new one."""
        from releasio.errors.auth.attestation import AttestationUnfit
        from releasio.world.sigstore.attestation_folder import AttestationFolder
        from releasio.world.sigstore.attestor import Attestor
        from releasio.world.sigstore.verifier import Verifier

        requester = world.index(self.delivery.registry).requester
        config = world.sigstore(self.trust, requester)
        attestor, witness = Attestor(config, identity, requester, world.timeout), Verifier(config)
        kept_attestations = AttestationFolder.of(
            world.state, self.delivery.tag, self.delivery.registry
        )
        attestations: dict[str, str] = {}
        for file in self.delivery.missing(world):
            text = kept_attestations.read(file.name)
            if text is None or witness.problem(text, file.name, file.sha256, signatory):
                text = attestor.sign(file.name, file.sha256)
                if problem := witness.problem(text, file.name, file.sha256, signatory):
                    raise AttestationUnfit(file.name, problem)
                kept_attestations.write(file.name, text)
                world.screen.line(f"{file.name} is signed as {signatory}")
            attestations[file.name] = text
        return attestations
