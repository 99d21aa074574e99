"""Everything about tokens and other secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.checks.secrets.exposed import check_exposed
from releasio.setup.checks.secrets.kept import check_kept
from releasio.setup.checks.secrets.tokens import check_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_CHECKS = (check_tokens, check_kept, check_exposed)


def check_secrets(situation: Situation) -> Iterator[Finding]:
    """Yield the secrets that are not needed, are wrong, or are seen by too many."""
    for check in _CHECKS:
        yield from check(situation)
