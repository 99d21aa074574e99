"""Which trusted publisher an identity token belongs to: what is the same for every provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from releasio.standins.store import Pending, Publisher

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from releasio.standins.store import Identity

Known = TypeVar("Known", Pending, Publisher)

_NOT_FOUND = "Publisher with matching claims was not found"


class NoPublisher(Exception):
    """No registration fits the claims; the text is the index's reason."""


def require(claims: Mapping[str, object], names: Sequence[str]) -> None:
    """
    Refuse *claims* that lack one of these *names*.

    Raises:
        NoPublisher: With the first that is missing.
    """
    for name in names:
        if name not in claims:
            words = f"Missing claim {name!r}"
            raise NoPublisher(words)


def look_up(
    registrations: Sequence[Known], environment: str, is_theirs: Callable[[Identity], bool]
) -> Known:
    """
    Return the registration that *is_theirs*: one for *environment* before one for any.

    Raises:
        NoPublisher: There is none.
    """
    for name in dict.fromkeys((environment, "")):
        for registration in registrations:
            identity = registration.identity
            if identity.environment == name and is_theirs(identity):
                return registration
    raise NoPublisher(_NOT_FOUND)


def require_one_of(claims: Mapping[str, object], name: str, expected: Sequence[str]) -> None:
    """
    Refuse *claims* of which *name* is none of the *expected* values, to the letter.

    Raises:
        NoPublisher: With all of them.
    """
    claim = claims[name]
    if claim not in expected:
        words = f"The {name} claim does not match, expecting one of {expected!r}, got {claim!r}"
        raise NoPublisher(words)
