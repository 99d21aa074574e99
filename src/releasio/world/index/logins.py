"""What an index's pages are read with, where they are not open to everybody."""

from __future__ import annotations

import base64
import threading
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING

import httpx

from releasio.rules.credentials.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from releasio.rules.credentials.credential import Credential
    from releasio.rules.index.registry import Registry

_CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class Logins:
    """
    The credentials that the pages of *registry* may be read with, one after the other.

    Nobody is asked for one before the index wants it, and none is ever sent anywhere but
    to the host the pages are on: scheme, host and port are those of the simple index.
    Several threads may read at the same time.

    Args:
        registry: Whose pages.
        offers: Gives credentials for that host, the likeliest first; called once, if at all.
    """

    def __init__(
        self, registry: Registry, offers: Callable[[], Iterable[Credential]] = lambda: ()
    ) -> None:
        self._home = None if registry.index is None else origin(registry.index)
        self._offers = offers
        self._rest: Iterator[Credential] | None = None
        self._uploads: Credential | None = None
        self._is_shared = self._home is not None and self._home == origin(registry.upload)
        self._held: Credential | None = None
        self._tried: list[Credential] = []
        self._lock = threading.Lock()

    @property
    def tried(self) -> tuple[str, ...]:
        """Where the credentials come from that the index was shown, for people."""
        return tuple(credential.source for credential in self._tried)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What an answer may echo."""
        return tuple(
            secret
            for credential in self._tried
            for secret in (credential.secret, basic(credential))
        )

    def read_with(self, credential: Credential) -> None:
        """Read with the *credential* of the uploads, too, where the pages are on their host."""
        # what trusted publishing mints is for uploads alone
        if self._is_shared and not credential.trusted:
            self._uploads = credential

    def held(self, url: str) -> Credential | None:
        """Return what is sent to *url*; `None`: nothing is."""
        return self._held if self._is_home(url) else None

    def another(self, url: str, status: int, credential: Credential | None) -> bool:
        """Tell whether to ask *url* again, which answered *credential* with *status*."""
        if status not in _CLOSED or not self._is_home(url):
            return False
        with self._lock:
            if self._held != credential:  # another thread has gone on already
                return self._held is not None
            if self._rest is None:
                self._rest = iter(self._offers())
            offers = chain([self._uploads] if self._uploads else [], self._rest)
            self._held = next((offer for offer in offers if self._is_new(offer)), None)
            if self._held is not None:
                self._tried.append(self._held)
            return self._held is not None

    def _is_new(self, offer: Credential) -> bool:
        earlier_pairs = {(credential.user, credential.secret) for credential in self._tried}
        return (offer.user, offer.secret) not in earlier_pairs

    def _is_home(self, url: str) -> bool:
        return self._home is not None and origin(url) == self._home


def origin(url: str) -> tuple[str, str, int | None] | None:
    """Return scheme, host and port of *url*; `None`: it is no address."""
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        return None
    return parts.scheme, parts.host, parts.port


def basic(credential: Credential) -> Secret:
    """Return what stands in the header for *credential*, after `Basic`."""
    pair = f"{credential.user}:{credential.secret.reveal()}"
    return Secret(base64.b64encode(pair.encode()).decode())


def authorization(credential: Credential | None) -> dict[str, str]:
    """Return the header that shows *credential*; none for nobody."""
    return {"Authorization": f"Basic {basic(credential).reveal()}"} if credential else {}
