"""Sign as a CI job does, with the libraries everybody uses, and nothing of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypi_attestations import Attestation, Distribution
from sigstore.models import ClientTrustConfig
from sigstore.oidc import IdentityToken
from sigstore.sign import SigningContext

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor
    from tests.standins.packages import Package


def config_of(index: EmbeddedIndex) -> ClientTrustConfig:
    """Return what trusts the Sigstore of *index*."""
    config = ClientTrustConfig.from_json(index.sigstore.trust_config)
    config.force_tlog_version = 1
    return config


def attest(visitor: Visitor, job: dict[str, str], *packages: Package) -> list[Attestation]:
    """Sign *packages* one after the other as *job*, with one certificate."""
    identity = IdentityToken(visitor.identity(job, "sigstore"))
    context = SigningContext.from_trust_config(config_of(visitor.index))
    with context.signer(identity) as signer:
        return [
            Attestation.sign(signer, Distribution(name=each.filename, digest=each.sha256))
            for each in packages
        ]
