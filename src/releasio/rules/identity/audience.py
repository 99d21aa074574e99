"""Whom the identity of a CI job may be made out to, so that only one index can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from releasio.rules.index.registry import AUDIENCES, PYPI, TESTPYPI

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry

# who takes identities with these audiences; whoever holds one can act there as the project
_TAKERS = {
    AUDIENCES[PYPI.site]: "PyPI",
    AUDIENCES[TESTPYPI.site]: "TestPyPI",
    "sigstore": "Sigstore",
    "sts.amazonaws.com": "Amazon's cloud",
    "sts.amazonaws.com.cn": "Amazon's cloud",
    "api://azureadtokenexchange": "Microsoft's cloud",
    "vault": "HashiCorp's Vault",
    "crates.io": "crates.io",
    "rubygems.org": "RubyGems",
    "npm:registry.npmjs.org": "npm",
    "jsr": "JSR",
    "octo-sts.dev": "Octo STS",
}
_DOMAINS = {
    "googleapis.com": "Google's cloud",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
}


def taker(audience: str) -> str:
    """Return who is known to take identities for *audience*; empty: nobody is."""
    service = _TAKERS.get(audience.strip().rstrip("/").lower())
    if service:
        return service
    host = f".{_host(audience)}"
    return next((name for domain, name in _DOMAINS.items() if host.endswith(f".{domain}")), "")


def why_not(audience: str, registry: Registry) -> str:
    """
    Say why an identity for *registry* is not made out to *audience*; empty when it is.

    An index is asked for its audience, and could name another's: then it would hold
    an identity that is good there. PyPI and TestPyPI are who they are; any other index
    is given identities for its own host or origin, or for what the settings say.
    """
    if registry.site is not None:
        is_of_another = taker(audience) and audience != AUDIENCES[registry.site]
        return f"it is {taker(audience)} that takes these" if is_of_another else ""
    if audience == registry.audience or audience.rstrip("/").lower() in own(registry):
        return ""
    if service := taker(audience):
        return f"it is {service} that takes these, and {registry.name} could use it there"
    return f"that is neither its own host ({registry.host}) nor its origin"


def own(registry: Registry) -> frozenset[str]:
    """Return what stands for *registry* alone: hosts, with and without port, and origins."""
    names = set()
    for address in (registry.upload, registry.index or registry.upload):
        parts = urlsplit(address.lower())
        names |= {parts.hostname or "", parts.netloc, f"{parts.scheme}://{parts.netloc}"}
    return frozenset(names - {""})


def _host(audience: str) -> str:
    try:
        parts = urlsplit(audience if "//" in audience else f"//{audience}")
        return (parts.hostname or "").lower()
    except ValueError:
        return ""
