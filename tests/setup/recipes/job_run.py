"""How a job ended, and in which order jobs run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class JobRun:
    """How a job ended: `success`, `failure`, `skipped`, or `waiting` for a reviewer."""

    conclusion: str
    log: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


def conclusions(runs: dict[str, JobRun]) -> dict[str, str]:
    """Return how each job ended; the log of one that failed is printed, for pytest to show."""
    for run in runs.values():
        if run.conclusion == "failure":
            print(run.log)  # noqa: T201
    return {name: run.conclusion for name, run in runs.items()}


def listed(needs: str | list[str] | None) -> list[str]:
    """Return the names of the jobs that one needs."""
    return [needs] if isinstance(needs, str) else needs or []


def in_order(jobs: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the jobs, each after those that it needs."""
    remaining = dict(jobs)
    while remaining:
        ready = [
            name
            for name, job in remaining.items()
            if not remaining.keys() & set(listed(job.get("needs")))
        ]
        assert ready, f"jobs that need each other: {sorted(remaining)}"
        for name in ready:
            yield name, remaining.pop(name)
