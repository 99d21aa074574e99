"""
A certificate authority that looks like Sigstore's Fulcio to a client.

It certifies, for ten minutes, that a key belongs to the CI job that an identity
token of an embedded issuer speaks of.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from releasio.standins.sigstore.certified import WORKFLOW
from releasio.standins.sigstore.log_key import LogKey, public_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from releasio.standins.publishing.mint import Provider

LIFE = timedelta(minutes=10)  # of a certificate
AUDIENCE = "sigstore"
_SCT_LIST = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_LEEWAY = 30.0  # seconds
_LONG_FORM = 0x80  # of lengths in DER: from here on they are counted by a byte before them
_NOT_PROCESSED = "There was an error processing the identity token"
_BAD_KEY = "The public key supplied in the request could not be parsed"
_BAD_PROOF = "The signature supplied in the request could not be verified"
_INVALID, _UNAUTHENTICATED = 3, 16  # gRPC's codes


class NotCertified(Exception):
    """Fulcio does not certify what was asked for."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Authority:
    """The self-signed certificate everything is certified by, and its key."""

    key: LogKey
    certificate: x509.Certificate


def new_authority(start: datetime) -> Authority:
    """Make an authority that is valid from *start* on, for ten years."""
    key = LogKey()
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "releasio rehearsal")
    name = x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, "embedded Fulcio")])
    public = key.private.public_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key.private, hashes.SHA256())
    )
    return Authority(key, certificate)


@dataclass(frozen=True, kw_only=True)
class Fulcio:
    """
    Answers `POST /api/v2/signingCert`.

    Attributes:
        providers: Whose identity tokens it believes.
        clock: Tells the time, aware; theirs, which need not be the machine's.
        authority: What it certifies with.
        log: The certificate transparency log every certificate is promised to.
        life: How long a certificate is valid.
    """

    providers: Sequence[Provider]
    clock: Callable[[], datetime]
    authority: Authority
    log: LogKey = field(default_factory=LogKey)
    life: timedelta = LIFE

    def certify(self, authorization: str, body: bytes) -> dict[str, Any]:
        """
        Return the answer to a request for a certificate.

        Raises:
            NotCertified: The identity or the request is not what it should be.
        """
        scheme, _, token = authorization.partition(" ")
        extensions = self._extensions(token if scheme.lower() == "bearer" else "")
        leaf = self._certificate(_requested(body), extensions)
        chain = [_pem(certificate) for certificate in (leaf, self.authority.certificate)]
        return {"signedCertificateEmbeddedSct": {"chain": {"certificates": chain}}}

    def _extensions(self, token: str) -> dict[str, str]:
        """Return what the certificate says of the job that *token* is of."""
        now = self.clock().timestamp()
        for provider in self.providers:
            with contextlib.suppress(jwt.PyJWTError):
                claims: dict[str, Any] = jwt.decode(
                    token,
                    provider.issuer.key.private.public_key(),
                    algorithms=["RS256"],
                    audience=AUDIENCE,
                    issuer=provider.issuer.url,
                    # the clock is the issuers'
                    options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
                )
                if claims["nbf"] - _LEEWAY <= now < claims["exp"] + _LEEWAY:
                    return provider.certified(claims)
        raise NotCertified(401, _UNAUTHENTICATED, _NOT_PROCESSED)

    def _certificate(
        self, key: ec.EllipticCurvePublicKey, extensions: Mapping[str, str]
    ) -> x509.Certificate:
        """Sign it twice: what the log promises to take is the certificate without its promise."""
        now = self.clock().astimezone(UTC).replace(microsecond=0)
        builder = self._builder(key, now, extensions[WORKFLOW])
        for number, value in extensions.items():
            extension = x509.UnrecognizedExtension(
                x509.ObjectIdentifier(number), _utf8_string(value)
            )
            builder = builder.add_extension(extension, critical=False)
        private = self.authority.key.private
        to_be_signed = builder.sign(private, hashes.SHA256()).tbs_certificate_bytes
        promise = x509.UnrecognizedExtension(_SCT_LIST, self._promise(to_be_signed, now))
        return builder.add_extension(promise, critical=False).sign(private, hashes.SHA256())

    def _builder(
        self, key: ec.EllipticCurvePublicKey, now: datetime, subject: str
    ) -> x509.CertificateBuilder:
        authority = self.authority.key.private.public_key()
        alternative_name = x509.UniformResourceIdentifier(subject)
        code_signing = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([]))
            .issuer_name(self.authority.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(now + self.life)
            .add_extension(_usage(certificates=False), critical=True)
            .add_extension(code_signing, critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority), critical=False
            )
            .add_extension(x509.SubjectAlternativeName([alternative_name]), critical=True)
        )

    def _promise(self, to_be_signed: bytes, now: datetime) -> bytes:
        """Return the signed certificate timestamp as a list of one. RFC 6962, 3.2 and 3.3."""
        stamp = int(now.timestamp() * 1000)
        issuer = hashlib.sha256(public_bytes(self.authority.key.private.public_key())).digest()
        length = len(to_be_signed).to_bytes(3, "big")
        # version 1, certificate timestamp, time, precertificate, no extensions
        signed = struct.pack("!BBQH", 0, 0, stamp, 1) + issuer + length + to_be_signed + bytes(2)
        signature = self.log.sign(signed)
        head = struct.pack("!B32sQHBBH", 0, self.log.id, stamp, 0, 4, 3, len(signature))
        timestamp = head + signature
        sct_list = struct.pack("!HH", len(timestamp) + 2, len(timestamp)) + timestamp
        return _tagged(0x04, sct_list)


def _requested(body: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key that a request proves to hold."""
    try:
        pem = base64.b64decode(json.loads(body)["certificateSigningRequest"], validate=True)
        request = x509.load_pem_x509_csr(pem)
        proven = request.is_signature_valid
        key = request.public_key()
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise NotCertified(400, _INVALID, _BAD_KEY) from error
    if not proven:
        raise NotCertified(400, _INVALID, _BAD_PROOF)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotCertified(400, _INVALID, _BAD_KEY)
    return key


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _utf8_string(text: str) -> bytes:
    return _tagged(0x0C, text.encode())


def _tagged(tag: int, content: bytes) -> bytes:
    """Return *content* as DER has it under *tag*: its length is a byte, or counted by one."""
    size = len(content)
    if size < _LONG_FORM:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG_FORM | len(length)]) + length + content


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
