"""For which indexes files are signed, and where what was signed is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry

_SUFFIX = ".publish.attestation"  # PEP 740's name of an attestation beside its file
# characters of a file's name; with the suffix, and what a file is called while it is written,
# it fits the file systems that take the shortest names: those that encrypt them, with 143
_LONGEST = 110
_HASH = 32  # digits that tell one long name from all others


def takes_attestations(registry: Registry, trust: str | None) -> bool:
    """
    Tell whether *registry* is known to take attestations.

    PyPI and TestPyPI do. Of others it is assumed where a Sigstore of one's own
    is set up, for nothing else would be signed with it.

    Args:
        registry: Where files go.
        trust: `publish.sigstore_trust_config`.
    """
    return registry.site is not None or trust is not None


def trust_for(registry: Registry, setting: str | None) -> str | None:
    """
    Return the file that tells which Sigstore *registry* goes by; `None`: the public Sigstore.

    PyPI and TestPyPI refuse whatever another one signed, so *setting*, which is
    `publish.sigstore_trust_config`, counts for other indexes only.
    """
    return None if registry.site is not None else setting


def folder_of(registry: Registry) -> str:
    """Return the name of the folder that attestations for *registry* are kept in."""
    return quote(registry.name, safe=" ").replace("%", "_")


def kept_name(name: str) -> str:
    """
    Return what the attestation of the file *name* is called where it is kept.

    It is PEP 740's name, unless that would be too long for a file; then the hash of *name*
    stands for its end.
    """
    if len(name) > _LONGEST:
        import hashlib  # 3 ms, and names are shorter than that

        digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH]
        name = f"{name[: _LONGEST - _HASH - 1]}-{digest}"
    return f"{name}{_SUFFIX}"
