"""Whether everything that says the version says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.release.reading.project.description import Description
from releasio.release.repeats import disagreements
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.outline import outline
from releasio.rules.distribution.index_metadata import local_version
from releasio.rules.project.changelog_file import changelog_name
from releasio.rules.project.locks.lock_files import PYTHON_LOCKS, UV_LOCK, locks_around
from releasio.rules.project.locks.toml_locks import set_locked_version
from releasio.rules.versions.tag_choice import Owner, learnt_form
from releasio.rules.versions.version import without_local
from releasio.setup.checks.project.weight import public_weight
from releasio.setup.findings.project.versions import (
    ChangelogBehind,
    LocalVersionRefused,
    LockBehind,
    VersionDiffers,
)
from releasio.setup.patches.patch import Edit, Patch, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packaging.version import Version

    from releasio.rules.project.manifest import Manifest
    from releasio.setup.finding import Finding
    from releasio.setup.situation.project_state import ProjectState
    from releasio.setup.situation.situation import Situation


def check_versions(situation: Situation) -> Iterator[Finding]:
    """Yield where another version is said than the manifest's."""
    project = situation.project
    manifest = project.manifest
    if manifest is None or manifest.is_from_tags:
        return
    yield from _in_package(project, manifest)
    yield from _in_locks(project, manifest)
    yield from _in_changelog(situation, manifest)
    yield from _local(situation, manifest)


def tagged_versions(situation: Situation) -> Mapping[Version, str]:
    """Return the versions that tags of this project name, with the tags."""
    project = situation.project
    manifest = project.manifest
    version = None if manifest is None or manifest.is_from_tags else manifest.version
    owner, tags = Owner(project.name, version, project.folder), situation.git.tags
    try:
        form = tag_form_of(project.config, situation.git.branch, tags, owner)
    except ReleasioError:  # which is found by itself
        form = learnt_form(tags, owner)
    versions = ((form.version(tag), tag) for tag in tags)
    return {version: tag for version, tag in versions if version is not None}


def _in_package(project: ProjectState, manifest: Manifest) -> Iterator[Finding]:
    description = Description(project.folder, manifest, project.documents, {}, submodules=False)
    version_paths = {project.path(name) for name in project.config.version.version_files}
    version_paths |= {project.path(file.path) for file in project.config.version.files}
    version_paths |= manifest.places_by_path.keys()
    for error in disagreements(description, manifest.version, version_paths):
        what = f"{error.what} in {error.path}" if error.what else str(error.path)
        finding = VersionDiffers(what, error.says, manifest.version_path, manifest.written)
        text = (project.documents.get(error.path or "") or b"").decode("utf-8", "replace")
        place = text.find(error.says)
        yield finding.at(error.path or "", text.count("\n", 0, max(place, 0)) + 1)


def _in_locks(project: ProjectState, manifest: Manifest) -> Iterator[Finding]:
    around = (path for path in locks_around(project.folder) if path.endswith(UV_LOCK))
    for path in (*map(project.path, PYTHON_LOCKS), *around):
        text = (project.documents.get(path) or b"").decode("utf-8", "replace")
        new_text = set_locked_version(text, manifest.name, manifest.version)
        if new_text == text:
            continue
        old_lines, new_lines = lines_of(text), lines_of(new_text)
        pairs = zip(old_lines, new_lines, strict=True)
        line = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
        if manifest.written in old_lines[line - 1]:
            continue  # the same version, written in another way
        edit = Edit(path, line, line + 1, (new_lines[line - 1],))
        finding = LockBehind(manifest.name, path, manifest.written, manifest.version_path)
        yield finding.at(path, line, Patch((edit,)))


def _in_changelog(situation: Situation, manifest: Manifest) -> Iterator[Finding]:
    project, tag = situation.project, tagged_versions(situation).get(manifest.version)
    files = [path for path, content in project.documents.items() if content is not None]
    inside = {path.removeprefix(f"{project.folder}/") if project.folder else path for path in files}
    name = changelog_name(project.config.changelog, inside)
    text = project.text(name)
    markup = markup_of(name, text)
    if tag is None or text is None or markup is None or manifest.version.is_prerelease:
        return
    chapters = outline(text, manifest.version, markup).chapters
    versions = [each.title.version for each in chapters if each.title and not each.pending]
    if versions and max(versions) < manifest.version:
        newest = str(max(versions))
        finding = ChangelogBehind(name, manifest.written, tag, newest)
        yield finding.at(project.path(name), 1)


def _local(situation: Situation, manifest: Manifest) -> Iterator[Finding]:
    version = manifest.version
    words = local_version(str(version))
    # 1.2.0+dev after 1.2.0 says that this is no release, and is never built as one
    is_released = without_local(version) in tagged_versions(situation)
    if words and public_weight(situation) and not is_released:
        finding = LocalVersionRefused(str(version), str(version.local), words, version.public)
        yield finding.at(manifest.version_path)
