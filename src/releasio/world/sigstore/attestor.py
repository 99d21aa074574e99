"""
Signs distributions with Sigstore.

Its libraries, sigstore and pypi-attestations, need not be installed; `missing`
tells whether they are. Besides this module only `witness`, which verifies, and
`sigstore_*` know them.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.auth.attestation import SigningRefused
from releasio.world.sigstore.calls import PATIENCE, TimeIsOver, patiently

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypi_attestations import Attestation
    from sigstore.models import ClientTrustConfig
    from sigstore.sign import Signer

    from releasio.rules.credentials.secret import Secret
    from releasio.world.http.requester import Requester

_LIBRARIES = {"sigstore": "sigstore", "pypi_attestations": "pypi-attestations"}
# certificates live ten minutes; one that is looked at and logged must still be valid then
_CERTIFICATE = timedelta(minutes=8)
_AUTHORITY, _LOG = "Sigstore's Fulcio", "Sigstore's Rekor"


def missing() -> list[str]:
    """Return which of the libraries are not installed, as pip calls them."""
    return [name for module, name in _LIBRARIES.items() if importlib.util.find_spec(module) is None]


@dataclass
class Attestor:
    """
    Signs files one after the other, with as few certificates as their life allows.

    Attributes:
        config: Where Sigstore is, and what it is trusted by.
        identity: Fetches who signs; asked once for each certificate.
        requester: Tells the time, and pauses.
        patience: Seconds for one step of Sigstore's.
    """

    config: ClientTrustConfig
    identity: Callable[[], Secret]
    requester: Requester
    patience: float = PATIENCE
    _signer: Signer | None = field(default=None, init=False)
    _until: datetime | None = field(default=None, init=False)

    def sign(self, name: str, sha256: str) -> str:
        """
        Return the attestation, in JSON, of the file of that name and hash.

        Raises:
            SigstoreUnreachable: Sigstore did not answer.
            SigningRefused: It did not certify or log this, or what it certified is over at once:
                the clock here is wrong.
            ReleasioError: The identity was not to be had.
        """
        from pypi_attestations import Attestation, Distribution  # an extra

        distribution = Distribution(name=name, digest=sha256)

        def attest() -> Attestation:
            signer = self._current(name)
            work = partial(Attestation.sign, signer, distribution)
            return patiently(self.requester, _LOG, name, work, self.patience)

        try:
            attestation = attest()
        except TimeIsOver:
            self._signer = None
            try:
                attestation = attest()
            except TimeIsOver as error:
                raise SigningRefused(_AUTHORITY, name, self._expired_message()) from error
        return attestation.model_dump_json()

    def _expired_message(self) -> str:
        """Say what it means that a fresh certificate is over already."""
        now = f"{self.requester.clock():%Y-%m-%d %H:%M:%S} UTC"
        return f"two certificates in a row were over before they were used; is it {now} here?"

    def _current(self, name: str) -> Signer:
        """Return a signer whose certificate lasts for another file."""
        now = self.requester.clock()
        if self._signer is None or self._until is None or now >= self._until:
            self._signer = self._certified(name)
            self._until = now + _CERTIFICATE
        return self._signer

    def _certified(self, name: str) -> Signer:
        from sigstore.oidc import IdentityToken  # an extra, and 400 ms
        from sigstore.sign import Signer, SigningContext

        identity = self.identity()

        def certify() -> Signer:
            token = IdentityToken(identity.reveal())
            return Signer(token, SigningContext.from_trust_config(self.config))

        return patiently(self.requester, _AUTHORITY, name, certify, self.patience, [identity])
