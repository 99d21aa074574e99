"""A Sigstore on loopback: Fulcio, Rekor, and what they are trusted by."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from releasio.standins.responses import as_json
from releasio.standins.sigstore import trust_root
from releasio.standins.sigstore.fulcio import LIFE, Fulcio, NotCertified, new_authority
from releasio.standins.sigstore.rekor import NotLogged, Rekor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from werkzeug.wrappers import Request, Response

    from releasio.standins.publishing.mint import Provider

CERTIFY = "/api/v2/signingCert"
LOG = "/api/v1/log/entries"
_EARLY = timedelta(days=1)  # its keys are older than anything that is signed with them


class Sigstore:
    """
    Certifies and logs what jobs of *providers* sign; nothing of it exists before it is asked for.

    Args:
        url: Where its services are, without a slash at the end.
        providers: Whose identity tokens it believes.
        clock: Tells the time, aware.
    """

    certificate_life = LIFE

    def __init__(
        self, url: str, providers: Sequence[Provider], clock: Callable[[], datetime]
    ) -> None:
        self.url = url
        self._providers = providers
        self._clock = clock

    @cached_property
    def _since(self) -> datetime:
        return self._clock().astimezone(UTC).replace(microsecond=0) - _EARLY

    @cached_property
    def _fulcio(self) -> Fulcio:
        authority = new_authority(self._since)
        return Fulcio(
            providers=self._providers,
            clock=self._clock,
            authority=authority,
            life=self.certificate_life,
        )

    @cached_property
    def _rekor(self) -> Rekor:
        return Rekor(self._clock)

    @cached_property
    def trust_config(self) -> str:
        """What clients need to sign with it and to trust it: a ClientTrustConfig in JSON."""
        data = trust_root.trust_config(
            self.url,
            self._since,
            authority=self._fulcio.authority,
            rekor=self._rekor.key,
            certificates=self._fulcio.log,
        )
        return json.dumps(data, indent=1)

    def certify(self, request: Request) -> Response:
        """Answer `POST /api/v2/signingCert`."""
        try:
            authorization = request.headers.get("Authorization", "")
            return as_json(self._fulcio.certify(authorization, request.get_data()), 201)
        except NotCertified as error:
            data = {"code": error.code, "message": str(error), "details": []}
            return as_json(data, error.status)

    def log(self, request: Request) -> Response:
        """Answer `POST /api/v1/log/entries`."""
        try:
            return as_json(self._rekor.add(request.get_data()), 201)
        except NotLogged as error:
            return as_json({"code": error.status, "message": str(error)}, error.status)
