from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.setup.recipes.stage import Project, TrialIndex, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def project(repo: Repository) -> Iterator[Project]:
    """A project at 0.1.0 with a fix since, and no recipe yet."""
    with EmbeddedIndex() as live, TrialIndex(live.issuer) as trial:
        indexes = {"live": live, "trial": trial}
        yield Project(repo, fill(repo, indexes), indexes)
