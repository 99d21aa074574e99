"""What clients trust the embedded Sigstore by: its keys, certificate and addresses, as JSON."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import serialization

if TYPE_CHECKING:
    from datetime import datetime

    from releasio.standins.sigstore.fulcio import Authority
    from releasio.standins.sigstore.log_key import LogKey

_MEDIA = "application/vnd.dev.sigstore"
_OPERATOR = "releasio rehearsal"


def trust_config(
    url: str, since: datetime, *, authority: Authority, rekor: LogKey, certificates: LogKey
) -> dict[str, Any]:
    """
    Return the ClientTrustConfig of a Sigstore at *url*.

    Args:
        url: Its address, without a slash at the end.
        since: When it began to sign.
        authority: What Fulcio certifies with.
        rekor: The key of the log of signatures.
        certificates: The key of the log of certificates.
    """
    valid = {"start": since.isoformat()}
    return {
        "mediaType": f"{_MEDIA}.clienttrustconfig.v0.1+json",
        "trustedRoot": {
            "mediaType": f"{_MEDIA}.trustedroot+json;version=0.1",
            "tlogs": [_log(url, rekor, valid)],
            "certificateAuthorities": [_authority(url, authority, valid)],
            "ctlogs": [_log(url, certificates, valid)],
            "timestampAuthorities": [],
        },
        "signingConfig": {
            "mediaType": f"{_MEDIA}.signingconfig.v0.2+json",
            "caUrls": [_service(url, valid)],
            "oidcUrls": [_service(url, valid)],
            "rekorTlogUrls": [_service(url, valid)],
            "rekorTlogConfig": {"selector": "ANY"},
            "tsaUrls": [],
            "tsaConfig": {"selector": "ANY"},
        },
    }


def _log(url: str, key: LogKey, valid: dict[str, str]) -> dict[str, Any]:
    return {
        "baseUrl": url,
        "hashAlgorithm": "SHA2_256",
        "publicKey": {
            "rawBytes": base64.b64encode(key.public).decode(),
            "keyDetails": "PKIX_ECDSA_P256_SHA_256",
            "validFor": valid,
        },
        "logId": {"keyId": base64.b64encode(key.id).decode()},
    }


def _authority(url: str, authority: Authority, valid: dict[str, str]) -> dict[str, Any]:
    raw = authority.certificate.public_bytes(serialization.Encoding.DER)
    return {
        "subject": {"organization": _OPERATOR, "commonName": "embedded Fulcio"},
        "uri": url,
        "certChain": {"certificates": [{"rawBytes": base64.b64encode(raw).decode()}]},
        "validFor": valid,
    }


def _service(url: str, valid: dict[str, str]) -> dict[str, Any]:
    return {"url": url, "majorApiVersion": 1, "validFor": valid, "operator": _OPERATOR}
