from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.steps.index_scene import IndexScene, make_index_scene
from tests.steps.scene import Scene, begin, scene_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates


@pytest.fixture
def scene(repo: Repository, templates: Templates) -> Iterator[Scene]:
    """A repository at one commit, and its remote."""
    made = scene_in(templates.fill(repo, begin))
    yield made
    made.run.close()
    made.world.close()


@pytest.fixture
def shop(repo: Repository) -> Iterator[IndexScene]:
    """Built files, and an index that does not have them yet."""
    with EmbeddedIndex() as index:
        made = make_index_scene(repo, index)
        yield made
        made.run.close()
        made.world.close()
