"""Facts -> which files go to which index; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.bump.channel import publishes
from releasio.steps.publish.delivery import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Built
    from releasio.release.release import Release


def uploads(facts: Facts) -> bool:
    """Whether releases go to an index at all."""
    return facts.request.publish and publishes(facts.config, facts.repository.branch)


def deliveries_of(facts: Facts, release: Release, built: Built | None) -> tuple[Delivery, ...]:
    """Return which files go where; to a staging registry first."""
    return tuple(
        Delivery(
            registry=registry,
            project=release.package.manifest.name,
            version=str(release.version),
            tag=release.tag,
            files=built.record.files if built else None,
            folder=built.folder if built else None,
            named=named_files(release),
            check_existing=facts.config.publish.check_existing_version,
            staging=registry == release.way.staging,
        )
        for registry in release.way.registries
    )


def named_files(release: Release) -> Mapping[str, str] | None:
    """Return the files that the public tag of a release to be finished names."""
    unfinished = release.package.unfinished if release.kind == "resumed" else None
    return unfinished.files if unfinished else None


def rules_of(facts: Facts, release: Release) -> tuple[bool, bool]:
    """Return whether the rules of public indexes count, and whether descriptions must render."""
    sites = [registry.site for registry in release.way.registries]
    public = facts.request.public_rules or any(sites)
    return public, facts.config.publish.validate_before_publish
