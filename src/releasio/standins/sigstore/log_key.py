"""The key of a transparency log: what it signs, and the name the log is known by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class LogKey:
    """An ECDSA key on P-256, as Sigstore's logs have them; signatures are over SHA-256."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False
    )

    @property
    def public(self) -> bytes:
        """The public half: SubjectPublicKeyInfo in DER."""
        return public_bytes(self.private.public_key())

    @property
    def id(self) -> bytes:
        """The log's id: the SHA-256 of its public key. RFC 6962, 3.2."""
        return hashlib.sha256(self.public).digest()

    def sign(self, data: bytes) -> bytes:
        """Return the signature of *data*, in DER."""
        return self.private.sign(data, ec.ECDSA(hashes.SHA256()))


def public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return *key* as SubjectPublicKeyInfo in DER."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.DER, form)
