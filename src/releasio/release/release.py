"""What a release is: one version of one package, with its reasons; pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen, replace
from releasio.release.edits import version_edits, version_remarks
from releasio.rules.bump.channel import channel_of, with_range
from releasio.rules.project.sources.source import FromTags
from releasio.rules.versions.tag_choice import why_form
from releasio.rules.versions.version import without_local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.version import Version

    from releasio.config.tables.model import Config
    from releasio.release.edits import FileEdit
    from releasio.release.facts import Facts, PackageFacts
    from releasio.release.standing import Unfinished
    from releasio.rules.bump.choice import VersionChoice
    from releasio.rules.index.routes import Way

Kind = Literal["new", "prepared", "resumed"]


@frozen
class Nothing:
    """There is nothing to release, and that is fine."""

    reason: str


@frozen
class Release:
    """
    One version of one package, about to be released.

    Attributes:
        package: What is known of the package.
        kind: `new`: the version is raised. `prepared`: pyproject.toml already
            says a version that no tag has. `resumed`: the tag is public, and
            something after it is left.
        version: The version.
        tag: Its tag.
        commit: The release commit; `None` for a new release, which makes it.
        reasons: Sentences: commits, rules and settings that led to the version.
        notes: What the commits say to users, in Markdown: the section for the changelog, also
            where it is somebody else's to write.
        variables: What hooks' placeholders stand for.
        way: Where its files go.
        edits: What a new release changes in the files at HEAD.
        remarks: What decided about place and style of the section, where that was in doubt.
    """

    package: PackageFacts
    kind: Kind
    version: Version
    tag: str
    commit: str | None
    reasons: tuple[str, ...]
    notes: str
    variables: Mapping[str, str]
    way: Way
    edits: tuple[FileEdit, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_chosen(self) -> bool:
        """Whether its version was chosen in this run; else somebody prepared it."""
        return self.kind == "new" or bool(self.variables["bump_type"])

    @property
    def headline(self) -> str:
        """Name and versions, as one line."""
        name, current_version = self.package.manifest.name, self.package.manifest.version
        match self.kind:
            case "new" | "prepared" if current_version != self.version:
                return f"{name} {current_version} -> {self.version}"
            case "resumed":
                return f"{name} {self.version}: to be finished"
            case _:
                return f"{name} {self.version}"


def as_it_is(
    facts: Facts,
    package: PackageFacts,
    commit: str,
    tag: str = "",
    version: Version | None = None,
) -> Release:
    """
    Return the release of *commit*, whatever the tags are.

    Args:
        facts: What is known.
        package: What is released.
        commit: The release commit.
        tag: Its tag; empty: the usual one.
        version: Its version; `None`: the one the manifest at HEAD says, or its tag.

    Raises:
        HeadUntagged: Tags say the version, and HEAD has none.
    """
    source, last = package.manifest.source, package.last
    if version is None and isinstance(source, FromTags) and not (last and last.at_head):
        from releasio.errors.git.tag import HeadUntagged

        raise HeadUntagged(setting=source.setting, last=last.name if last else "")
    version = version or package.manifest.version
    return _release(facts, package, "prepared", version, commit, (), tag=tag)


def as_prepared(
    facts: Facts,
    package: PackageFacts,
    commit: str,
    reasons: tuple[str, ...],
    *,
    tag: str = "",
    notes: str = "",
    version: Version | None = None,
) -> Release:
    """Return the release of *commit*, which says its version and has its notes already."""
    version = version or package.manifest.version
    release = _release(facts, package, "prepared", version, commit, reasons, tag=tag)
    return replace(release, notes=notes)


def resume(facts: Facts, package: PackageFacts, unfinished: Unfinished) -> Release:
    """
    Return the release that finishes *unfinished*.

    A tag of HEAD whose version no file says is built with the version written into its files.
    """
    reason = f"{unfinished.tag} is public, but not finished: what is left is done by hash"
    package = replace(package, unfinished=unfinished)
    way = facts.way_of(package, unfinished)
    reasons = (reason, *([way.reason] if way.reason else []))
    release = _release(
        facts, package, "resumed", unfinished.version, unfinished.commit, (), tag=unfinished.tag
    )
    has_other_version = (
        unfinished.commit == facts.repository.head
        and unfinished.version != package.manifest.version
    )
    # no commit has it, so its form is the normal one, which the file names are made of
    plain = replace(package, tag_form=replace(package.tag_form, examples=()))
    edits = version_edits(plain, unfinished.version, facts.config) if has_other_version else ()
    return replace(release, way=way, reasons=reasons, edits=edits)


def choose(facts: Facts, package: PackageFacts) -> VersionChoice:
    """Return the version that the commits, or the command line, ask for."""
    from releasio.rules.bump.choice import choose_version  # what is built has its version

    branch = facts.repository.branch
    return choose_version(
        current=without_local(package.manifest.version),
        last=package.last.version if package.last else None,
        reading=package.reading,
        config=facts.config,
        channel=with_range(channel_of(facts.config, branch), branch),
        request=facts.request,
        existing=cache(lambda: _taken_versions(package)),
        moment=facts.moment,
    )


def new_release(
    facts: Facts, package: PackageFacts, decision: VersionChoice, version: Version
) -> Release:
    """Return the release that is made from the commits; HEAD itself if no file has to change."""
    from releasio.release.changelog.section_edit import (  # brings all rules for changelogs
        changelog_edit,
        changelog_left_alone,
        engine_missed,
        notes_for,
    )
    from releasio.rules.fragments.fragment import writes_changelog

    package = _spelled(package, version, facts.config)
    changelog_remarks = (
        changelog_left_alone(package, facts.config.changelog, version),
        engine_missed(facts),
    )
    file_remarks = version_remarks(package, version, facts.config)
    reasons = (
        *map(str, decision.reasons),
        *_numbers_of_index(package, version),
        *file_remarks,
        *filter(None, changelog_remarks),
    )
    section = changelog_edit(facts, package, version)
    day = facts.moment.date()
    edits = version_edits(package, version, facts.config, day) + ((section,) if section else ())
    hooks = facts.config.hooks
    changelog = facts.config.changelog
    is_collected = changelog.enabled and writes_changelog(
        changelog.fragments, package.reading.fragments
    )
    is_new = bool(edits or hooks.pre_bump or hooks.post_bump or is_collected)
    kind: Kind = "new" if is_new else "prepared"
    commit = None if kind == "new" else facts.repository.head
    release = _release(facts, package, kind, version, commit, reasons, level=decision.bump)
    notes = notes_for(facts, package, version, section)
    remarks = section.remarks if section else ()
    if facts.request.notes is not None:
        from releasio.release.changelog.edited import with_edited_notes

        edits, notes = with_edited_notes(facts, package, version, edits, notes)
    return replace(release, edits=edits, notes=notes, remarks=remarks)


def _numbers_of_index(package: PackageFacts, version: Version) -> tuple[str, ...]:
    """Return the sentence that says which pre-releases of *version* only the index knows."""
    if not package.on_index or not version.is_prerelease:
        return ()
    tagged_versions = frozenset(map(package.tag_form.version, package.tags))
    same_numbers = [
        other
        for other in package.on_index - tagged_versions
        if other.is_prerelease and other.base_version == version.base_version
    ]
    if not same_numbers:
        return ()
    return (f"the index has {max(same_numbers)}, which no tag names: counted on from there",)


def _taken_versions(package: PackageFacts) -> frozenset[Version]:
    versions = map(package.tag_form.version, package.tags)
    return package.on_index.union(version for version in versions if version is not None)


def _spelled(package: PackageFacts, version: Version, config: Config) -> PackageFacts:
    """Return *package* with tags that are spelled as the pattern of calendar versions says."""
    if config.version.scheme != "calver":
        return package
    from releasio.rules.versions.calver import read_calendar

    text = read_calendar(config.version.calver).spelled(version)
    form = replace(package.tag_form, examples=(text, *package.tag_form.examples))
    return replace(package, tag_form=form)


def _release(
    facts: Facts,
    package: PackageFacts,
    kind: Kind,
    version: Version,
    commit: str | None,
    reasons: tuple[str, ...],
    *,
    tag: str = "",
    level: str = "",
) -> Release:
    package = _spelled(package, version, facts.config)
    form_reason = None if tag else why_form(package.tag_form, package.tags)
    tag = tag or package.tag_form.name(version)
    previous = str(package.last.version if package.last else package.manifest.version)
    variables = {
        "version": str(version),
        "prev_version": previous,
        "old_version": previous,
        "bump_type": level,
        "tag": tag,
        "branch": facts.repository.branch or "",
        "repo": facts.repository.web,
        "date": facts.moment.date().isoformat(),
    }
    way = facts.way(package, tag, version)
    reasons = (*reasons, *filter(None, (form_reason, way.reason)))
    return Release(package, kind, version, tag, commit, reasons, "", variables, way)
