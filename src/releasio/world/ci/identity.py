"""The identity a GitHub Actions job may ask its runner for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from releasio.errors.auth.identity import IdentityNotGiven
from releasio.rules.credentials.secret import Secret, redact
from releasio.rules.identity.claims import read_claims
from releasio.rules.index.error_answer import beginning
from releasio.text.json_text import read_json
from releasio.world.ci.ci import REQUEST_URL
from releasio.world.http.requester import begin_of, told

if TYPE_CHECKING:
    from releasio.world.http.requester import Requester

SERVICE = "GitHub's identity service"


@dataclass(frozen=True)
class GitHubIdentity:
    """
    GitHub's token endpoint.

    Attributes:
        url: `ACTIONS_ID_TOKEN_REQUEST_URL`; it already has a query.
        request_token: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`.
        audience: Who the identity is to be shown to.
        requester: Sends; asking twice is harmless, each answer is a new identity.
    """

    url: str
    request_token: Secret
    audience: str
    requester: Requester

    def fetch(self) -> Secret:
        """
        Return a fresh identity token, good for one mint.

        Raises:
            IdentityNotGiven: The service refused, or gave something else.
            IndexUnreachable: It did not answer.
        """
        self._check_address()
        response = self.requester.send(self._request, service=SERVICE)
        identity = self._identity(response)
        self.requester.screen.mask(identity)
        audience = read_claims(identity).get("aud")
        if audience != self.audience:
            problem = f"its audience is {audience!r}, not {self.audience!r}"
            raise IdentityNotGiven(SERVICE, problem)
        return identity

    def _check_address(self) -> None:
        try:
            address = httpx.URL(self.url)
            is_usable = address.scheme in {"http", "https"} and bool(address.host)
        except (httpx.InvalidURL, UnicodeError):
            is_usable = False
        if not is_usable:
            raise IdentityNotGiven(SERVICE, f"{REQUEST_URL} is not its address")

    def _request(self) -> httpx.Request:
        request = self.requester.client.build_request(
            "GET", self.url, headers={"Authorization": f"bearer {self.request_token.reveal()}"}
        )
        request.url = request.url.copy_merge_params({"audience": self.audience})
        return request

    def _identity(self, response: httpx.Response) -> Secret:
        if not response.is_success:
            answer = f"{response.status_code} {told(response, [self.request_token])}"
            raise IdentityNotGiven(SERVICE, answer)
        try:
            value = read_json(response.content)["value"]
        except (ValueError, KeyError, TypeError):
            value = None
        if not isinstance(value, str) or not value:
            excerpt = beginning(redact(begin_of(response), [self.request_token]))
            raise IdentityNotGiven(SERVICE, f"it answered {excerpt!r}")
        return Secret(value)
