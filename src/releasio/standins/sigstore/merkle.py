"""The tree of a transparency log: its root, and the way from a leaf to it. RFC 6962, 2.1."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a log entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root_hash(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes *leaves*, of which there is at least one."""
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _inner(root_hash(leaves[:split]), root_hash(leaves[split:]))


def audit_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from the leaf at *index* to the root, lowest first."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*audit_path(leaves[:split], index), root_hash(leaves[split:])]
    return [*audit_path(leaves[split:], index - split), root_hash(leaves[:split])]


def _inner(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """Return how many leaves are in the left half: the largest power of two below *size*."""
    return 1 << ((size - 1).bit_length() - 1)
