"""Read an index's API token locally: which site, which projects, until when."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.errors.auth.token import (
    TokenExpired,
    TokenForAnotherIndex,
    TokenForAnotherProject,
    TokenMalformed,
)
from releasio.frozen import frozen
from releasio.rules.index.registry import TOKEN_SITES
from releasio.text.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.credentials.secret import Secret
    from releasio.rules.index.registry import Registry

_VERSION = 2  # of the macaroon format
_END, _LOCATION, _IDENTIFIER = 0, 1, 2
_PREFIX = "pypi-"
# the numbers that caveats begin with
_EXPIRY, _PROJECT_NAMES, _PROJECT_IDS, _USER, _PUBLISHER = range(5)


@frozen
class TokenFacts:
    """
    What a token says about itself; its signature cannot be checked here.

    Attributes:
        site: The host it was made for, such as TestPyPI's.
        projects: The normalised names it is limited to, when it names any.
        limited: It is limited to projects, by name or by an id we cannot resolve.
        publisher: It was minted for a trusted publisher.
        not_before: From when it is valid.
        expires: When it stops being valid.
    """

    site: str
    projects: tuple[str, ...] = ()
    limited: bool = False
    publisher: bool = False
    not_before: datetime | None = None
    expires: datetime | None = None


def read_token(token: Secret) -> TokenFacts | None:
    """Return what *token* says about itself; `None` if it is not a macaroon."""
    text = token.reveal()
    try:
        body = text.removeprefix(_PREFIX)
        fields = tuple(_packets(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
        site = next(value.decode() for kind, value in fields if kind == _LOCATION)
        identifiers = [value for kind, value in fields if kind == _IDENTIFIER]
        return _facts(site, [read_json(value) for value in identifiers[1:]])
    except (ValueError, binascii.Error, IndexError, StopIteration, TypeError, OverflowError):
        return None


def check_token(
    token: Secret, source: str, *, registry: Registry, project: str, now: datetime
) -> TokenFacts | None:
    """
    Refuse a token that *registry* is certain to refuse, before it is sent.

    A token of PyPI or TestPyPI is never let out to another index. Nothing is
    said about what the token does not tell, such as projects known by id only.

    Raises:
        TokenForAnotherIndex: Its site is another one.
        TokenMalformed: PyPI and TestPyPI take nothing that looks like this.
        TokenExpired: Its time is over.
        TokenForAnotherProject: It names its projects, and *project* is not one.
    """
    facts = read_token(token)
    if facts is None:
        if registry.site is not None:
            raise TokenMalformed(source, registry.name)
        return None
    _check_site(facts, source, registry)
    if facts.expires is not None and facts.expires <= now:
        raise TokenExpired(source, facts.expires)
    if facts.projects and _normal(project) not in facts.projects:
        raise TokenForAnotherProject(source, projects=facts.projects, project=project)
    return facts


def _check_site(facts: TokenFacts, source: str, registry: Registry) -> None:
    made_for = TOKEN_SITES.get(facts.site)
    if registry.site is None:
        if made_for is not None:
            raise TokenForAnotherIndex(source, made_for=made_for, wanted=registry.name)
        return
    site = registry.site.partition("://")[2]
    if facts.site != site:
        raise TokenForAnotherIndex(source, made_for=made_for or facts.site, wanted=registry.name)


def _packets(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of each field of a version-2 macaroon."""
    if data[0] != _VERSION:
        msg = "not a version 2 macaroon"
        raise ValueError(msg)
    at = 1
    while at < len(data):
        kind, at = _number(data, at)
        if kind == _END:
            continue
        length, at = _number(data, at)
        if at + length > len(data):
            msg = "cut short"
            raise ValueError(msg)
        yield kind, data[at : at + length]
        at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a variable-length number, seven bits a byte, lowest first."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:  # the top bit says that more follows
            return value, at
        shift += 7


def _facts(site: str, caveats: list[object]) -> TokenFacts:
    names: list[str] = []
    limited = publisher = False
    not_before = expires = None
    for caveat in caveats:
        match caveat:
            case [int(kind), int(end), int(start)] if kind == _EXPIRY:
                not_before, expires = _moment(start), _moment(end)
            case [int(kind), [*projects]] if kind == _PROJECT_NAMES:
                names, limited = [str(project) for project in projects], True
            case [int(kind), [*_]] if kind == _PROJECT_IDS:
                limited = True
            case [int(kind), *_] if kind == _PUBLISHER:
                publisher = True
            case {"permissions": {"projects": [*projects]}}:
                names, limited = [str(project) for project in projects], True
            case {"nbf": int(start), "exp": int(end)}:
                not_before, expires = _moment(start), _moment(end)
            case _:  # user restrictions and what may come later: no matter here
                pass
    normal_names = tuple(_normal(name) for name in names)
    return TokenFacts(site, normal_names, limited, publisher, not_before, expires)


def _normal(name: str) -> str:
    # 25 ms, for the few tokens that name their projects
    from packaging.utils import canonicalize_name

    return canonicalize_name(name)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
