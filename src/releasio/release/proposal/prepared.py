"""What is released of a version that somebody prepared, or a merged pull request; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.version import PreparedOutOfSight, PreparedTooEarly
from releasio.release.changelog.section_edit import notes_for
from releasio.release.release import as_prepared
from releasio.rules.bump.leap import leap_words
from releasio.rules.bump.level import level_of
from releasio.rules.commits.reading import Reading
from releasio.rules.versions.version import Level, without_local

if TYPE_CHECKING:
    from collections.abc import Callable

    from packaging.version import Version

    from releasio.release.facts import Facts, PackageFacts
    from releasio.release.release import Release
    from releasio.release.standing import Prepared


def is_prepared(facts: Facts, package: PackageFacts) -> bool:
    """Whether the project says a version that is newer than every tag HEAD descends from."""
    if package.manifest.is_from_tags:
        return package.prepared is not None and not facts.request.explicit
    version = package.manifest.version
    if facts.request.explicit or version.is_devrelease or package.last is None:
        return False
    return without_local(version) > package.last.version


def prepared_release(facts: Facts, package: PackageFacts) -> Release:
    """
    Return the release of the commit that prepared the version; what came later is the next one's.

    Raises:
        PreparedOutOfSight: It is in no history that is here.
        PreparedTooEarly: All that asks for a release came after it.
    """
    manifest, last, prepared = package.manifest, package.last, package.prepared
    if prepared is not None and prepared.version and prepared.commit:
        return _of_words(facts, package, prepared, prepared.version)
    if prepared is None or last is None:
        return as_prepared(facts, package, facts.repository.head, why_prepared(package))
    if prepared.commit is None:
        raise PreparedOutOfSight(str(manifest.version), last.name, path=manifest.version_path)
    if not prepared.section and _holds_nothing(facts, package, prepared):
        raise PreparedTooEarly(
            str(manifest.version),
            prepared.commit,
            tag=package.tag_form.name(manifest.version),
            later=len(prepared.later),
            last=last.name,
        )
    reasons = why_prepared(package)
    if later := _later_words(prepared):
        reasons += (f"{prepared.commit[:8]} prepared it; {later}",)
    return as_prepared(facts, package, prepared.commit, reasons, notes=prepared.section)


def _of_words(facts: Facts, package: PackageFacts, prepared: Prepared, version: Version) -> Release:
    """Release the commit that says which version it prepares, where no file says it."""
    last = f"the last release is {package.last.name}" if package.last else "nothing was released"
    commit = prepared.commit or facts.repository.head
    reasons = (f"{commit[:8]} prepares {version}, {last}: as prepared", _later_words(prepared))
    notes = prepared.section or notes_for(facts, package.until_prepared, version, None)
    said = tuple(filter(None, reasons))
    return as_prepared(facts, package, commit, said, notes=notes, version=version)


def _later_words(prepared: Prepared) -> str:
    """Say how many commits came later; empty: none did."""
    match len(prepared.later):
        case 0:
            return ""
        case 1:
            return "1 commit on top belongs to the next release"
        case count:
            return f"{count} commits on top belong to the next release"


def why_prepared(package: PackageFacts) -> tuple[str, ...]:
    """Return the sentences that say why the version of the manifest is released."""
    manifest = package.manifest
    last = f"the last release is {package.last.name}" if package.last else "nothing was released"
    leap = leap_words(package.last.version if package.last else None, manifest.version)
    prepared = f"{manifest.version_path} says {manifest.version}, {last}: as prepared"
    return (prepared, *([leap] if leap else []))


def _holds_nothing(facts: Facts, package: PackageFacts, prepared: Prepared) -> bool:
    """Whether all that asks for a release came after the commit that raised the version."""
    changes, effects = package.reading.changes, package.reading.effects

    def level(commits: Callable[[str], bool]) -> Level:
        part = Reading(
            tuple(change for change in changes if commits(change.commit.id)),
            effects=tuple(effect for effect in effects if commits(effect.commit)),
        )
        return level_of(part, facts.config.commits)

    if level(lambda commit: commit not in prepared.later) is not Level.NONE:
        return False
    return level(prepared.later.__contains__) is not Level.NONE
