from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.facts import Unfinished
from releasio.missing_files import lacks
from releasio.rules.registry import PYPI, Registry
from releasio.world.world import World
from tests.fakes.index import PRIVATE, FakeIndex
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from releasio.world.index import Index
    from tests.fakes.repository import Repository

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"


class Shelf(World):
    """A world with one index, which the test fills; its clock is at 2026-01-02 03:04:05."""

    client: Index

    def index(self, registry: Registry) -> Index:
        assert registry == self.client.registry
        return self.client


@pytest.mark.parametrize(
    ("uploaded", "registry", "expected"),
    [
        ("2026-01-01T00:00:00Z", PYPI, True),
        ("2025-12-19T03:04:00Z", PYPI, False),
        ("2025-12-19T03:04:00Z", PRIVATE, True),
    ],
    ids=["open", "closed", "nobody knows"],
)
def test_a_release_that_takes_no_files_any_more_is_in_nobodys_way(
    repo: Repository, uploaded: str, registry: Registry, *, expected: bool
) -> None:
    repo.commit("feat: begin")
    world, screen = world_of(repo.path)
    shelf = Shelf(**{one.name: getattr(world, one.name) for one in fields(world)})
    fake = FakeIndex(registry)
    fake.list("demo", (WHEEL, b"wheel"), uploaded=uploaded)
    shelf.client = fake.client()
    named = Unfinished("v1.0", Version("1.0"), "a" * 40, {SDIST: "2" * 64})

    assert expected == lacks(shelf, registry, "demo", named, ["v1.0"], "v")
    said = (
        "v1.0 lacks files on pypi, which takes none for it any more since 2026-01-02: the next "
        "version begins with all of its own"
    )
    assert ([] if expected else [said]) == screen.notes
