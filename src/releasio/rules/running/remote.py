"""The git remote that a branch is pushed to."""

from __future__ import annotations

from releasio.frozen import frozen


@frozen
class Remote:
    """Where the branch is pushed to."""

    name: str
    url: str
