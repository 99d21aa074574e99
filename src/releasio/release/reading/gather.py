"""World + settings -> Facts: all that planning reads, read in one place."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import NoCommits, ShallowClone
from releasio.frozen import frozen, replace
from releasio.release.changelog.file_name import changelog_of
from releasio.release.facts import Facts, PackageFacts, RepositoryFacts
from releasio.release.reading.commit_range import abandoned_tags, earlier_authors
from releasio.release.reading.default_branch import default_branch
from releasio.release.reading.effects.spans import SpanReader, release_tag
from releasio.release.reading.forge.origins import read_mailmap, read_origins
from releasio.release.reading.forge.page import has_token
from releasio.release.reading.forge.place import read_place
from releasio.release.reading.forge.signing import with_signing
from releasio.release.reading.higher_release import note_higher_release
from releasio.release.reading.indexes import read_on_index, routes_of
from releasio.release.reading.package_at_head import PackageAtHead, head_tag_of
from releasio.release.reading.project.description import describe
from releasio.release.reading.project.workspace import other_members, own_history
from releasio.rules.bump.channel import channel_of, tag_form_of
from releasio.rules.forge.links import links_of
from releasio.rules.running.job import NO_JOB
from releasio.rules.versions.tag_choice import Owner
from releasio.text.listing import shortened
from releasio.world.ci.ci import read_job
from releasio.world.git.history import History

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import ChangelogConfig, Config
    from releasio.rules.bump.request import Request
    from releasio.rules.index.routes import Routes
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.running.job import Job
    from releasio.rules.running.remote import PublicRefs, Remote
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World


def gather(
    world: World,
    settings: Settings,
    request: Request,
    *,
    acting: bool = False,
    deciding: bool = True,
    head: str | None = None,
) -> Facts:
    """
    Read everything a plan needs, afresh.

    Args:
        world: Where to read.
        settings: The settings in force.
        request: What the command line asks for.
        acting: Whether the plan will be carried out. Then a service that does not answer
            stops the run; a preview says what it could not find out and goes on. Both
            fetch what a clone lacks of the history, unless offline.
        deciding: Whether the version is to be found. If it is known, nothing of
            the history has to be there.
        head: A commit that counts as the one that is checked out; `None`: that one.

    Raises:
        NoCommits: There is nothing to release from.
        ShallowClone: The last release lies behind the clone's horizon.
        Problems: Registries that are named in the settings and are none.
        ManifestError: pyproject.toml is missing or does not say name and version.
        NotAPlainFile: pyproject.toml is a link or a directory.
        NotAPackageHere: The request is about another package.
        ForgeAddressContradicts: `github.api_url` is of another kind of forge.
    """
    status = world.git.work_tree.start_status()  # takes its time, and is read in the end
    reader = _reader(world, settings, request, acting=acting, deciding=deciding)
    reader = replace(reader, head=head or reader.head)
    package, public = reader.package()
    repository = reader.repository(status.changed(), public)
    repository = with_signing(world, settings.config, request, repository, package)
    origins = read_origins(world, settings.config, request, repository.forge, (package,))
    facts = Facts(
        repository,
        (package,),
        settings.config,
        frozenset(settings.origins),
        reader.routes,
        request,
        world.dated(),
        settings.undated,
        origins,
        _git_cliff(world, settings.config.changelog),
        read_mailmap(world, package),
    )
    facts.package(request.package)
    return facts


def _git_cliff(world: World, settings: ChangelogConfig) -> Callable[[str, str | None], str] | None:
    """Return what asks git-cliff, once for each tag; `None`: nobody wants it, or nobody has it."""
    if settings.engine != "git-cliff" or not settings.enabled:
        return None
    from releasio.world.processes.git_cliff import find_git_cliff

    tool = find_git_cliff(world.env, world.project, world.git.root, settings.cliff_config)
    return None if tool.program is None and settings.native_fallback else cache(tool)


def _reader(
    world: World, settings: Settings, request: Request, *, acting: bool, deciding: bool
) -> _Reader:
    """Find out what HEAD, the remote and the registries are."""
    head, branch = world.git.work_tree.position()
    if head is None:
        raise NoCommits
    remote = world.git.remotes.chosen()
    routes, config = routes_of(settings), settings.config
    job = read_job(world.env) if request.finish else NO_JOB
    is_branch_set = "default_branch" in settings.origins
    return _Reader(
        world, config, routes, request, head, branch, remote, acting, deciding, job, is_branch_set
    )


@frozen
class _Reader:
    """Reads the repository and its one package; what each value means, `gather` says."""

    world: World
    config: Config
    routes: Routes
    request: Request
    head: str
    branch: str | None
    remote: Remote | None
    acting: bool
    deciding: bool
    job: Job
    branch_chosen: bool

    def repository(
        self, changed_files: tuple[str, ...], public: PublicRefs | None
    ) -> RepositoryFacts:
        url = self.remote.url if self.remote else None
        links = links_of(self.config.github, url, self.world.env)
        forge = read_place(self.world, self.config.github, self.remote)
        default = None
        if not self.branch_chosen and channel_of(self.config, self.branch) is None:
            usual = self.config.default_branch
            default = default_branch(
                self.world, self.remote, self.branch, usual, acting=self.acting
            )
        return RepositoryFacts(
            self.head,
            self.branch,
            self.remote,
            changed_files,
            links,
            self.job,
            public,
            default,
            forge,
            has_token(self.world, self.config, forge),
        )

    def package(self) -> tuple[PackageFacts, PublicRefs | None]:
        """Read the package; return with it what the remote has, which was asked on the way."""
        description = describe(self.world, self.head, self.config)
        manifest, folder = description.manifest, description.folder
        known_version = None if manifest.is_from_tags else manifest.version
        owner = Owner(manifest.name, known_version, folder)
        public, names = self._ask_remote(owner)
        tags, form = self._tags(owner, names)
        other_folders = other_members(self.world.git, self.head, folder, description.documents)
        base_tags = self._base_tags(tags, form, manifest) if self.deciding else tags
        history = self._history(base_tags)
        own_part = own_history(self.world, history, other_folders, announce=self.deciding)
        last = release_tag(history.base, form, at_head=not history.commits)
        if manifest.is_from_tags and last is not None:
            manifest = replace(manifest, version=last.version)
        package_at_head = PackageAtHead(
            self.world,
            self.config,
            self.routes,
            self.request,
            self.job,
            self.head,
            self.branch,
            self.remote,
            public,
            folder,
            manifest,
            tags,
            form,
            last,
        )
        spans = SpanReader(
            package_at_head, tuple(other_folders), description.documents, self.deciding
        )
        package = PackageFacts(
            folder=folder,
            manifest=manifest,
            last=last,
            tags=tuple(tags),
            tag_form=form,
            reading=spans.since_last(own_part),
            documents=description.documents,
            obstacles=description.obstacles,
            submodules=description.submodules,
            earlier_authors=earlier_authors(self.world.git, self.config, history.base),
            since_final=spans.since_final(),
        )
        if not self.deciding:
            return package, public
        return self._with_standing(package, package_at_head, spans), public

    def _with_standing(
        self, package: PackageFacts, package_at_head: PackageAtHead, spans: SpanReader
    ) -> PackageFacts:
        """Add what became of earlier releases, and of those that were prepared."""
        from releasio.release.reading.ahead import read_ahead
        from releasio.release.reading.prepared import read_prepared  # brings the changelog's rules
        from releasio.release.reading.tagged_notes import read_tagged_notes

        note_higher_release(package_at_head, branch_chosen=self.branch_chosen)
        head_tag, search = head_tag_of(package_at_head), None
        if package_at_head.remote and package_at_head.public and self.request.finish:
            from releasio.release.reading.unfinished import Search

            search = Search(
                package_at_head, package_at_head.remote, package_at_head.public, head_tag
            )
            package = replace(package, **search.find(acting=self.acting)._asdict())
        changelog = package.path(changelog_of(package, self.config.changelog))
        package = replace(
            package,
            head_tag=head_tag,
            prepared=read_prepared(package_at_head, changelog),
            on_index=read_on_index(package_at_head, acting=self.acting),
            ahead=read_ahead(package_at_head, search, acting=self.acting),
        )
        return replace(package, told=read_tagged_notes(package, spans, changelog))

    def _ask_remote(self, owner: Owner) -> tuple[PublicRefs | None, Sequence[str]]:
        """
        Return what the remote has, and the names of the tags that are here.

        What the history here lacks is fetched: nothing is guessed from half a history.
        """
        git = self.world.git
        if self.deciding and self.remote is not None and not self.world.offline:
            try:
                return git.missing_history.fetch_back(
                    self.remote,
                    lambda names: self._form(names, owner).newest(names),
                    lambda names: self._form(names, owner).named(owner.version, names),
                )
            except ReleasioError as error:
                if self.acting:
                    raise
                note = f"{error}; which releases there are is known from this clone"
                self.world.screen.note(note)
        return None, [tag.name for tag in git.refs.tags()]

    def _tags(self, owner: Owner, names: Sequence[str]) -> tuple[Sequence[str], TagForm]:
        """Return those of *names* that are releases' tags, the highest first, and their form."""
        git = self.world.git
        reachable_tags = partial(git.refs.reachable_tags, self.head) if self.deciding else None
        form = tag_form_of(self.config, self.branch, names, owner, reachable_tags)
        tags = form.newest(names)
        return tags, form.like(tags, self.request.spelling)

    def _base_tags(self, tags: Sequence[str], form: TagForm, manifest: Manifest) -> Sequence[str]:
        """Return those of *tags* that the next version may be counted from, and say which not."""
        abandoned = abandoned_tags(self.world.git, tags, form, manifest)
        if abandoned:
            self.world.screen.note(
                f"{shortened(abandoned)} came before {manifest.version}, which "
                f"{manifest.version_path} says: counted from there"
            )
        return [tag for tag in tags if tag not in abandoned]

    def _form(self, names: Collection[str], owner: Owner) -> TagForm:
        """Return the form of the tags *names*, some of which may not be here."""
        return tag_form_of(self.config, self.branch, tuple(names), owner)

    def _history(self, tags: Sequence[str]) -> History:
        try:
            return self.world.git.history.since(tags, self.head)
        except ShallowClone:
            if self.deciding:
                raise
            return History(None, [])
