"""The clock that stand-ins go by, unless a test gives another one."""

from __future__ import annotations

from datetime import UTC, datetime


def machine_clock() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)
