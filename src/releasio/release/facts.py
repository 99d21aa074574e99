"""What planning needs to know: plain values, read by `gather`, never changed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.running.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from packaging.version import Version

    from releasio.config.tables.model import Config
    from releasio.errors.base import ReleasioError
    from releasio.release.standing import AheadTag, Prepared, Unfinished
    from releasio.rules.bump.request import Request
    from releasio.rules.commits.reading import Reading
    from releasio.rules.forge.links import Links
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import CommitOrigin
    from releasio.rules.index.routes import Routes, Way
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.running.remote import PublicRefs, Remote
    from releasio.rules.versions.tag_form import TagForm


@frozen
class ReleaseTag:
    """
    A tag whose name is a version of this package.

    Attributes:
        name: Its name.
        version: What the name says.
        at_head: Whether it is a tag of the very commit that is checked out.
    """

    name: str
    version: Version
    at_head: bool = False


@frozen
class RepositoryFacts:
    """
    Where HEAD is, and where its branch goes.

    Attributes:
        head: The commit that is checked out.
        branch: `None` when HEAD is detached.
        remote: `None` when there is none.
        changed: Tracked files with changes that are not committed.
        links: The repository's pages on its forge; `None`: not known.
        job: What started this CI job.
        public: What the remote has; `None`: it was not asked, or did not answer.
        default_branch: The remote's own; `None`: not known, or of no importance here.
        forge: Where releases and pull requests can be made; `None`: on no forge that releasio
            talks to.
        forge_token: Whether there is a token for it; `None`: nobody looked, as when offline.
        forge_signs: Whether the forge makes the release commit, so that it is signed.
    """

    head: str
    branch: str | None
    remote: Remote | None
    changed: tuple[str, ...]
    links: Links | None
    job: Job = Job()
    public: PublicRefs | None = None
    default_branch: str | None = None
    forge: ForgePlace | None = None
    forge_token: bool | None = None
    forge_signs: bool = False

    @property
    def web(self) -> str:
        """The repository's page on its forge; empty: not known."""
        return self.links.page if self.links else ""


@frozen
class Span:
    """
    What was done since a release.

    Attributes:
        last: The release; `None`: since the beginning.
        reading: What the commits since then say.
        earlier_authors: Who committed before it; only read when the notes name newcomers.
    """

    last: ReleaseTag | None
    reading: Reading
    earlier_authors: frozenset[str] = frozenset()


@frozen
class TaggedNotes:
    """
    What a release tells that has its tag.

    Attributes:
        span: What was done since the one before it.
        section: Its section of the changelog in its commit; empty: there is none.
    """

    span: Span
    section: str = ""


@frozen
class PackageFacts:
    """
    One package of the repository.

    Attributes:
        folder: Its directory in the repository, with `/`; empty for the root.
        manifest: What its pyproject.toml says at HEAD.
        last: The highest version among the tags HEAD descends from.
        tags: The names of all tags that are versions, reachable or not, highest first.
        tag_form: How they are named.
        reading: What the commits since `last` say.
        documents: Path in the repository to bytes at HEAD (`None`: no such
            file), for every file a release may have to edit.
        obstacles: Path to why a release cannot write there: a link, a directory …
        submodules: Whether the repository has any.
        unfinished: A release to be resumed before a new one is begun.
        head_tag: The tag of HEAD that a release of it would be of: the one that says the
            manifest's version, else the one that started the job, else the highest.
        unpushed: A tag that this clone alone has: of the manifest's version, which is not
            on the index either, or the last one, whatever it says.
        unpushed_commit: That tag's commit; empty: there is no such tag.
        trouble: Why a preview does not know whether an earlier release is unfinished.
        prepared: Where the manifest says a version above `last`: the commit that made it ready.
        ahead: Tags on top of HEAD, the lowest version first; the first few.
        earlier_authors: Who committed before `last`; only read when the notes name newcomers.
        on_index: The versions that the index has, where a pre-release is numbered after them.
        since_final: What was done since the last final release, where `last` is a
            pre-release and a final one may follow.
        told: What releases tell whose tags are there and of which something is left, by tag.
    """

    folder: str
    manifest: Manifest
    last: ReleaseTag | None
    tags: tuple[str, ...]
    tag_form: TagForm
    reading: Reading
    documents: Mapping[str, bytes | None]
    obstacles: Mapping[str, str] = MappingProxyType({})
    submodules: bool = False
    unfinished: Unfinished | None = None
    head_tag: ReleaseTag | None = None
    unpushed: ReleaseTag | None = None
    unpushed_commit: str = ""
    trouble: ReleasioError | None = None
    prepared: Prepared | None = None
    ahead: tuple[AheadTag, ...] = ()
    earlier_authors: frozenset[str] = frozenset()
    on_index: frozenset[Version] = frozenset()
    since_final: Span | None = None
    told: Mapping[str, TaggedNotes] = MappingProxyType({})

    def told_by(self, version: Version) -> Span:
        """
        Return what the notes of *version* tell.

        Those of a final release tell everything since the last final one: its users
        have not seen what the pre-releases told.
        """
        if self.since_final is not None and not version.is_prerelease:
            return self.since_final
        return Span(self.last, self.reading, self.earlier_authors)

    @property
    def until_prepared(self) -> PackageFacts:
        """The package without the commits on top of the prepared one: they are the next one's."""
        later = self.prepared.later if self.prepared else frozenset()
        span = self.since_final
        return replace(
            self,
            reading=_without(self.reading, later),
            since_final=span and replace(span, reading=_without(span.reading, later)),
        )

    def path(self, name: str) -> str:
        """Return where *name*, relative to the package, is in the repository."""
        return f"{self.folder}/{name}" if self.folder else name


