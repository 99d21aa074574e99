"""A transparency log that looks like Sigstore's Rekor, version 1, to a client."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from releasio.standins.sigstore.log_key import LogKey
from releasio.standins.sigstore.merkle import audit_path, leaf_hash, root_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

NAME = "rekor.rehearsal.localhost"
_TREE = 1  # the number of the one tree there is
_BAD = "error processing entry: "


class NotLogged(Exception):
    """Rekor does not take an entry."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Proposal:
    """A signed envelope, and the certificate of whoever signed it."""

    envelope: str
    payload: bytes
    signature: str  # base64
    verifier: str  # base64 of the certificate in PEM


@dataclass
class Rekor:
    """
    Answers `POST /api/v1/log/entries`; only envelopes (`dsse` 0.0.1) are taken.

    Attributes:
        clock: Tells the time, aware.
        key: What entries and the tree's head are signed with.
    """

    clock: Callable[[], datetime]
    key: LogKey = field(default_factory=LogKey)
    _bodies: list[bytes] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, body: bytes) -> dict[str, Any]:
        """
        Log the entry that *body* proposes, and return it as the log has it.

        Raises:
            NotLogged: It is no such entry, its signature is wrong, or it is there already.
        """
        entry = _canonical(_verified(_proposal(body)))
        with self._lock:
            if entry in self._bodies:
                uuid = leaf_hash(entry).hex()
                message = "an equivalent entry already exists in the transparency log with UUID "
                raise NotLogged(409, message + uuid)
            self._bodies.append(entry)
            return self._logged(len(self._bodies) - 1)

    def _logged(self, index: int) -> dict[str, Any]:
        body = self._bodies[index]
        leaves = [leaf_hash(logged_body) for logged_body in self._bodies]
        entry = {
            "body": base64.b64encode(body).decode(),
            "integratedTime": int(self.clock().timestamp()),
            "logID": self.key.id.hex(),
            "logIndex": index,
        }
        promise = self.key.sign(_json(entry))
        proof = {
            "logIndex": index,
            "rootHash": root_hash(leaves).hex(),
            "treeSize": len(leaves),
            "hashes": [node.hex() for node in audit_path(leaves, index)],
            "checkpoint": self._checkpoint(leaves),
        }
        signed = base64.b64encode(promise).decode()
        verification = {"signedEntryTimestamp": signed, "inclusionProof": proof}
        return {leaves[index].hex(): {**entry, "verification": verification}}

    def _checkpoint(self, leaves: list[bytes]) -> str:
        """Return the signed head of the tree, as a note."""
        root = base64.b64encode(root_hash(leaves)).decode()
        note = f"{NAME} - {_TREE}\n{len(leaves)}\n{root}\n"
        signature = base64.b64encode(self.key.id[:4] + self.key.sign(note.encode())).decode()
        return f"{note}\n\u2014 {NAME} {signature}\n"


def _proposal(body: bytes) -> Proposal:
    try:
        entry = json.loads(body)
        if (entry["kind"], entry["apiVersion"]) != ("dsse", "0.0.1"):
            raise NotLogged(400, f"{_BAD}only dsse 0.0.1 is taken here")
        content = entry["spec"]["proposedContent"]
        envelope = json.loads(content["envelope"])
        (signature,), (verifier,) = envelope["signatures"], content["verifiers"]
        payload = base64.b64decode(envelope["payload"], validate=True)
        return Proposal(content["envelope"], payload, signature["sig"], verifier)
    except (ValueError, KeyError, TypeError) as error:
        raise NotLogged(400, f"{_BAD}{error}") from error


def _verified(proposal: Proposal) -> Proposal:
    """Return *proposal* if its signature is the certificate's."""
    kind = json.loads(proposal.envelope).get("payloadType", "").encode()
    parts = (b"DSSEv1", len(kind), kind, len(proposal.payload), proposal.payload)
    signed = b" ".join(p if isinstance(p, bytes) else str(p).encode() for p in parts)
    try:
        certificate = x509.load_pem_x509_certificate(base64.b64decode(proposal.verifier))
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise NotLogged(400, f"{_BAD}only ECDSA keys are taken here")
        key.verify(base64.b64decode(proposal.signature), signed, ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature) as error:
        message = f"{_BAD}could not verify envelope: {str(error) or type(error).__name__}"
        raise NotLogged(400, message) from error
    return proposal


def _canonical(proposal: Proposal) -> bytes:
    """Return the entry as it is logged: hashes in the place of what they are of."""

    def digest(data: bytes) -> dict[str, str]:
        return {"algorithm": "sha256", "value": hashlib.sha256(data).hexdigest()}

    return _json(
        {
            "apiVersion": "0.0.1",
            "kind": "dsse",
            "spec": {
                "envelopeHash": digest(proposal.envelope.encode()),
                "payloadHash": digest(proposal.payload),
                "signatures": [{"signature": proposal.signature, "verifier": proposal.verifier}],
            },
        }
    )


def _json(data: object) -> bytes:
    """Return *data* as RFC 8785 writes it; true for plain text and whole numbers."""
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
