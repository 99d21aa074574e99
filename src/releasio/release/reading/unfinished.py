"""Releases of which something is left: what a run finishes before it begins a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.base import ReleasioError
from releasio.errors.index.registry import GoesElsewhere
from releasio.frozen import frozen
from releasio.release.facts import ReleaseTag
from releasio.release.reading.announcement import announced, release_named_by
from releasio.release.reading.begun import recall_upload
from releasio.release.reading.forge.merge_back import merge_is_left
from releasio.release.reading.forge.page import page_is_left, tags_are_left
from releasio.release.reading.missing_files import lacks_files
from releasio.rules.bump.channel import publishes
from releasio.rules.contents.tag_message import other_project
from releasio.rules.index.advice import command_after
from releasio.text.command_line import joined

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.release.standing import Unfinished
    from releasio.rules.index.registry import Registry
    from releasio.rules.running.remote import PublicRefs, Remote


class Standing(NamedTuple):
    """
    What was found of earlier releases.

    Attributes:
        unfinished: One that is public and not on the index, or not here, in full.
        unpushed: A tag that this clone alone has.
        unpushed_commit: Its commit.
        trouble: Why a preview could not find it out.
    """

    unfinished: Unfinished | None = None
    unpushed: ReleaseTag | None = None
    unpushed_commit: str = ""
    trouble: ReleasioError | None = None


_NOTHING = Standing()


@frozen
class Search:
    """
    Looks for what is left of earlier releases, on the remote and on the index.

    Attributes:
        package: The package at HEAD.
        remote: Where its branch is pushed to.
        public: What that has.
        head_tag: The tag of HEAD.
    """

    package: PackageAtHead
    remote: Remote
    public: PublicRefs
    head_tag: ReleaseTag | None

    def find(self, *, acting: bool) -> Standing:
        """
        Return what is left; a preview (not *acting*) that gets no answer says so and goes on.

        Raises:
            ReleasioError: Remote or index did not answer, or not what they should.
        """
        try:
            standing = self._standing()
        except ReleasioError as error:
            if acting:
                raise
            self._say(f"{error}; whether an earlier release is unfinished is not known")
            return Standing(trouble=error)
        if standing.unfinished is None:
            recall_upload(self.package.world)
        elif not self._is_ours(standing.unfinished):
            return _NOTHING
        return standing

    def left_of(self, tag: str) -> Unfinished | None:
        """
        Return what is left of a release that another run began; `None`: nothing is.

        Args:
            tag: A tag on the branch of the remote.

        Raises:
            ReleasioError: Remote or index did not answer, or not what they should.
        """
        unfinished = announced(self.package.world, self.remote, tag, self.package.form)
        if unfinished is None or not self._is_ours(unfinished):
            return None
        return unfinished if self._is_left(unfinished) else None

    def _is_left(self, unfinished: Unfinished) -> bool:
        """Whether index or forge lack something of *unfinished*."""
        registry = self._registry(unfinished) if self._publishes else None
        if registry and lacks_files(self.package, registry, unfinished):
            return True
        package = self.package
        world, config = package.world, package.config
        return (
            tags_are_left(config, self.public, unfinished, package.form)
            or page_is_left(world, config, self.remote, unfinished)
            or merge_is_left(world, config, self.remote, unfinished)
        )

    def _standing(self) -> Standing:
        if unfinished := self._unlanded():
            return Standing(unfinished)
        if self._builds_head_tag() and self.head_tag is not None:
            return Standing(self._of_head_tag(self.head_tag))
        if stray := self._stray_tag():
            return stray
        version = self._released_version
        tag = next((tag for tag in self.package.tags if self._version(tag) == version), None)
        commit = self.package.world.git.objects.peel(f"refs/tags/{tag}") if tag else None
        # what HEAD does not descend from was never on the branch: whoever may push a tag made it
        if tag and commit and self.package.world.git.objects.is_ancestor(commit, self.package.head):
            return self._of_manifest(tag, version, commit)
        return _NOTHING

    @property
    def _released_version(self) -> Version:
        """What pyproject.toml says; the last release where it says what comes next already."""
        version, last = self.package.manifest.version, self.package.last
        if last is None or not version.is_devrelease or last.version.is_devrelease:
            return version
        return min(version, last.version)

    def _builds_head_tag(self) -> bool:
        """Whether a tag of a development version is checked out, which no file has to say."""
        tag = self.head_tag
        if tag is None or self.package.branch is not None:
            return False
        return tag.version.is_devrelease and tag.version != self.package.manifest.version

    def _of_head_tag(self, tag: ReleaseTag) -> Unfinished | None:
        unfinished = release_named_by(
            self._message(tag.name), tag.name, tag.version, self.package.head
        )
        return unfinished if self._is_left(unfinished) else None

    @property
    def _publishes(self) -> bool:
        """Whether this run uploads at all; one that does not asks no index."""
        return self.package.request.publish and publishes(self.package.config, self.package.branch)

    def _of_manifest(self, tag: str, version: Version, commit: str) -> Standing:
        """Return what is left of the *version* that pyproject.toml goes by, and *tag* names."""
        release_tag = ReleaseTag(tag, version)
        if tag not in self.public.tags:
            return self._of_unpushed(release_tag, commit)
        if (remote_commit := self.public.tags[tag].commit) != commit:
            name = self.remote.name
            self._say(
                f"{tag} is at {commit[:8]} here, and at {remote_commit[:8]} on {name}: "
                "somebody moved it"
            )
        unfinished = release_named_by(self._message(tag), tag, version, commit)
        of_forge = unfinished.page or unfinished.moves or unfinished.merge_back
        is_announced = unfinished.files or of_forge
        if is_announced or self._is_meant(unfinished.version, commit):
            return Standing(unfinished) if self._is_left(unfinished) else _NOTHING
        if self._publishes and (registry := self._registry(unfinished)):
            self._point_out(registry, unfinished)
        return _NOTHING

    def _point_out(self, registry: Registry, unfinished: Unfinished) -> None:
        """Name the command that finishes a release that is not HEAD's and names no files."""
        index, name = self.package.world.index(registry), self.package.manifest.name
        try:
            # where the project has no page at all, it was never published there
            was_published = index.files(name, str(unfinished.version)) is not None
            if not was_published or not lacks_files(self.package, registry, unfinished):
                return
        except ReleasioError:  # whoever needs the index says so, and this release may not
            return
        problem = f"{unfinished.tag} is public, but {registry.name} lacks files of"
        self._say_how_to_finish(problem, unfinished.version)

    def _of_unpushed(self, tag: ReleaseTag, commit: str) -> Standing:
        """Return a tag of the present version that only this clone has, if a release waits."""
        name = self.remote.name
        if self._is_on_index(tag.version):
            self._say(
                f"{name} lacks the tag {tag.name}, though the index has {tag.version}: "
                f"git push {joined([name, tag.name])}"
            )
            return _NOTHING
        if self._is_meant(tag.version, commit):
            return Standing(None, tag, commit)
        problem = f"{tag.name} is in this clone only: {name} and the index lack"
        self._say_how_to_finish(problem, tag.version)
        return _NOTHING

    def _stray_tag(self) -> Standing | None:
        """Return the last tag where it is of another version, and nothing but this clone has it."""
        last, git = self.package.last, self.package.world.git
        if last is None or last.name in self.public.tags or self.package.request.explicit:
            return None
        if last.version == self.package.manifest.version:
            return None
        if len(git.remotes.names()) > 1 or self._is_on_index(last.version):
            self._say(f"{self.remote.name} lacks the tag {last.name}, which is here")
            return None
        return Standing(None, last, git.objects.peel(f"refs/tags/{last.name}") or "")

    def _is_meant(self, version: Version, commit: str) -> bool:
        """Whether the release of *commit* is what this run is about: it is HEAD, or asked for."""
        return commit == self.package.head or self.package.request.version == version

    def _say_how_to_finish(self, problem: str, version: Version) -> None:
        self._say(f"{problem} {version}: `releasio release --version {version}` finishes it")

    def _is_on_index(self, version: Version) -> bool:
        """Whether the index has a file of *version*; not, where nothing goes to an index."""
        if not self._publishes:
            return False
        tag = self.package.form.name(version)
        way = self.package.routes.of(tag, version, self.package.branch, self.package.form)
        index = self.package.world.index(way.registry)
        return bool(index.files(self.package.manifest.name, str(version)))

    def _unlanded(self) -> Unfinished | None:
        """A run that was killed after its push left its commit under a private ref."""
        git = self.package.world.git
        for ref, commit in git.refs.below("refs/releasio/").items():
            tag, _, kind = ref.removeprefix("refs/releasio/").rpartition("/")
            version, remote_tag = self._version(tag), self.public.tags.get(tag)
            if kind == "commit" and version and remote_tag and commit == remote_tag.commit:
                # a landing that was cut short has named the tag before it lets go of its own
                message = git.objects.message_behind(
                    f"refs/releasio/{tag}/tag"
                ) or git.objects.tag_message(tag)
                return release_named_by(message, tag, version, commit)
        return None

    def _is_ours(self, unfinished: Unfinished) -> bool:
        """Whether *unfinished* names files of the project as it is called; if not, say so."""
        name = self.package.manifest.name
        other_name = other_project(unfinished.files, name)
        if other_name is not None:
            self._say(
                f"{unfinished.tag} names files of {other_name}, and the project is called {name} "
                f"now: nothing of {unfinished.tag} is uploaded any more. What comes next has a "
                f"version of its own: {command_after(str(unfinished.version))}"
            )
        return other_name is None

    def _registry(self, unfinished: Unfinished) -> Registry | None:
        """Return where *unfinished* is finished; `None` (with a note): no setting leads there."""
        way = self.package.routes.of(
            unfinished.tag, unfinished.version, self.package.branch, self.package.form
        )
        resumed_way = self.package.routes.again(way, unfinished.to)
        if resumed_way is None:
            error = GoesElsewhere(unfinished.tag, unfinished.to)
            self._say(f"{error}; whether it is finished is not known. {error.hint}")
        return resumed_way.registry if resumed_way else None

    def _message(self, tag: str) -> str:
        """
        Return the tag's message.

        A checkout of a tag in GitHub Actions has its commit and not the tag itself:
        https://github.com/actions/checkout/issues/290.
        """
        git, remote_tag = self.package.world.git, self.public.tags.get(tag)
        message = git.objects.tag_message(tag)
        if message or remote_tag is None or remote_tag.object_id == remote_tag.commit:
            return message
        git.remotes.fetch(self.remote, f"refs/tags/{tag}")
        return git.objects.tag_object_message(remote_tag.object_id)

    def _say(self, note: str) -> None:
        self.package.world.screen.note(note)

    def _version(self, tag: str) -> Version | None:
        return self.package.form.version(tag)
