"""What the index has under the project's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from releasio.rules.contents.record import BuiltFile
from releasio.rules.contents.release_comparison import compare_with
from releasio.rules.distribution.project_name import is_valid, name_flaw
from releasio.rules.identity.publisher import pending_link
from releasio.rules.index.previous_release import Previous, previous_release
from releasio.setup.checks.project.versions import tagged_versions
from releasio.setup.checks.project.weight import public_weight
from releasio.setup.findings.project.name import (
    NameRefused,
    NameTaken,
    NameTooSimilar,
    NotOnIndexYet,
    ProjectClosedOnIndex,
)
from releasio.setup.findings.project.versions import VersionNotTagged
from releasio.setup.findings.project.wheels import FilesFewerThanBefore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.index.simple import IndexFile
    from releasio.setup.finding import Finding
    from releasio.setup.situation.index_state import IndexState
    from releasio.setup.situation.situation import Situation


def check_on_index(situation: Situation) -> Iterator[Finding]:
    """Yield what the name means to indexes, and what they have under it."""
    yield from _name(situation)
    for state in situation.indexes:
        if state.exists is False:
            yield from _not_there(situation, state)
        elif state.exists:
            yield from _closed(situation, state)
            if (taken := _taken(situation, state)) is not None:
                yield taken
            else:
                yield from _not_tagged(situation, state)
                yield from _fewer(situation, state)


def _place(situation: Situation) -> str:
    return situation.project.manifest.path if situation.project.manifest else ""


def _name(situation: Situation) -> Iterator[Finding]:
    """Yield that the name is refused, where no index is known to have the project."""
    name, weight = situation.project.name, public_weight(situation)
    words = name_flaw(name) if name else None
    if words is None or weight is None or any(state.exists for state in situation.indexes):
        return
    is_known_new = any(state.exists is False for state in situation.indexes)
    if is_valid(name) and not is_known_new and tagged_versions(situation):
        return  # it was released before, so the index may have it from earlier times
    severity = weight if is_known_new or not is_valid(name) or weight == "note" else "warning"
    yield NameRefused(name, words).at(_place(situation)).weighed(severity)


def _not_there(situation: Situation, state: IndexState) -> Iterator[Finding]:
    name = state.registry.name
    if name in situation.targets or situation.project.uses_releasio:
        finding = NotOnIndexYet(state.project, name, pending_link(state.registry) or "")
        yield finding.at(_place(situation))
        if state.similar:
            yield NameTooSimilar(state.project, name, state.similar).at(_place(situation))


def _closed(situation: Situation, state: IndexState) -> Iterator[Finding]:
    if state.standing.takes_files:
        return
    site, project = state.registry.site, canonicalize_name(state.project)
    page = f"{site}/manage/project/{project}/settings/" if site else ""
    finding = ProjectClosedOnIndex(
        state.project, state.registry.name, state.standing.status, state.standing.reason, page
    )
    yield finding.at(_place(situation))


def _taken(situation: Situation, state: IndexState) -> Finding | None:
    """Return that the project looks like somebody else's; None: it does not, or cannot be told."""
    manifest, versions = situation.project.manifest, state.files_by_version
    if manifest is None or not versions or situation.git.is_shallow:
        return None
    tags = tagged_versions(situation)
    own_version = None if manifest.is_from_tags else manifest.version
    if tags.keys() & versions.keys() or own_version in versions:
        return None
    slug = situation.place.slug.lower() if situation.place else ""
    publisher = state.publisher.signatory if state.publisher else None
    if publisher is not None and publisher.repository.lower() == slug:
        return None
    newest = next(iter(versions))
    if not tags and (own_version is None or own_version > newest):
        return None  # nothing says that the releases there were not made from here
    if situation.project.others and publisher is None:
        return None  # the tags may be those of another project in the repository
    evidence = f"none of its {len(versions)} versions (newest: {newest}) is a tag here"
    if not tags:
        evidence = f"its newest version is {newest}, and {manifest.path} says {own_version}"
    if publisher is not None:
        evidence += f", and it is published by {publisher}"
    page = f"{state.registry.site}/project/{canonicalize_name(state.project)}/"
    finding = NameTaken(state.project, state.registry.name, evidence, page)
    return finding.at(_place(situation))


def _not_tagged(situation: Situation, state: IndexState) -> Iterator[Finding]:
    tags = tagged_versions(situation)
    finals = [version for version in state.files_by_version if not version.is_prerelease]
    if not tags or not finals or situation.git.is_shallow or not situation.project.uses_releasio:
        return
    newest, last = max(finals), max(tags)
    if newest > last:
        finding = VersionNotTagged(state.registry.name, str(newest), tags[last])
        yield finding.at(_place(situation))


def _fewer(situation: Situation, state: IndexState) -> Iterator[Finding]:
    finals = [version for version in state.files_by_version if not version.is_prerelease]
    if not finals:
        return
    newest = max(finals)
    previous = previous_release(state.files, state.project, newest)
    files = state.files_by_version[newest]
    if previous is None or any(file.yanked is not None for file in files):
        return
    built = [BuiltFile(file.name, 0, "") for file in files]
    lost = compare_with(_without_dropped(previous, files), built, attested=None).lost
    if lost:
        finding = FilesFewerThanBefore(
            str(newest), state.registry.name, str(previous.version), ", ".join(lost)
        )
        yield finding.at(_place(situation))


def _without_dropped(previous: Previous, files: tuple[IndexFile, ...]) -> Previous:
    """Return *previous* without wheels of Pythons that *files* lack: these were dropped."""
    kinds = {kind for file in files for kind in _python_kinds(file.name)}
    if not kinds:
        return previous  # all wheels are missing, which nobody means
    kept_files = tuple(
        file
        for file in previous.files
        if not file.name.endswith(".whl") or kinds & _python_kinds(file.name)
    )
    return Previous(previous.version, kept_files)


def _python_kinds(name: str) -> set[str]:
    """Return what a wheel is for, but for the system: `cp312 cp312t`, `abi3`, `none`."""
    try:
        tags = parse_wheel_filename(name)[3]
    except InvalidWheelFilename:
        return set()
    return {
        tag.abi if tag.abi in {"abi3", "none"} else f"{tag.interpreter} {tag.abi}" for tag in tags
    }
