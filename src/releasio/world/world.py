"""Everything a step may touch, passed in as one value."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sigstore.models import ClientTrustConfig

    from releasio.rules.credentials.credential import Answer, Credential
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.tally import Tally
    from releasio.world.git.git import Git
    from releasio.world.index.index import Index
    from releasio.world.index.wire import Wire
    from releasio.world.screen import Screen
    from releasio.world.surroundings import Surroundings


@dataclass
class World:
    """
    The repository, the process environment, the clock, the index and the screen.

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
        tree: The scratch work tree the release commit is made in, while there is one.
        credentials: What uploads to each index are sent with, once a source gave it.
        attestations: What goes along with uploads to each index: file name to JSON.
        answers: What every source of credentials said for each index, or would say.
        uploads: How far the upload to each index came, once it has begun.
        surroundings: What a run found that must stay as it is until the push.
        afterwards: Notes for the end: what went wrong here and does not concern the release.
    """

    git: Git
    project: Path
    env: Mapping[str, str]
    screen: Screen
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    moment: Callable[[], datetime] | None = None
    sleep: Callable[[float], None] = time.sleep
    offline: bool = False
    timeout: float = 60.0
    acting: bool = False
    logins: Callable[[World, Registry], Iterable[Credential]] = lambda _world, _registry: ()
    must_read: bool = True
    tree: Git | None = None
    credentials: dict[Registry, Credential] = field(default_factory=dict)
    attestations: dict[Registry, dict[str, str]] = field(default_factory=dict)
    answers: dict[Registry, tuple[Answer, ...]] = field(default_factory=dict)
    uploads: dict[Registry, Tally] = field(default_factory=dict)
    surroundings: Surroundings | None = None
    afterwards: list[str] = field(default_factory=list)
    _indexes: dict[Registry, Index] = field(default_factory=dict)
    _trusts: dict[str | None, ClientTrustConfig] = field(default_factory=dict)

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
            from releasio.world.index.http import new_client  # noqa: PLC0415
            from releasio.world.index.index import Index  # noqa: PLC0415

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

    def sigstore(self, setting: str | None, wire: Wire) -> ClientTrustConfig:
        """
        Return what Sigstore is signed with and trusted by; read once in a run.

        Args:
            setting: Its file, for one of one's own; `None`: the public one.
            wire: Waits where the public one is slow.

        Raises:
            TrustConfigUnusable: There is no such file, or it is of no use.
            SigstoreUnreachable: The public one's trust root cannot be had.
        """
        if setting not in self._trusts:
            from releasio.world.sigstore.trust import public_trust, read_trust  # noqa: PLC0415 -- rare

            self._trusts[setting] = (
                read_trust(self.project / setting, setting) if setting else public_trust(wire)
            )
        return self._trusts[setting]

    def watch(self, tag: str) -> None:
        """
        Remember what must stay as it is until the push of *tag*; later, compare with it.

        Raises:
            ChangedUnderway: Some of it is not as it was.
        """
        from releasio.world.surroundings import look_around  # noqa: PLC0415 -- only who acts

        if self.surroundings is None:
            self.surroundings = look_around(self.git, self.env, tag)
        elif changes := self.surroundings.changes(look_around(self.git, self.env, tag)):
            from releasio.errors.git.surroundings import ChangedUnderway  # noqa: PLC0415 -- rare

            raise ChangedUnderway(changes)

    def accept_work_tree(self) -> None:
        """Take the user's work tree as it is now: a hook of theirs was at work in it."""
        from releasio.world.surroundings import look_around  # noqa: PLC0415 -- as above

        if (known := self.surroundings) is not None:
            now = look_around(self.git, self.env, known.tag)
            self.surroundings = replace(known, work_tree=now.work_tree)

    def give_back(self, registry: Registry) -> None:
        """
        End the life of a minted token for *registry*: nothing is sent with it any more.

        The index forgets it, if it can; one of any other origin is left alone.
        """
        held, now = self.credentials.get(registry), self.clock()
        if held is None or not held.trusted or not held.is_alive(now):
            return
        self.credentials[registry] = held.ended(now)
        self.index(registry).give_back(held.secret)

    def close(self) -> None:
        """Give back what the run holds: minted tokens, connections, the scratch work tree."""
        try:
            for registry in tuple(self.credentials):
                self.give_back(registry)
        finally:
            for index in self._indexes.values():
                index.close()
            self._indexes.clear()
            self.close_tree()

    def close_tree(self) -> None:
        """Remove the scratch work tree, if there is one."""
        if self.tree is not None:
            self.git.close_scratch(self.tree.root)
            self.tree = None
