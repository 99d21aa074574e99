"""A world whose only index is one that a test fills."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from releasio.world.world import World

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry
    from releasio.world.index.index import Index


@dataclass(frozen=True, kw_only=True)
class ShelfWorld(World):
    """A world with one index; asking another one is a mistake of the test."""

    client: Index

    def index(self, registry: Registry) -> Index:
        assert registry == self.client.registry
        return self.client


def with_index(world: World, client: Index) -> ShelfWorld:
    """Return *world* with *client* as its index."""
    return ShelfWorld(
        **{part.name: getattr(world, part.name) for part in fields(world)}, client=client
    )
