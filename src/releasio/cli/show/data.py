"""Releases, plans and probes as data: the JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.release.outlook import Nothing
from releasio.steps.step import Blocked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.release.outlook import Release
    from releasio.release.preview import Preview, Probed
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.tally import Tally


def preview_document(seen: Preview) -> dict[str, Any]:
    """Return what was found, in the form docs/reference/report.schema.json describes."""
    package = seen.facts.packages[0]
    outcome = seen.outcome
    nothing = isinstance(outcome, Nothing)
    way = seen.facts.routes.usual if isinstance(outcome, Nothing) else outcome.way
    return {
        "packages": [
            {
                "name": package.manifest.name,
                "path": package.folder or ".",
                "version": str(package.manifest.version),
                "last_tag": package.last.name if package.last else None,
                "has_changes": not nothing,
                "reason": outcome.reason if isinstance(outcome, Nothing) else None,
                "left_out": [
                    {"commit": commit.id, "subject": commit.subject.strip(), "reason": reason}
                    for commit, reason in package.reading.left_out
                ],
                "release": None if isinstance(outcome, Nothing) else release_data(outcome),
            }
        ],
        "registry": _registry(way.registry),
        "staging": _registry(way.staging) if way.staging else None,
        "stages": [
            {"stage": plan.stage, "steps": [step_data(each) for each in probed]}
            for plan, probed in seen.stages
        ],
    }


def uploads_data(uploads: Iterable[Tally]) -> list[dict[str, Any]]:
    """Return how far each upload came as data."""
    return [
        {"registry": each.registry, "stored": each.there, "left": each.left} for each in uploads
    ]


def _registry(registry: Registry) -> dict[str, str]:
    return {"name": registry.name, "url": registry.upload}


def release_data(release: Release) -> dict[str, Any]:
    """Return a release as data."""
    return {
        "kind": release.kind,
        "version": str(release.version),
        "tag": release.tag,
        "commit": release.commit,
        "reasons": list(release.reasons),
        "notes": release.notes,
    }


def step_data(probed: Probed) -> dict[str, str]:
    """Return a step and the world's answer as data."""
    state = probed.state
    told = {"step": str(probed.step), "state": type(state).__name__.lower()}
    if isinstance(state, Blocked):
        return {**told, "detail": str(state.error), "code": state.error.code}
    return {**told, "detail": state.detail}
