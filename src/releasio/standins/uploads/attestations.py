"""
Attestations on the embedded index: taken only if they verify. PEP 740.

Signature, certificate and both logs are verified by the libraries of the extra
`attestations`, without which this module cannot be imported.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from packaging.utils import parse_sdist_filename, parse_wheel_filename
from pydantic import TypeAdapter, ValidationError
from pypi_attestations import Attestation, AttestationType, GitHubPublisher, GitLabPublisher
from sigstore.errors import VerificationError
from sigstore.models import ClientTrustConfig
from sigstore.verify import Verifier

from releasio.standins.responses import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.standins.store import Identity, Provenance, Publisher

_SAID = "Invalid attestations supplied during upload: "
_UNVERIFIED = "Could not verify the uploaded artifact using the included attestation: "
_UNKNOWN = "Unknown error while trying to verify included attestations: "
_EMPTY = "Malformed attestations: an empty attestation set is not permitted"
_PREDICATES = [kind.value for kind in AttestationType]
_STATEMENT = "application/vnd.in-toto+json"


def provenance(
    text: str,
    publisher: Publisher,
    *,
    filename: str,
    sha256: str,
    trust_config: Callable[[], str],
) -> Provenance:
    """
    Return what is stored and shown of the attestations in *text*, once all are verified.

    Args:
        text: The form's field.
        publisher: Who uploads.
        filename: The file they are for.
        sha256: Of its bytes.
        trust_config: Returns what the index trusts, as a ClientTrustConfig.

    Raises:
        Refused: The first of the index's rules that does not hold.
    """
    predicates: list[str] = []
    for attestation in _parsed(text):
        predicate = _verified(attestation, publisher.identity, filename, sha256, trust_config)
        _refuse_predicate(predicate, predicates)
        predicates.append(predicate)
    bundle = {
        "publisher": _trusted(publisher.identity).model_dump(),
        "attestations": json.loads(text),
    }
    return {"version": 1, "attestation_bundles": [bundle]}


def _parsed(text: str) -> list[Attestation]:
    try:
        parsed = TypeAdapter(list[Attestation]).validate_json(text)
    except ValidationError as error:
        raise Refused(400, f"{_SAID}Malformed attestations: {error}") from error
    if not parsed:
        raise Refused(400, f"{_SAID}{_EMPTY}")
    if (limit := len(_PREDICATES)) < len(parsed):
        raise Refused(400, f"{_SAID}A maximum of {limit} attestations per file are supported")
    return parsed


def _verified(
    attestation: Attestation,
    identity: Identity,
    filename: str,
    sha256: str,
    trust_config: Callable[[], str],
) -> str:
    """Return the predicate type of *attestation*, which is the publisher's and for the file."""
    policy = _trusted(identity)._as_policy()  # noqa: SLF001 -- the library verifies by the public root only
    try:
        verifier = Verifier(trusted_root=ClientTrustConfig.from_json(trust_config()).trusted_root)
        kind, payload = verifier.verify_dsse(attestation.to_bundle(), policy)
        problem = "" if kind == _STATEMENT else f"expected JSON envelope, got {kind}"
        problem = problem or _problem(payload, filename, sha256)
    except VerificationError as error:
        problem = str(error)
    except Exception as error:
        # as the index does: whatever an attestation can break is told, and breaks nothing else
        raise Refused(400, f"{_SAID}{_UNKNOWN}{error}") from error
    if problem:
        raise Refused(400, f"{_SAID}{_UNVERIFIED}Verification failed: {problem}")
    return str(attestation.statement["predicateType"])


def _problem(payload: bytes, filename: str, sha256: str) -> str:
    """Return why the statement *payload* does not vouch for the file; empty: it does."""
    match json.loads(payload):
        case {"subject": [{"name": str(name), "digest": dict(digest)}], "predicateType": kind}:
            pass
        case {"subject": [_, _, *_]}:
            return "too many subjects in statement (must be exactly one)"
        case _:
            return "invalid statement: it lacks its subject or predicate type"
    try:
        is_same_file = _parts(name) == _parts(filename)
    except ValueError as error:
        return f"invalid subject: {error}"
    if not is_same_file:
        return f"subject does not match distribution name: {name} != {filename}"
    if digest.get("sha256") != sha256:
        return "subject does not match distribution digest"
    return "" if kind in _PREDICATES else f"unknown attestation type: {kind}"


def _parts(name: str) -> tuple[object, ...]:
    """Return what a file name says; the tags of a wheel in any order."""
    return parse_wheel_filename(name) if name.endswith(".whl") else parse_sdist_filename(name)


def _refuse_predicate(predicate: str, predicates: list[str]) -> None:
    if predicate not in _PREDICATES:
        words = "Attestation with unsupported predicate type"
        raise Refused(400, f"{_SAID}{words}: {predicate}")
    if predicate in predicates:
        words = "Multiple attestations for the same file with the same predicate type"
        raise Refused(400, f"{_SAID}{words} ({predicate}) are not supported")


def _trusted(identity: Identity) -> GitHubPublisher | GitLabPublisher:
    repository, environment = (
        f"{identity.owner}/{identity.repository}",
        identity.environment or None,
    )
    if identity.provider == "gitlab":
        return GitLabPublisher(
            repository=repository, workflow_filepath=identity.workflow, environment=environment
        )
    return GitHubPublisher(
        repository=repository, workflow=identity.workflow, environment=environment
    )
