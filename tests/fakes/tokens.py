"""Tokens as the index and the CI write them, without anybody's signature."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CLAIMS = {
    "iss": "https://issuer.example",
    "aud": "pypi",
    "repository": "acme/widgets",
    "repository_owner": "acme",
    "repository_owner_id": "4711",
    "workflow_ref": "acme/widgets/.github/workflows/release.yml@refs/heads/main",
    "job_workflow_ref": "acme/widgets/.github/workflows/release.yml@refs/heads/main",
    "ref": "refs/heads/main",
    "event_name": "push",
    "environment": "release",
}


def jwt(claims: Mapping[str, object]) -> str:
    """Return an identity token that says *claims*."""
    return ".".join(
        _base64(json.dumps(part).encode()) for part in ({"alg": "RS256"}, claims, "signature-" * 4)
    )


def macaroon(site: str, *caveats: object, identifier: str = "id") -> str:
    """Return an API token of *site* with *caveats*, as PyPI writes them."""
    raw = b"\x02" + _packet(1, site.encode()) + _packet(2, identifier.encode()) + b"\x00"
    for caveat in caveats:
        raw += _packet(2, json.dumps(caveat).encode()) + b"\x00"
    return "pypi-" + _base64(raw + b"\x00" + _packet(6, b"s" * 32))


def _packet(kind: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return bytes([kind]) + length + content


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
