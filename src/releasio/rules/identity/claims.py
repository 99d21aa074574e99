"""Read the claims of an identity token, for people; the index is who verifies them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from releasio.text.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.rules.credentials.secret import Secret

_PARTS = 3  # header, payload, signature


def read_claims(identity: Secret) -> Mapping[str, object]:
    """Return the payload of a JWT without verifying anything; empty if it is none."""
    parts = identity.reveal().split(".")
    if len(parts) != _PARTS:
        return {}
    payload = parts[1]
    try:
        claims = read_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def claim(claims: Mapping[str, object], name: str) -> str:
    """Return a claim as text; empty when it is missing or not text."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return *rows* under *head* in aligned columns, two spaces in front."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
