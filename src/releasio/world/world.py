"""Everything a step may touch, passed in as one value."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.frozen import anew, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sigstore.models import ClientTrustConfig

    from releasio.errors.base import ReleasioError
    from releasio.rules.credentials.credential import Answer, Credential
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.index.registry import Registry
    from releasio.world.forge.forge import Forge
    from releasio.world.git.git import Git
    from releasio.world.http.requester import Requester
    from releasio.world.index.index import Index
    from releasio.world.screen import Screen


def _now() -> datetime:
    return datetime.now(UTC)


def _no_logins(_world: World, _registry: Registry) -> Iterable[Credential]:
    return ()


@frozen
class World:
    """
    The repository, the process environment, the clock, the index and the screen.

    What was learned from outside is kept, so that it is asked once. What the steps of a run
    leave to each other is in its `Run`.

    Attributes:
        git: The user's repository.
        project: The project's directory in the user's work tree.
        env: The process environment. Nothing below `cli/` reads `os.environ`.
        screen: Where children's output, notes and progress go.
        clock: Returns the present moment, aware, in UTC: what waiting, expiry and the journal
            go by.
        moment: Returns the moment of the release, likewise: what its commit, its tag and its
            heading are dated with. None: the present.
        sleep: Waits a number of seconds.
        offline: No request leaves this machine; what only the network knows is not asked.
        timeout: Seconds to wait for the index, or Sigstore, to answer one request.
        acting: The release is carried out: programs that give a credential may be run.
        logins: Gives what an index's pages may be read with where they need a login.
        must_read: An index that does not let its pages be read stops the release.
        prospects: What every source of credentials would say for each index, once it was asked.
        forge_troubles: Why a forge gave no answer a moment ago: who only looks does not ask again.
    """

    git: Git
    project: Path
    env: Mapping[str, str]
    screen: Screen
    clock: Callable[[], datetime] = anew(factory=lambda: _now)
    moment: Callable[[], datetime] | None = None
    sleep: Callable[[float], None] = time.sleep
    offline: bool = False
    timeout: float = 60.0
    acting: bool = False
    logins: Callable[[World, Registry], Iterable[Credential]] = anew(factory=lambda: _no_logins)
    must_read: bool = True
    prospects: dict[Registry, tuple[Answer, ...]] = anew(factory=dict)
    forge_troubles: dict[ForgePlace, ReleasioError] = anew(factory=dict)
    _indexes: dict[Registry, Index] = anew(factory=dict)
    _forges: dict[ForgePlace, Forge | None] = anew(factory=dict)
    _trusts: dict[str | None, ClientTrustConfig] = anew(factory=dict)

    __eq__, __hash__ = object.__eq__, object.__hash__  # there is one of each
    __repr__ = object.__repr__  # the environment may hold secrets

    def dated(self) -> datetime:
        """Return the moment of the release."""
        return (self.moment or self.clock)()

    @property
    def state(self) -> Path:
        """Where releasio keeps its journal and built files: `.git/releasio`."""
        return self.git.directory / "releasio"

    def index(self, registry: Registry) -> Index:
        """Return the client of a package index; one per registry and run."""
        if registry not in self._indexes:
            # httpx costs 118 ms, and most commands never come here
            from releasio.world.http.client import new_client
            from releasio.world.index.index import Index

            self._indexes[registry] = Index(
                registry,
                new_client(self.env, timeout=self.timeout),
                clock=self.clock,
                sleep=self.sleep,
                screen=self.screen,
                logins=lambda: self.logins(self, registry),
                must_read=self.must_read,
            )
        return self._indexes[registry]

    def forge(self, place: ForgePlace) -> Forge | None:
        """Return the client of a forge, one per run; None: no token for it, or nobody is asked."""
        if self.offline:
            return None
        if place not in self._forges:
            from releasio.world.forge.connect import connect
            from releasio.world.forge.means import Means

            means = Means(self.env, self.clock, self.sleep, self.screen, self.timeout)
            self._forges[place] = connect(place, means)
        return self._forges[place]

    def sigstore(self, setting: str | None, requester: Requester) -> ClientTrustConfig:
        """
        Return what Sigstore is signed with and trusted by; read once in a run.

        Args:
            setting: Its file, for one of one's own; `None`: the public one.
            requester: Waits where the public one is slow.

        Raises:
            TrustConfigUnusable: There is no such file, or it is of no use.
            SigstoreUnreachable: The public one's trust root cannot be had.
        """
        if setting not in self._trusts:
            from releasio.world.sigstore.trust import public_trust, read_trust

            self._trusts[setting] = (
                read_trust(self.project / setting, setting) if setting else public_trust(requester)
            )
        return self._trusts[setting]

    def close(self) -> None:
        """Close the connections."""
        for index in self._indexes.values():
            index.close()
        for forge in self._forges.values():
            if forge is not None:
                forge.close()
        self._indexes.clear()
        self._forges.clear()
