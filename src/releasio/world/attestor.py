"""
Signs distributions, and verifies who signed one.

The only place that knows sigstore and pypi-attestations, which need not be
installed; `missing` tells whether they are.
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from releasio.errors.attestation import SigningRefused, SigstoreUnreachable, TrustConfigUnusable
from releasio.rules.attestation import (
    Certified,
    Proof,
    Signatory,
    bundles_in,
    misfit,
    unproven,
)
from releasio.rules.secret import redact
from releasio.world.deadline import within
from releasio.world.sigstore_trouble import beginning_of, foreseen, trouble_of
from releasio.world.wire import TRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cryptography.x509 import Certificate
    from pypi_attestations import Attestation
    from sigstore.models import ClientTrustConfig
    from sigstore.sign import Signer

    from releasio.rules.secret import Secret
    from releasio.world.wire import Wire

T = TypeVar("T")

PATIENCE = 60.0  # seconds for one step of Sigstore's
_LIBRARIES = {"sigstore": "sigstore", "pypi_attestations": "pypi-attestations"}
# certificates live ten minutes; one that is looked at and logged must still be valid then
_CERTIFICATE = timedelta(minutes=8)
_ROOT, _AUTHORITY, _LOG = "Sigstore's trust root", "Sigstore's Fulcio", "Sigstore's Rekor"
_STATEMENT = "application/vnd.in-toto+json"


def missing() -> list[str]:
    """Return which of the libraries are not installed, as pip calls them."""
    return [name for module, name in _LIBRARIES.items() if importlib.util.find_spec(module) is None]


def read_trust(path: Path, shown: str) -> ClientTrustConfig:
    """
    Read the ClientTrustConfig at *path*, which the settings call *shown*.

    Raises:
        TrustConfigUnusable: There is none, or it cannot be signed with.
    """
    from sigstore.models import ClientTrustConfig  # noqa: PLC0415 -- an extra, and 400 ms

    try:
        config = ClientTrustConfig.from_json(path.read_text(encoding="utf-8"))
        config.force_tlog_version = 1
        usable = config.trusted_root.get_fulcio_certs() and config.signing_config.get_tlogs()
        config.signing_config.get_fulcio()
    except FileNotFoundError:
        raise TrustConfigUnusable(shown, "does not exist") from None
    except OSError as error:
        raise TrustConfigUnusable(shown, f"cannot be read: {error.strerror}") from None
    except Exception as error:
        # whatever is wrong in it: the libraries' errors for that have no common kind
        problem = f"is no ClientTrustConfig: {beginning_of(str(error)) or type(error).__name__}"
        raise TrustConfigUnusable(shown, problem) from error
    if not usable:
        raise TrustConfigUnusable(shown, "names no Fulcio, or no Rekor of version 1")
    return config


def public_trust(wire: Wire) -> ClientTrustConfig:
    """
    Fetch what the public Sigstore is trusted by.

    Raises:
        SigstoreUnreachable: It cannot be had.
    """
    from sigstore.models import ClientTrustConfig  # noqa: PLC0415 -- an extra, and 400 ms

    config = patiently(wire, _ROOT, "anything", ClientTrustConfig.production)
    # attestations have no room for the time stamps that Rekor's version 2 needs beside it
    config.force_tlog_version = 1
    return config


def patiently(
    wire: Wire,
    service: str,
    name: str,
    work: Callable[[], T],
    patience: float = PATIENCE,
    secrets: Sequence[Secret] = (),
) -> T:
    """
    Return what *work* returns, tried again as often as may help.

    Args:
        wire: Pauses between tries.
        service: Who is asked.
        name: What it is for.
        work: Asks; it may be done twice.
        patience: Seconds for one try.
        secrets: What an answer may echo.

    Raises:
        SigstoreUnreachable: The last try failed, too.
        SigningRefused: It would not help.
        TimeIsOver: A certificate or identity ran out.
        Exception: Neither Sigstore nor the way there can cause it: a defect, as it was raised.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return within(patience, work)
        except Exception as error:
            if not foreseen(error):
                raise
            found = trouble_of(error)
            problem = redact(found.problem, secrets)
            if found.over:
                raise TimeIsOver from error
            if not found.passes:
                raise SigningRefused(service, name, problem) from error
            if attempt == TRIES:
                raise SigstoreUnreachable(service, problem, tries=attempt) from error
        wire.pause(service, problem, attempt)
    msg = "the last try returns or raises"
    raise AssertionError(msg)


