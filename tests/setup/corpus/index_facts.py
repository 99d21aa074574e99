"""What an index would answer, as a case of the corpus says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packaging.version import Version

from releasio.rules.identity.attestation import Signatory
from releasio.rules.index.registry import BUILT_IN
from releasio.rules.index.simple import IndexFile, Standing
from releasio.setup.situation.index_state import IndexState, LastPublisher

if TYPE_CHECKING:
    from collections.abc import Mapping


def index_states(facts: Mapping[str, Any], project: str) -> tuple[IndexState, ...]:
    """Return the answers of the tables `[index.NAME]` in *facts*."""
    return tuple(_state(name, table, project) for name, table in facts.items())


def _state(name: str, facts: Mapping[str, Any], project: str) -> IndexState:
    if trouble := facts.get("trouble"):
        return IndexState(BUILT_IN[name], project, trouble=trouble)
    files = tuple(IndexFile(file, f"https://files.example/{file}") for file in facts["files"])
    return IndexState(
        BUILT_IN[name],
        project,
        exists=facts.get("exists", True),
        files=files,
        standing=Standing(facts.get("status", "active"), facts.get("reason", "")),
        similar=facts.get("similar", ""),
        publisher=_publisher(facts["publisher"]) if "publisher" in facts else None,
        clock_ahead=facts.get("clock_ahead", 0.0),
    )


def _publisher(facts: Mapping[str, str]) -> LastPublisher:
    signatory = Signatory(facts.get("kind", "GitHub"), facts["repository"], facts["workflow"])
    version = facts["version"]
    environment = facts.get("environment", "")
    return LastPublisher(Version(version), f"demo-{version}.tar.gz", signatory, environment)
