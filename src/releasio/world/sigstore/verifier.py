"""Verifies who signed a distribution."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.identity.attestation import (
    Certified,
    Proof,
    Signatory,
    bundles_in,
    misfit,
    unproven,
)
from releasio.text.json_text import read_json
from releasio.world.sigstore.trouble import beginning_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from pypi_attestations import Attestation
    from sigstore.models import ClientTrustConfig

_STATEMENT = "application/vnd.in-toto+json"


@dataclass(frozen=True)
class Verifier:
    """Verifies attestations by what *config* trusts; nothing is fetched for it."""

    config: ClientTrustConfig

    def problem(self, text: str, name: str, sha256: str, signatory: Signatory) -> str:
        """
        Return why *text* does not prove that *signatory* signed that file; empty: it does.

        Args:
            text: An attestation in JSON.
            name: The file's name.
            sha256: Of its bytes.
            signatory: Who must have signed it.
        """
        from pydantic import ValidationError  # comes with the extra
        from pypi_attestations import Attestation  # an extra
        from sigstore.verify import Verifier

        try:
            attestation = Attestation.model_validate_json(text)
            verifier = Verifier(trusted_root=self.config.trusted_root)
            kind, payload = verifier.verify_dsse(attestation.to_bundle(), _Anyone())
        except ValidationError:
            return "it is no attestation"
        except Exception as error:  # noqa: BLE001 -- an index may show anything
            return beginning_of(str(error)) or type(error).__name__
        if kind != _STATEMENT:
            return f"what was signed is {kind}"
        return _unproven(payload, name, sha256) or misfit(signatory, _certified(attestation))

    def proof(self, document: object, name: str, sha256: str) -> Proof:
        """
        Return what *document*, the index's provenance of that file, proves.

        A publisher of a kind that cannot be checked here does not keep the others from it.
        """
        try:
            bundles = bundles_in(document)
        except ValueError as error:
            return Proof(problem=str(error))
        known_bundles = [
            (signatory, attestations)
            for signatory, attestations in bundles
            if signatory is not None
        ]
        for signatory, attestations in known_bundles:
            for attestation in attestations:
                if problem := self.problem(json.dumps(attestation), name, sha256, signatory):
                    return Proof(problem=problem)
        also = "also " if known_bundles else ""
        unknown = f"it is {also}of a publisher of a kind that is not known here"
        return Proof(
            tuple(signatory for signatory, _ in known_bundles),
            unverified="" if len(known_bundles) == len(bundles) else unknown,
        )


def _unproven(payload: bytes, name: str, sha256: str) -> str:
    """Return why the statement *payload* does not vouch for the file, or is of no known kind."""
    from pypi_attestations import AttestationType  # an extra

    try:
        statement = read_json(payload)
    except ValueError:
        return "what was signed is no statement"
    kinds = {kind.value for kind in AttestationType}
    return unproven(statement, name, sha256) or (
        "" if statement.get("predicateType") in kinds else "its kind is none that indexes know"
    )


class _Anyone:
    """Accepts every certificate that is valid: whose it is, `misfit` looks at afterwards."""

    def verify(self, cert: Certificate) -> None:
        """Accept it."""


def _certified(attestation: Attestation) -> Certified:
    from cryptography import x509  # comes with the extra

    raw = attestation.verification_material.certificate
    extensions = x509.load_der_x509_certificate(raw).extensions
    names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return Certified(
        attestation.certificate_claims, tuple(names.get_values_for_type(x509.RFC822Name))
    )
