"""Trusted publishing: the audience, and the exchange of an identity token for an API token."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import jwt
from packaging.utils import canonicalize_name

from releasio.standins.publishing import names, tokens
from releasio.standins.publishing.publishers import Known, NoPublisher
from releasio.standins.responses import Refused, as_json
from releasio.standins.store import Project, Publisher

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from jwt.types import Options
    from werkzeug.wrappers import Request, Response

    from releasio.standins.publishing.issuer import Issuer
    from releasio.standins.store import Pending, Records, Store

LEEWAY = 30  # seconds the clocks may differ
_REMEMBERED = 5  # seconds a spent `jti` outlives the leeway after its token's end
# the library would compare the times with the machine's clock, and take a list of audiences
_LEFT_TO_US: Options = {
    "require": ["iss", "iat", "exp", "aud"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_sub": False,
    "verify_jti": False,
}


class Code(StrEnum):
    """What a failed mint is called."""

    INVALID_PAYLOAD = "invalid-payload"
    NOT_ENABLED = "not-enabled"
    INVALID_TOKEN = "invalid-token"  # noqa: S105 -- a code
    INVALID_PENDING_PUBLISHER = "invalid-pending-publisher"
    INVALID_REUSE_TOKEN = "invalid-reuse-token"  # noqa: S105 -- a code
    INVALID_PUBLISHER = "invalid-publisher"


class Failure(Exception):
    """A mint that fails: the code and the description in the answer."""

    def __init__(self, code: Code, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


class Matcher(Protocol):
    """Finds the registration that claims belong to, or raises `NoPublisher`."""

    def __call__(self, claims: Mapping[str, object], registrations: Sequence[Known], /) -> Known:
        """Return it."""


class Provider(NamedTuple):
    """A CI whose jobs may publish and sign: what it is called, its issuer, and its rules."""

    name: str
    issuer: Issuer
    match: Matcher
    certified: Callable[[Mapping[str, Any]], dict[str, str]]  # what certificates say of claims


class Mint:
    """
    The `/_/oidc/` addresses.

    Args:
        providers: Whose identity tokens it takes.
        audience: What identity tokens must be made for.
    """

    def __init__(
        self,
        store: Store,
        providers: Sequence[Provider],
        clock: Callable[[], datetime],
        *,
        audience: str,
    ) -> None:
        self._store = store
        self._providers = {provider.issuer.url: provider for provider in providers}
        self._clock = clock
        self._audience = audience

    def audience(self) -> Response:
        """Answer `GET /_/oidc/audience`."""
        return as_json({"audience": self._audience})

    def mint(self, request: Request) -> Response:
        """Answer `POST /_/oidc/mint-token`; every failure is a 422."""
        try:
            token, expires = self._exchange(request.get_data())
        except Failure as failure:
            error = {"code": failure.code, "description": failure.description}
            return as_json({"message": "Token request failed", "errors": [error]}, 422)
        return as_json({"success": True, "token": token, "expires": expires})

    def burn(self, request: Request) -> Response:
        """Answer `POST /_/oidc/burn-token`: the same whatever is sent, and nothing is told."""
        try:
            token = _payload(request.get_data())
        except Failure:
            token = ""
        with self._store.transaction() as records:
            tokens.burn(records, token)
        return as_json({}, 202)

    def _exchange(self, body: bytes) -> tuple[str, int]:
        token = _payload(body)
        provider = self._providers.get(str(_issuer_of(token)))
        if provider is None:
            raise Failure(Code.INVALID_PAYLOAD, "unknown trusted publishing issuer")
        claims = self.verified(token, provider)
        now = self._now()
        with self._store.transaction() as records:
            pending = _pending(records, claims, provider.match)
            _refuse_spent(records, claims, now)
            if pending:
                publisher = _realise(records, pending)
            else:
                publisher = _publisher(records, claims, provider.match)
            records.spent[str(claims["jti"])] = claims["exp"] + LEEWAY + _REMEMBERED
            return tokens.publisher_token(records, publisher, int(now)), int(now) + tokens.LIFE

    def verified(self, token: str, provider: Provider) -> dict[str, Any]:
        """
        Return the claims of a token whose signature and times are right.

        Raises:
            Failure: They are not.
        """
        try:
            header = jwt.get_unverified_header(token)
            keys = {key["kid"]: key for key in provider.issuer.keys()["keys"]}
            key = jwt.PyJWK(keys[header["kid"]], algorithm="RS256")
            claims: dict[str, Any] = jwt.decode(
                token, key, algorithms=["RS256"], options=_LEFT_TO_US
            )
        except (jwt.PyJWTError, KeyError) as error:
            raise Failure(Code.INVALID_TOKEN, "malformed or invalid token") from error
        if not self._timely(claims) or claims["aud"] != self._audience:
            raise Failure(Code.INVALID_TOKEN, "malformed or invalid token")
        return claims

    def _timely(self, claims: Mapping[str, Any]) -> bool:
        now = self._now()
        times = {name: claims.get(name, now) for name in ("iat", "nbf", "exp")}
        if not all(isinstance(time, int | float) for time in times.values()):
            return False
        started = max(times["iat"], times["nbf"]) <= now + LEEWAY
        return bool(started and now - LEEWAY < times["exp"])

    def _now(self) -> float:
        return self._clock().timestamp()


def _payload(body: bytes) -> str:
    try:
        match json.loads(body):
            case {"token": str(token)}:
                return token
            case {"token": invalid_token}:
                kind = type(invalid_token)
                problem = f"token\n  Input should be a valid string [input_value={kind}]"
            case dict():
                problem = "token\n  Field required [type=missing]"
            case _:
                problem = "  Input should be an object"
    except ValueError:
        problem = "  Invalid JSON"
    raise Failure(Code.INVALID_PAYLOAD, f"1 validation error for TokenPayload\n{problem}")


def _issuer_of(token: str) -> object:
    try:
        unverified: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        return unverified["iss"]
    except (jwt.PyJWTError, KeyError) as error:
        raise Failure(Code.INVALID_PAYLOAD, "malformed JWT") from error


def _pending(records: Records, claims: Mapping[str, Any], match: Matcher) -> Pending | None:
    """Return the pending publisher that matches, if its project can be made."""
    try:
        pending = match(claims, records.pending)
    except NoPublisher:
        return None
    if canonicalize_name(pending.project) in records.projects:
        records.pending.remove(pending)  # and stays removed: the next mint goes on without it
        raise Failure(Code.INVALID_PENDING_PUBLISHER, "valid token, but project already exists")
    try:
        names.refuse_name(pending.project, records.projects)
    except Refused as error:
        raise Failure(Code.INVALID_PAYLOAD, error.sentence) from error
    return pending


def _refuse_spent(records: Records, claims: Mapping[str, Any], now: float) -> None:
    for jti in [jti for jti, until in records.spent.items() if until <= now]:
        del records.spent[jti]
    if str(claims.get("jti")) in records.spent:
        raise Failure(Code.INVALID_REUSE_TOKEN, "invalid token: already used")


def _publisher(records: Records, claims: Mapping[str, Any], match: Matcher) -> Publisher:
    try:
        return match(claims, records.publishers)
    except NoPublisher as reason:
        raise Failure(
            Code.INVALID_PUBLISHER, f"valid token, but no corresponding publisher ({reason})"
        ) from reason


def _realise(records: Records, pending: Pending) -> Publisher:
    """Make the project a pending publisher waited for, and a normal publisher of it."""
    normalised = canonicalize_name(pending.project)
    records.serial += 1
    records.projects[normalised] = Project(name=pending.project, owner=None, born=records.serial)
    records.pending.remove(pending)
    for publisher in records.publishers:
        if publisher.identity == pending.identity:
            publisher.projects.append(normalised)
            return publisher
    new_publisher = Publisher(identity=pending.identity, projects=[normalised])
    records.publishers.append(new_publisher)
    return new_publisher
