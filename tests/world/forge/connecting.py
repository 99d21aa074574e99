"""Clients of a forge, made as every command makes them, and closed in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.world.forge.connect import connect
from releasio.world.forge.means import Means
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.forge import Forge


@dataclass
class Connecting:
    """Makes clients of *place*; `pauses` are the seconds they wanted to wait."""

    place: ForgePlace
    screen: Quiet = field(default_factory=Quiet)
    pauses: list[float] = field(default_factory=list)
    _clients: list[Forge] = field(default_factory=list)

    def __call__(self, env: dict[str, str]) -> Forge:
        means = Means(env, lambda: datetime.now(UTC), self.pauses.append, self.screen, 5.0)
        client = connect(self.place, means)
        assert client is not None
        self._clients.append(client)
        return client

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for client in self._clients:
            client.close()
