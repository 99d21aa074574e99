"""Facts -> the way from the release commit to checked, recorded files; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.changelog.file_name import changelog_of
from releasio.release.changelog.section_edit import changelog_left_alone
from releasio.release.plans.deliveries import deliveries_of, named_files, rules_of
from releasio.release.plans.plan import Plan, tags_of
from releasio.rules.project.sources.source import FromTags
from releasio.steps.build.artefacts import Artefacts
from releasio.steps.build.build import Build, Check, Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.facts import Facts
    from releasio.release.release import Release
    from releasio.steps.step import Step


def plan_build(
    facts: Facts, releases: Sequence[Release], commit: str | None, *, out: Path | None = None
) -> Plan:
    """
    Return the way from the release commit to checked, recorded files.

    Args:
        facts: What is known.
        releases: What is released.
        commit: The commit of new releases; `None` in a preview in which it does not exist yet.
        out: Where the files go; `None`: beside the journal.
    """
    steps: list[Step] = []
    for release in releases:
        artefacts = artefacts_of(facts, release, commit, out=out)
        if artefacts.named:
            from releasio.steps.build.fetch import Fetch

            steps.append(Fetch(artefacts, deliveries_of(facts, release, None)))
        steps += [Build(artefacts), Check(artefacts), Record(artefacts)]
    return Plan("build", tags_of(releases), tuple(steps))


def artefacts_of(
    facts: Facts, release: Release, commit: str | None, *, out: Path | None = None
) -> Artefacts:
    """Return what is built of *release*, and into where; *commit* is that of new releases."""
    public, strict = rules_of(facts, release)
    return Artefacts(
        project=release.package.manifest.name,
        version=str(release.version),
        tag=release.tag,
        commit=release.commit or commit,
        folder=release.package.folder,
        out=out,
        hook=facts.config.hooks.build,
        variables=tuple(release.variables.items()),
        changelog=_changelog(facts, release),
        strict=strict,
        public=public,
        named=named_files(release),
        submodules=release.package.submodules,
        edits=release.edits if release.kind == "resumed" else (),
        override=_override(release),
    )


def _override(release: Release) -> dict[str, str]:
    """Return the variables by which the tool that makes the version takes this one."""
    manifest = release.package.manifest
    if not isinstance(manifest.source, FromTags):
        return {}
    return manifest.source.override(manifest.name, release.version)


def _changelog(facts: Facts, release: Release) -> tuple[str, ChangelogConfig] | None:
    settings, package = facts.config.changelog, release.package
    if not settings.enabled or changelog_left_alone(package, settings, release.version):
        return None
    if release.kind == "resumed":  # what is public already cannot be given notes any more
        return None
    return package.path(changelog_of(package, settings)), settings
