"""API tokens of users and publishers: made, recognised, and held to their restrictions."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from packaging.utils import canonicalize_name

from releasio.standins.publishing import macaroons
from releasio.standins.responses import HELP, Refused
from releasio.standins.store import Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.standins.store import Project, Publisher, Records, User

LIFE = 900  # seconds a publisher's token lives
_EXPIRES, _NAMES, _IDS, _USER, _PUBLISHER = range(5)  # what kinds of caveat are called inside
_INVALID = (
    "Invalid or non-existent authentication information. "
    f"See {HELP}#invalid-auth for more information."
)
_PASSWORD = (
    "Username/Password authentication is no longer supported. Migrate to API Tokens or Trusted "
    f"Publishers instead. See {HELP}#apitoken and {HELP}#trusted-publishers"
)


@dataclass(frozen=True)
class Bearer:
    """Who an upload comes from: a user or a publisher, by the token that was shown."""

    macaroon: macaroons.Macaroon
    key: Key
    user: User | None
    publisher: Publisher | None


def user_token(records: Records, user: str, projects: Sequence[str] | None) -> str:
    """Make a token of *user*, for all projects or the named ones."""
    caveats: list[object] = [[_USER, user]]
    if projects is not None:
        caveats.append([_NAMES, [canonicalize_name(name) for name in projects]])
    return _make(records, Key(secret=secrets.token_hex(32), user=user), caveats)


def publisher_token(records: Records, publisher: Publisher, now: int) -> str:
    """Make a token for the projects of *publisher*, good for `LIFE` seconds from *now*."""
    ids = [records.projects[name].id for name in publisher.projects]
    caveats = [[_PUBLISHER, publisher.id, None], [_IDS, ids], [_EXPIRES, now + LIFE, now]]
    return _make(records, Key(secret=secrets.token_hex(32), publisher=publisher.id), caveats)


def burn(records: Records, token: str) -> None:
    """Forget a token that was minted; any other, or what is none, is left alone."""
    try:
        identifier = macaroons.parse(token).identifier
    except macaroons.Malformed:
        return
    key = records.keys.get(identifier)
    if key is not None and key.publisher is not None:
        del records.keys[identifier]


def bearer(records: Records, authorization: str | None) -> Bearer:
    """
    Return who shows the header *authorization*.

    Raises:
        Refused: 403 in every case; this index knows no 401.
    """
    try:
        macaroon = macaroons.parse(_token(authorization or ""))
        key = records.keys[macaroon.identifier]
    except (macaroons.Malformed, KeyError) as error:
        raise Refused(403, _INVALID) from error
    publisher = next((p for p in records.publishers if p.id == key.publisher), None)
    return Bearer(macaroon, key, records.users.get(key.user or ""), publisher)


def permit(bearer: Bearer, project: Project, normalised: str, now: float) -> None:
    """
    Let *bearer* upload to *project*, or not.

    Raises:
        Refused: The token's restrictions, or the rights of who it stands for.
    """
    violations = list(_violations(bearer, project, normalised, now))
    if violations:
        raise Refused(403, f"Invalid API Token: {', '.join(violations)}")
    see = f"See {HELP}#project-name for more information."
    words = f"isn't allowed to upload to project '{normalised}'. {see}"
    if bearer.user and (bearer.user.name != project.owner or project.status == "archived"):
        raise Refused(403, f"The user '{bearer.user.name}' {words}")
    served = bearer.publisher.projects if bearer.publisher else [normalised]
    if not bearer.user and (normalised not in served or project.status != "active"):
        raise Refused(403, f"The given token {words}")


def _make(records: Records, key: Key, caveats: Sequence[object]) -> str:
    identifier = str(uuid4())
    records.keys[identifier] = key
    return macaroons.serialise(identifier, bytes.fromhex(key.secret), caveats)


def _token(authorization: str) -> str:
    scheme, _, credentials = authorization.partition(" ")
    match scheme.lower():
        case "token" | "bearer":
            return credentials
        case "basic":
            return _password(credentials)
    raise Refused(403, _INVALID)


def _password(encoded: str) -> str:
    try:
        user, separator, password = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refused(403, _INVALID) from error
    if not separator:
        raise Refused(403, _INVALID)
    if user != "__token__":
        raise Refused(403, _PASSWORD)
    return password.strip()


def _violations(bearer: Bearer, project: Project, normalised: str, now: float) -> list[str]:
    if not bearer.macaroon.is_signed_with(bytes.fromhex(bearer.key.secret)):
        return ["signatures do not match"]
    violations = []
    for text in bearer.macaroon.caveats:
        match json.loads(text):
            case [0, expires, start] if not start <= now < expires:
                violations.append("token is expired")
            case [1, names] if normalised not in names:
                violations.append(f"project-scoped token is not valid for project: '{normalised}'")
            case [2, ids] if project.id not in ids:
                violations.append(f"OIDC scoped token is not valid for project '{normalised}'")
            case [3, user] if user != bearer.key.user:
                violations.append("current user does not match user restriction in token")
            case [4, publisher, _] if publisher != bearer.key.publisher:
                violations.append(
                    "current OIDC publisher does not match publisher restriction in token"
                )
    return violations