@frozen
class Facts:
    """
    Everything a plan is made from.

    Attributes:
        repository: Where HEAD is.
        packages: Every package the request is about; one, until monorepos come.
        config: The settings in force.
        chosen: The dotted keys that somebody set; all others are defaults.
        routes: Where distributions go.
        request: What was asked for.
        moment: Now, in UTC.
        undated: Whether the settings file does not say for which defaults it was written.
        origins: What the forge knows of commits, by id, as far as it was asked and answered.
        git_cliff: Returns what git-cliff writes of a tag since the one before; `None`: it is not
            asked.
        mailmap: Names and addresses of co-authors, by those that `.mailmap` replaces.
    """

    repository: RepositoryFacts
    packages: tuple[PackageFacts, ...]
    config: Config
    chosen: frozenset[str]
    routes: Routes
    request: Request
    moment: datetime
    undated: bool = False
    origins: Mapping[str, CommitOrigin] = MappingProxyType({})
    git_cliff: Callable[[str, str | None], str] | None = None
    mailmap: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType({})

    @property
    def default_branch(self) -> str:
        """The branch that releases are made from: what somebody set, else the remote's own."""
        is_set = "default_branch" in self.chosen
        remote_default = None if is_set else self.repository.default_branch
        return remote_default or self.config.default_branch

    def package(self, name: str | None = None) -> PackageFacts:
        """
        Return the package called *name*; without a name, the only one.

        Raises:
            NotAPackageHere: There is none of that name.
        """
        if name is None:
            return self.packages[0]
        from packaging.utils import canonicalize_name  # 8 ms, and rarely asked

        for package in self.packages:
            if canonicalize_name(package.manifest.name) == canonicalize_name(name):
                return package
        from releasio.errors.request import NotAPackageHere

        raise NotAPackageHere(name, ", ".join(package.manifest.name for package in self.packages))

    def way(self, package: PackageFacts, tag: str, version: Version) -> Way:
        """Return where the release *tag* of *version* goes."""
        return self.routes.of(tag, version, self.repository.branch, package.tag_form)

    def way_of(self, package: PackageFacts, unfinished: Unfinished) -> Way:
        """
        Return where the release *unfinished* of *package* is finished.

        Raises:
            GoesElsewhere: It went where these settings do not lead.
        """
        from releasio.errors.index.registry import GoesElsewhere

        way = self.routes.again(
            self.way(package, unfinished.tag, unfinished.version), unfinished.to
        )
        if way is None:
            raise GoesElsewhere(unfinished.tag, unfinished.to)
        return way


def _without(reading: Reading, commits: Collection[str]) -> Reading:
    return replace(
        reading,
        changes=tuple(one for one in reading.changes if one.commit.id not in commits),
        commits=tuple(one for one in reading.commits if one.id not in commits),
        effects=tuple(one for one in reading.effects if one.commit not in commits),
    )
