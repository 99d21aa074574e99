"""What an index that needs a login for reading is shown: what is kept for that very host."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from releasio.auth.asking import Asking
from releasio.auth.order import sources
from releasio.auth.sources.netrc import find_login
from releasio.errors.auth.credential import CredentialRefused
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.policy import TRUSTED
from releasio.world.index.logins import origin
from releasio.world.tokens.keyring import NAME, Keyring, SystemKeyring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from releasio.auth.asking import Source
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.registry import Registry
    from releasio.world.world import World

_ENVIRONMENT, _KEYRING, _PYPIRC = "environment", "keyring", "pypirc"


def logins(
    world: World, registry: Registry, policy: Policy, *, keyring: Keyring | None = None
) -> Iterator[Credential]:
    """
    Yield what the pages of *registry* may be read with, the likeliest first.

    That is what uploads would be sent with where its pages are on the same host (scheme,
    host and port), and what `.netrc` and the keyring keep for the pages' own. Nobody is
    asked at a terminal, no identity is spent, and programs and plug-ins are left alone
    unless the release is carried out. PyPI and TestPyPI are open to everybody.

    What cannot be read, or is sure not to work, is said and passed over.
    """
    if registry.index is None or registry.site is not None:
        return
    is_same_host = origin(registry.index) == origin(registry.upload)
    asking = Asking(world.index(registry), "", world.env)
    chain = [
        candidate
        for candidate in sources(registry, policy)
        if is_same_host and _is_asked(world, candidate, policy)
    ]
    for source in chain:
        if source.kind == _ENVIRONMENT:
            yield from _tried(world, partial(_asked, source, asking))
    yield from _tried(world, partial(_of_netrc, asking))
    for source in chain:
        if source.kind != _ENVIRONMENT:
            yield from _tried(world, partial(_asked, source, asking))
    if not policy.why_not(_KEYRING) and _KEYRING in policy.order:
        yield from _tried(world, partial(_of_keyring, asking, keyring or SystemKeyring()))


def _is_asked(world: World, source: Source, policy: Policy) -> bool:
    """Whether *source* tells without anybody at a terminal, and without running anything."""
    if source.kind in {TRUSTED, "prompt"} or policy.why_not(source.kind):
        return False
    return world.acting or source.kind in {_ENVIRONMENT, _KEYRING, _PYPIRC}


def _tried(world: World, ask: Callable[[], Credential | NotHere]) -> Iterator[Credential]:
    try:
        answer = ask()
    except CredentialRefused as error:
        world.screen.note(f"{error}; it is not read with")
        return
    if isinstance(answer, Credential):
        yield answer


def _asked(source: Source, asking: Asking) -> Credential | NotHere:
    offer = source.offer(asking.env, asking.registry)
    return offer if isinstance(offer, NotHere) else source.ask(asking)


def _of_netrc(asking: Asking) -> Credential | NotHere:
    login = find_login(asking.env, urlsplit(asking.registry.index or "").hostname or "")
    return login if isinstance(login, NotHere) else asking.accept(*login)


def _of_keyring(asking: Asking, keyring: Keyring) -> Credential | NotHere:
    """Look for what is kept for the pages' address, or for their host, as pip does."""
    registry = asking.registry
    index = registry.index or ""
    for service in (index, index.rstrip("/"), urlsplit(index).netloc):
        if login := keyring.find(service, registry.user):
            return asking.accept(*login, NAME)
    return NotHere(f"nothing is kept for {index}")