class TimeIsOver(Exception):
    """A certificate or an identity ran out; a new one goes on."""


@dataclass
class Attestor:
    """
    Signs files one after the other, with as few certificates as their life allows.

    Attributes:
        config: Where Sigstore is, and what it is trusted by.
        identity: Fetches who signs; asked once for each certificate.
        wire: Tells the time, and pauses.
        patience: Seconds for one step of Sigstore's.
    """

    config: ClientTrustConfig
    identity: Callable[[], Secret]
    wire: Wire
    patience: float = PATIENCE
    _signer: Signer | None = field(default=None, init=False)
    _until: datetime | None = field(default=None, init=False)

    def sign(self, name: str, sha256: str) -> str:
        """
        Return the attestation, in JSON, of the file of that name and hash.

        Raises:
            SigstoreUnreachable: Sigstore did not answer.
            SigningRefused: It did not certify or log this.
            ReleasioError: The identity was not to be had.
        """
        from pypi_attestations import Attestation, Distribution  # noqa: PLC0415 -- an extra

        distribution = Distribution(name=name, digest=sha256)

        def attest() -> Attestation:
            signer = self._current(name)
            work = partial(Attestation.sign, signer, distribution)
            return patiently(self.wire, _LOG, name, work, self.patience)

        try:
            made = attest()
        except TimeIsOver:
            self._signer = None
            made = attest()
        return made.model_dump_json()

    def _current(self, name: str) -> Signer:
        """Return a signer whose certificate lasts for another file."""
        now = self.wire.clock()
        if self._signer is None or self._until is None or now >= self._until:
            self._signer = self._certified(name)
            self._until = now + _CERTIFICATE
        return self._signer

    def _certified(self, name: str) -> Signer:
        from sigstore.oidc import IdentityToken  # noqa: PLC0415 -- an extra, and 400 ms
        from sigstore.sign import Signer, SigningContext  # noqa: PLC0415 -- the same

        identity = self.identity()

        def certify() -> Signer:
            token = IdentityToken(identity.reveal())
            return Signer(token, SigningContext.from_trust_config(self.config))

        return patiently(self.wire, _AUTHORITY, name, certify, self.patience, [identity])


@dataclass(frozen=True)
class Witness:
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
        from pydantic import ValidationError  # noqa: PLC0415 -- comes with the extra
        from pypi_attestations import Attestation  # noqa: PLC0415 -- an extra
        from sigstore.verify import Verifier  # noqa: PLC0415 -- the same

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
        known = [(who, signed) for who, signed in bundles if who is not None]
        for signatory, attestations in known:
            for attestation in attestations:
                if problem := self.problem(json.dumps(attestation), name, sha256, signatory):
                    return Proof(problem=problem)
        also = "also " if known else ""
        unknown = f"it is {also}of a publisher of a kind that is not known here"
        return Proof(
            tuple(signatory for signatory, _ in known),
            unverified="" if len(known) == len(bundles) else unknown,
        )


def _unproven(payload: bytes, name: str, sha256: str) -> str:
    """Return why the statement *payload* does not vouch for the file, or is of no known kind."""
    from pypi_attestations import AttestationType  # noqa: PLC0415 -- an extra

    try:
        statement = json.loads(payload)
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
    from cryptography import x509  # noqa: PLC0415 -- comes with the extra

    raw = attestation.verification_material.certificate
    extensions = x509.load_der_x509_certificate(raw).extensions
    names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return Certified(
        attestation.certificate_claims, tuple(names.get_values_for_type(x509.RFC822Name))
    )
