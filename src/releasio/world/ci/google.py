"""The identity of a service account of Google Cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from releasio.errors.auth.identity import IdentityNotGiven
from releasio.frozen import frozen
from releasio.rules.credentials.secret import Secret, redact, stray
from releasio.rules.identity.claims import read_claims
from releasio.rules.index.error_answer import beginning
from releasio.text.json_text import read_json
from releasio.world.http.requester import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx

    from releasio.world.http.requester import Requester

METADATA = "metadata.google.internal"
METADATA_HOST = "GCE_METADATA_HOST"  # the variable that names another one, with a port or without
_MACHINE = "/computeMetadata/v1/instance/service-accounts/default"
_IAM = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts"
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_FLAVOR = {"Metadata-Flavor": "Google"}
_NO_ACCOUNT = "Give the machine a service account, or name one in GOOGLE_SERVICE_ACCOUNT_NAME."
_NO_ROLE = (
    "Give the machine's account the role Service Account OpenID Connect Identity Token Creator "
    "on {}."
)


@frozen
class GoogleIdentity:
    """
    Google's metadata server, and its service for the credentials of accounts.

    Attributes:
        audience: Who the identity is to be shown to.
        requester: Sends; asking twice is harmless.
        account: The service account's address; empty: the machine's own.
        host: The metadata server, without a scheme; empty: the usual one.

    Source: https://cloud.google.com/compute/docs/instances/verifying-instance-identity
    """

    audience: str
    requester: Requester
    account: str = ""
    host: str = ""

    def fetch(self) -> Secret:
        """
        Return an identity token of the account.

        Raises:
            IdentityNotGiven: A service refused, or gave something else.
            IndexUnreachable: It did not answer.
        """
        identity = self._of_account() if self.account else self._of_machine()
        self.requester.screen.mask(identity)
        audience = read_claims(identity).get("aud")
        if audience != self.audience:
            raise IdentityNotGiven(_named(self), f"its audience is {audience!r}")
        return identity

    def _of_machine(self) -> Secret:
        response = self._metadata("identity", {"audience": self.audience, "format": "full"})
        return _token(response.text, METADATA, _NO_ACCOUNT)

    def _of_account(self) -> Secret:
        answer = self._metadata("token", {"scopes": _SCOPE})
        access = _token(_member(answer, "access_token"), METADATA, _NO_ACCOUNT)
        self.requester.screen.mask(access)
        response = self._send(
            "POST",
            f"{_IAM}/{quote(self.account, safe='@')}:generateIdToken",
            service="Google's IAM",
            headers={"Authorization": f"Bearer {access.reveal()}"},
            json={"audience": self.audience, "includeEmail": True},
        )
        remedy = _NO_ROLE.format(self.account)
        _check(response, "Google's IAM", remedy, [access])
        return _token(_member(response, "token"), "Google's IAM", remedy, [access])

    def _metadata(self, entry: str, query: dict[str, str]) -> httpx.Response:
        url = f"http://{self.host or METADATA}{_MACHINE}/{entry}"
        response = self._send("GET", url, service=METADATA, headers=_FLAVOR, params=query)
        _check(response, METADATA, _NO_ACCOUNT)
        return response

    def _send(self, method: str, url: str, *, service: str, **options: object) -> httpx.Response:
        make = self.requester.client.build_request
        return self.requester.send(lambda: make(method, url, **options), service=service)  # type: ignore[arg-type] # httpx's own options


def _named(identity: GoogleIdentity) -> str:
    return "Google's IAM" if identity.account else METADATA


def _check(
    response: httpx.Response, service: str, remedy: str, secrets: Sequence[Secret] = ()
) -> None:
    if not response.is_success:
        answer = f"{response.status_code} {told(response, secrets)}"
        raise IdentityNotGiven(service, answer, hint=remedy)


def _member(response: httpx.Response, name: str) -> str:
    try:
        value = read_json(response.content)[name]
    except (ValueError, KeyError, TypeError):
        return ""
    return value if isinstance(value, str) else ""


def _token(text: str, service: str, remedy: str, secrets: Sequence[Secret] = ()) -> Secret:
    """Return *text* as a token; a page of something else is none."""
    token = Secret(text.strip())
    if not token or stray(token, token=True):
        excerpt = beginning(redact(text, secrets))
        problem = f"it answered {excerpt!r}" if excerpt else "it answered without one"
        raise IdentityNotGiven(service, problem, hint=remedy)
    return token
