"""
API tokens: `pypi-` and a version-2 macaroon, as the real index writes them.

The location inside differs from both real sites', so a client that looks can
tell that such a token belongs to neither.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PREFIX = "pypi-"
LOCATION = "embedded.index.invalid"
_KEY_OF_KEYS = b"macaroons-key-generator".ljust(32, b"\0")
_VERSION, _END, _LOCATION, _IDENTIFIER, _SIGNATURE = 2, 0, 1, 2, 6
_CONTINUES = 0x80  # the bit of a varint byte that says another follows


class Malformed(ValueError):
    """The text is not a token."""


@dataclass(frozen=True)
class Macaroon:
    """What a token says; whether it is true is for `is_signed_with` and the caveats."""

    identifier: str
    caveats: tuple[str, ...]
    signature: bytes

    def is_signed_with(self, key: bytes) -> bool:
        """Whether the holder of *key* made it, and nobody took a caveat away."""
        return hmac.compare_digest(self.signature, _sign(key, self.identifier, self.caveats))


def serialise(identifier: str, key: bytes, caveats: Sequence[object]) -> str:
    """Return the token named *identifier* with *caveats*, each one a JSON array."""
    texts = tuple(json.dumps(caveat) for caveat in caveats)
    raw = bytes([_VERSION]) + _packet(_LOCATION, LOCATION.encode())
    raw += _packet(_IDENTIFIER, identifier.encode()) + bytes([_END])
    for text in texts:
        raw += _packet(_IDENTIFIER, text.encode()) + bytes([_END])
    raw += bytes([_END]) + _packet(_SIGNATURE, _sign(key, identifier, texts))
    return PREFIX + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def parse(token: str) -> Macaroon:
    """
    Take a token apart.

    Raises:
        Malformed: It is not one, or not one of ours.
    """
    if not token.startswith(PREFIX):
        raise Malformed(token[:5])
    text = token.removeprefix(PREFIX)
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return _read(iter(raw))
    except (binascii.Error, ValueError) as error:
        raise Malformed(PREFIX) from error


def _read(raw: Iterator[int]) -> Macaroon:
    if _byte(raw) != _VERSION:
        raise Malformed(PREFIX)
    _location, identifier = (data.decode() for _, data in _section(raw))
    caveats = []
    while section := list(_section(raw)):
        caveats.append(section[0][1].decode())
    kind, signature = _one_packet(raw)
    if kind != _SIGNATURE:
        raise Malformed(PREFIX)
    return Macaroon(identifier, tuple(caveats), signature)


def _section(raw: Iterator[int]) -> Iterator[tuple[int, bytes]]:
    while True:
        kind, data = _one_packet(raw)
        if kind == _END:
            return
        yield kind, data


def _one_packet(raw: Iterator[int]) -> tuple[int, bytes]:
    kind = _byte(raw)
    if kind == _END:
        return kind, b""
    size = shift = 0
    while True:
        byte = _byte(raw)
        size |= (byte & ~_CONTINUES) << shift
        shift += 7
        if not byte & _CONTINUES:
            break
    data = bytes(byte for _, byte in zip(range(size), raw, strict=False))
    if len(data) != size:
        raise Malformed(PREFIX)
    return kind, data


def _byte(raw: Iterator[int]) -> int:
    for byte in raw:
        return byte
    raise Malformed(PREFIX)


def _packet(kind: int, data: bytes) -> bytes:
    size, head = len(data), bytearray([kind])
    while size >= _CONTINUES:
        head.append(size & ~_CONTINUES | _CONTINUES)
        size >>= 7
    head.append(size)
    return bytes(head) + data


def _sign(key: bytes, identifier: str, caveats: Sequence[str]) -> bytes:
    signature = _hash(_hash(_KEY_OF_KEYS, key), identifier.encode())
    for caveat in caveats:
        signature = _hash(signature, caveat.encode())
    return signature


def _hash(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
