"""Releases, plans and probes as data: the JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.steps.step import Blocked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from releasio.release.facts import PackageFacts
    from releasio.release.preview import Preview, Probed
    from releasio.release.release import Release
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.upload_progress import UploadProgress


def preview_document(preview: Preview) -> dict[str, Any]:
    """Return what was found, in the form docs/reference/report.schema.json describes."""
    way = preview.releases[-1].way if preview.releases else preview.facts.routes.usual
    releases = {release.package.manifest.name: release for release in preview.releases}
    return {
        "packages": [
            package_data(package, releases.get(package.manifest.name), preview.reason or None)
            for package in preview.facts.packages
        ],
        "registry": _registry(way.registry),
        "staging": _registry(way.staging) if way.staging else None,
        "stages": [
            {"stage": plan.stage, "steps": [step_data(probed_step) for probed_step in probed]}
            for plan, probed in preview.stages
        ],
    }


def package_data(
    package: PackageFacts, release: Release | None, reason: str | None
) -> dict[str, Any]:
    """Return a package and its *release* as data, or the *reason* why there is none."""
    return {
        "name": package.manifest.name,
        "path": package.folder or ".",
        "version": str(package.manifest.version),
        "last_tag": package.last.name if package.last else None,
        "has_changes": release is not None,
        "reason": reason,
        "left_out": [
            {"commit": commit.id, "subject": commit.subject.strip(), "reason": reason}
            for commit, reason in package.reading.left_out
        ],
        "effects": [
            {"what": effect.text, "setting": effect.setting, "raises": effect.level.label}
            for effect in package.reading.effects
        ],
        "release": release_data(release) if release else None,
    }


def uploads_data(uploads: Iterable[UploadProgress]) -> list[dict[str, Any]]:
    """Return how far each upload came as data."""
    return [
        {"registry": tally.registry, "stored": tally.there, "left": tally.left} for tally in uploads
    ]


def page_addresses(preview: Preview, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each release on its forge, by tag; *pages* has what the run learnt."""
    from releasio.steps.forge.publish_page import PublishPage

    links = preview.facts.repository.links
    published_tags = [
        probed.step.page.tag
        for _, stage in preview.stages
        for probed in stage
        if isinstance(probed.step, PublishPage)
    ]
    return {**({tag: links.tag(tag) for tag in published_tags} if links else {}), **pages}


def pages_data(pages: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the releases on the forge as data."""
    return [{"tag": tag, "url": url} for tag, url in pages.items()]


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
    row = {"step": str(probed.step), "state": type(state).__name__.lower()}
    if isinstance(state, Blocked):
        return {**row, "detail": str(state.error), "code": state.error.code}
    return {**row, "detail": state.detail}
