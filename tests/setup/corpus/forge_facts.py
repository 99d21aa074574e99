"""What a forge would answer, as a case of the corpus says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.workflow.environments.rules import (
    EnvironmentRules,
    JobSurroundings,
    RefPattern,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def job_surroundings(facts: Mapping[str, Any] | None) -> JobSurroundings | None:
    """Return what the table `[forge]` says; None: there is none."""
    if facts is None:
        return None
    environments = facts.get("environments")
    return JobSurroundings(
        facts.get("slug", "acme/demo"),
        facts.get("private", False),
        None if environments is None else tuple(map(_environment, environments)),
    )


def _environment(facts: Mapping[str, Any]) -> EnvironmentRules:
    patterns = [RefPattern("branch", text) for text in facts.get("branches", ())]
    patterns += [RefPattern("tag", text) for text in facts.get("tags", ())]
    return EnvironmentRules(
        facts["name"],
        facts.get("reviewers", False),
        facts.get("wait", 0),
        facts.get("protected_only", False),
        tuple(patterns) or None,
    )
