"""A world whose only index is one that a test fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.world import World

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry
    from releasio.world.index.index import Index


class ShelfWorld(World):
    """A world with one index; asking another one is a mistake of the test."""

    def index(self, registry: Registry) -> Index:
        assert registry in self._indexes
        return self._indexes[registry]


def with_index(world: World, client: Index) -> ShelfWorld:
    """Return *world* with *client* as its index."""
    values = {name: getattr(world, name) for name in World.__match_args__}
    return ShelfWorld(**(values | {"_indexes": {client.registry: client}}))
