"""Trade a CI job's identity for an upload token, as PyPI's trusted publishing has it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from releasio.errors.auth.identity import IdentityRefused
from releasio.errors.auth.publisher import (
    AudienceRefused,
    MintRefused,
    PendingPublisherStale,
    PublisherUnknown,
    TrustedPublishingOff,
    TrustedPublishingUnsupported,
)
from releasio.errors.index.answers import GarbledAnswer, IndexUnreachable
from releasio.frozen import frozen
from releasio.rules.credentials.secret import Secret, redact, stray
from releasio.rules.identity.audience import taker, why_not
from releasio.rules.identity.claims import read_claims
from releasio.rules.identity.publisher_form import comparison
from releasio.rules.identity.refusals import (
    invalid_publisher,
    stale_pending_publisher,
    unfit_payload,
)
from releasio.rules.index.error_answer import beginning
from releasio.text.json_text import read_json
from releasio.world.http.requester import (
    LONGEST_PAUSE,
    TRIES,
    begin_of,
    describe,
    may_pass,
    passing,
    told,
    with_wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.errors.auth.credential import CredentialRefused
    from releasio.rules.index.registry import Registry
    from releasio.world.http.requester import Requester

_STALE = "invalid-pending-publisher"
_BURNING = 5.0  # seconds; somebody may be waiting for a run to end
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout)


@frozen
class Minted:
    """An upload token, and when it ends (aware; `None`: nothing that makes sense is told)."""

    token: Secret
    expires: datetime | None


@frozen
class Mint:
    """
    The trusted-publishing side of an index.

    Attributes:
        registry: Whose.
        requester: Sends.
        project: What the token is wanted for; only words depend on it.
        exists: Whether the index has it; likewise.
    """

    registry: Registry
    requester: Requester
    project: str = "the project"
    exists: bool | None = None

    def audience(self) -> str:
        """
        Return the audience that an identity for this index must have.

        Raises:
            TrustedPublishingUnsupported: The index has no such thing.
            TrustedPublishingOff: It has, and it is switched off.
            AudienceRefused: It asks for one that others take, too.
            GarbledAnswer: Something else than an index answered.
            IndexUnreachable: Nobody did.
        """
        url = self._url("audience")
        response = self.requester.send(
            lambda: self.requester.client.build_request("GET", url, headers=_JSON),
            service=self.registry.name,
        )
        answer = _object(response)
        if response.status_code == httpx.codes.FORBIDDEN and "message" in answer:
            raise TrustedPublishingOff(self.registry.name, told(response))
        if response.status_code != httpx.codes.OK:
            raise TrustedPublishingUnsupported(self.registry.name, response.status_code)
        audience = answer.get("audience")
        if not isinstance(audience, str) or not audience:
            raise GarbledAnswer(url, response.status_code, beginning(response.text))
        if problem := why_not(audience, self.registry):
            excerpt, has_taker = beginning(audience), bool(taker(audience))
            raise AudienceRefused(self.registry.name, excerpt, problem, taken=has_taker)
        return audience

    def mint(self, identity: Callable[[], Secret]) -> Minted:
        """
        Return an upload token for what *identity* proves.

        An identity is spent by its first use even if the answer is lost, so
        *identity* is called anew for each try: after no answer, 408, 429 or
        5xx, and once after a pending publisher turned out stale, for the index
        then looks at the project's own publishers. Only one that could not
        even be sent, for want of a connection, is used again.

        Raises:
            PublisherUnknown: No publisher fits the identity's claims.
            PendingPublisherStale: Only a pending publisher did, of a project that exists.
            IdentityRefused: The identity could not be verified, or was used before.
            TrustedPublishingOff: It is switched off for this kind of CI.
            MintRefused: Another reason, in the index's words.
            GarbledAnswer: Something else than an index answered.
            IndexUnreachable: Nobody did, several times.
        """
        was_stale, unsent_token = False, None
        for attempt in range(1, TRIES + 1):
            token, unsent_token = unsent_token or identity(), None
            try:
                response = self._ask(token)
            except httpx.RequestError as error:
                self._pause(describe(error), attempt, error)
                unsent_token = token if isinstance(error, _BEFORE_SENDING) else None
                continue
            if passing(response.status_code):
                delay = self.requester.wanted(response)
                self._pause(f"it answered {response.status_code}", attempt, None, delay)
                continue
            if response.status_code == httpx.codes.OK:
                return self._minted(response)
            error_code, refusal = self._refusal(response, token)
            if error_code != _STALE or was_stale:
                raise refusal
            was_stale = True
        msg = "the last try returns or raises"
        raise AssertionError(msg)

    def burn(self, token: Secret) -> str:
        """
        Give a minted *token* back, so that nobody can use what is left of its life.

        Asked once and not for long: the token ends by itself. Nothing is raised.

        Returns:
            Why it was not taken back; empty: it was.
        """
        body = {"token": token.reveal()}
        try:
            response = self.requester.client.post(
                self._url("burn-token"), json=body, headers=_JSON, timeout=_BURNING
            )
        except httpx.RequestError as error:
            return describe(error)
        return "" if response.is_success else f"it answered {response.status_code}"

    def _ask(self, identity: Secret) -> httpx.Response:
        body = {"token": identity.reveal()}
        return self.requester.client.post(self._url("mint-token"), json=body, headers=_JSON)

    def _pause(
        self, problem: str, attempt: int, error: Exception | None, delay: float | None = None
    ) -> None:
        name = self.registry.name
        is_final = isinstance(error, httpx.RequestError) and not may_pass(error)
        if is_final or attempt == TRIES or (delay or 0) > LONGEST_PAUSE:
            raise IndexUnreachable(name, with_wait(problem, delay), tries=attempt) from error
        self.requester.pause(name, problem, attempt, delay)

    def _minted(self, response: httpx.Response) -> Minted:
        answer = _object(response)
        token, expires = answer.get("token"), answer.get("expires")
        if not isinstance(token, str) or not token or stray(Secret(token), token=True):
            raise GarbledAnswer(
                str(response.url), response.status_code, "an answer without a token"
            )
        upload_token = Secret(token)
        self.requester.screen.mask(upload_token)
        end = _moment(expires)
        # one that is over from the start is a duration, or another clock's
        return Minted(upload_token, end if end and end > self.requester.clock() else None)

    def _refusal(self, response: httpx.Response, identity: Secret) -> tuple[str, Exception]:
        reasons = _reasons(response)
        if not reasons:
            return "", self._unnamed_error(response, identity)
        code = reasons[0][0]
        message = redact("; ".join(text for _, text in reasons), pieces(identity))
        return code, self._error_for(code, message, read_claims(identity))

    def _error_for(
        self, code: str, message: str, claims: Mapping[str, object]
    ) -> CredentialRefused:
        name = self.registry.name
        match code:
            case "invalid-publisher":
                reason = message.removeprefix("valid token, but no corresponding publisher").strip()
                remedy = invalid_publisher(
                    self.registry, self.project, claims, exists=self.exists, reason=reason
                )
                return PublisherUnknown(
                    name, reason.strip("()") or code, comparison=comparison(claims), hint=remedy
                )
            case "invalid-pending-publisher":
                remedy = stale_pending_publisher(self.registry, self.project, claims)
                return PendingPublisherStale(
                    name, message, comparison=comparison(claims), hint=remedy
                )
            case "invalid-token" | "invalid-reuse-token":
                return IdentityRefused(name, f"{message} ({code})")
            case "not-enabled":
                return TrustedPublishingOff(name, f"{message} ({code})")
            case "invalid-payload":
                remedy = unfit_payload(self.registry, message, claims)
                return MintRefused(name, f"{code}: {message}", hint=remedy)
            case _:
                return MintRefused(name, f"{code}: {message}" if code else message)

    def _unnamed_error(self, response: httpx.Response, identity: Secret) -> Exception:
        secrets = pieces(identity)
        if _object(response):
            message = f"{response.status_code} {told(response, secrets)}"
            return MintRefused(self.registry.name, message)
        excerpt = beginning(redact(begin_of(response), secrets))
        return GarbledAnswer(str(response.url), response.status_code, excerpt)

    def _url(self, name: str) -> str:
        return f"{self.registry.origin}/_/oidc/{name}"


_JSON = {"Accept": "application/json"}


def pieces(identity: Secret) -> tuple[Secret, ...]:
    """Return a JWT and its parts: a server may echo any of them."""
    return (identity, *(Secret(part) for part in identity.reveal().split(".")))


def _moment(timestamp: object) -> datetime | None:
    """Return the time that *timestamp* means, in seconds since 1970; `None` when it means none."""
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float):
        return None
    try:
        return datetime.fromtimestamp(timestamp, UTC)
    except (ValueError, OverflowError, OSError):  # each system has its own bounds
        return None


def _reasons(response: httpx.Response) -> list[tuple[str, str]]:
    errors = _object(response).get("errors")
    if not isinstance(errors, list):
        return []
    return [
        (str(error.get("code", "")), " ".join(str(error.get("description", "")).split()))
        for error in errors
        if isinstance(error, dict)
    ]


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = read_json(response.content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
