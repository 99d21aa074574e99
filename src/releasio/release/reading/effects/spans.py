"""What was done since the last release, and since the last final one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.release.facts import ReleaseTag
from releasio.release.reading.commit_range import with_proposal
from releasio.release.reading.effects.range_reader import RangeReader
from releasio.release.reading.project.workspace import own_history
from releasio.release.zero_releases import with_zero_habit
from releasio.rules.bump.channel import makes_prereleases
from releasio.rules.project.changelog_file import is_undecided, may_be_collected
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.version import Version

    from releasio.release.facts import Span
    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.rules.commits.reading import Reading
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.git.history import History


@frozen
class SpanReader:
    """
    Reads what a release of a package would tell.

    Attributes:
        package: The package at HEAD.
        other_folders: Those of the other members of its workspace.
        documents: The files that were read at HEAD.
        deciding: Whether the version is to be found.
    """

    package: PackageAtHead
    other_folders: tuple[str, ...]
    documents: Mapping[str, bytes | None]
    deciding: bool

    @property
    def _ranges(self) -> RangeReader:
        package = self.package
        return RangeReader(
            package.world.git,
            package.config,
            package.head,
            package.folder,
            package.manifest.name,
            self.documents,
            package.world.offline,
            self.deciding,
        )

    def since_last(self, history: History) -> Reading:
        """Return what the commits of *history*, since the last release, say and do."""
        package = self.package
        git, config = package.world.git, package.config
        since = f"{TAGS}{history.base}" if history.base else None
        reading = self._with_fragments(self._ranges.read(history.commits, since))
        if not self.deciding:
            return reading
        reading = self._with_proposal(reading)
        if package.request.explicit:
            return reading
        last = release_tag(history.base, package.form)
        return with_zero_habit(git, config, reading, last, package.tags, package.form)

    def _with_fragments(self, reading: Reading) -> Reading:
        package = self.package
        settings = package.config.changelog
        if settings.fragments is None or not self.deciding:
            return reading
        from releasio.release.reading.project.fragments import read_fragments

        fragments = read_fragments(package.world.git, package.head, package.folder, settings)
        return replace(reading, fragments=fragments)

    def _with_proposal(self, reading: Reading) -> Reading:
        """Add what would read the history better than nobody's settings do."""
        package, git = self.package, self.package.world.git
        settings = package.config.changelog
        if is_undecided(settings) and may_be_collected(self.documents, package.folder):
            from releasio.rules.fragments.collector import collector_in

            collector = collector_in(self.documents, package.folder)
            if collector is not None:
                from releasio.release.reading.project.fragments import waiting_fragments

                sentence = waiting_fragments(git, package.head, package.folder, settings, collector)
                return replace(reading, warnings=(*reading.warnings, sentence))
        return with_proposal(git, package.config, reading, package.head)

    def since_final(self) -> Span | None:
        """
        Return what was done since the last final release; a clone cut off later is deepened.

        `None` where the next release is no final one after a pre-release.
        """
        if not self._may_become_final():
            return None
        world, form = self.package.world, self.package.form
        remote, git = self.package.remote, world.git
        if remote is not None and not world.offline and git.history.is_shallow():
            git.missing_history.fetch_back(remote, lambda names: form.finals(form.newest(names)))
        tags = form.finals(form.newest(tag.name for tag in git.refs.tags()))
        own_part = own_history(
            world, git.history.since(tags, self.package.head), self.other_folders
        )
        return self._ranges.span(own_part, release_tag(own_part.base, form))

    def of_tag(self, tag: str, commit: str) -> Span:
        """
        Return what the release *tag*, made of *commit*, tells: all since the release before it.

        That of a final release is the last final one.
        """
        package, form = self.package, self.package.form
        version = form.version(tag)
        earlier = [name for name in package.tags if _is_below(form.version(name), version)]
        if version is not None and not version.is_prerelease:
            earlier = form.finals(earlier)
        history = package.world.git.history.since(earlier, commit)
        own_part = own_history(package.world, history, self.other_folders)
        ranges = replace(self._ranges, head=commit, known_files={}, judging=True)
        return ranges.span(own_part, release_tag(own_part.base, form))

    def _may_become_final(self) -> bool:
        """Whether a final release may follow the pre-release, and tell all before it."""
        last, request = self.package.last, self.package.request
        if not self.deciding or last is None or not last.version.is_prerelease:
            return False
        if request.version:
            return True
        return not makes_prereleases(self.package.config, self.package.branch, request)


def _is_below(one: Version | None, other: Version | None) -> bool:
    return one is not None and other is not None and one < other


def release_tag(name: str | None, form: TagForm, *, at_head: bool = False) -> ReleaseTag | None:
    """Return the release that the tag *name* is of; `None`: of none."""
    version = form.version(name) if name else None
    return ReleaseTag(name, version, at_head) if name and version else None
