"""Everything about what starts publishing, and what its jobs do besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.checks.triggers.artefacts import check_artefacts
from releasio.setup.checks.triggers.beside import check_beside
from releasio.setup.checks.triggers.chain import check_chain
from releasio.setup.checks.triggers.concurrency import check_concurrency
from releasio.setup.checks.triggers.events import check_events
from releasio.setup.checks.triggers.filters import check_filters
from releasio.setup.checks.triggers.history import check_history
from releasio.setup.checks.triggers.inputs import check_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_CHECKS = (
    check_events,
    check_chain,
    check_filters,
    check_history,
    check_concurrency,
    check_beside,
    check_artefacts,
    check_inputs,
)


def check_triggers(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with when publishing starts, and beside what."""
    for check in _CHECKS:
        yield from check(situation)
