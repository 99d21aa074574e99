from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates


@pytest.fixture
def stage(tmp_path: Path, templates: Templates) -> Iterator[Stage]:
    """A project at 0.1.0 with work since, its remote, and an index that trusts it."""
    with EmbeddedIndex() as index:
        yield make_stage(tmp_path, index, templates)
