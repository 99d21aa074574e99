from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.staged.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates


@pytest.fixture
def jobs(repo: Repository, templates: Templates) -> Iterator[Jobs]:
    with EmbeddedIndex() as index:
        yield Jobs.of(repo, templates, index)
