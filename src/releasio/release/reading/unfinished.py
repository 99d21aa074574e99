"""Releases of which something is left: what a run finishes before it begins a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.base import ReleasioError
from releasio.errors.index.registry import GoesElsewhere
from releasio.frozen import frozen
from releasio.release.facts import ReleaseTag
from releasio.release.reading.announcement import announced, release_named_by
from releasio.release.reading.begun import recall_upload
from releasio.release.reading.missing_files import lacks, lacks_any
from releasio.rules.bump.channel import publishes
from releasio.rules.contents.ledger import other_project
from releasio.rules.index.going_on import command_after

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
        here: The package at HEAD.
        remote: Where its branch is pushed to.
        public: What that has.
        head_tag: The tag of HEAD.
    """

    here: PackageAtHead
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
            found = self._found()
        except ReleasioError as error:
            if acting:
                raise
            self._say(f"{error}; whether an earlier release is unfinished is not known")
            return Standing(trouble=error)
        if found.unfinished is None:
            recall_upload(self.here.world)
        elif not self._is_ours(found.unfinished):
            return _NOTHING
        return found

    def left_of(self, tag: str) -> Unfinished | None:
        """
        Return what is left of a release that another run began; `None`: nothing is.

        Args:
            tag: A tag on the branch of the remote.

        Raises:
            ReleasioError: Remote or index did not answer, or not what they should.
        """
        left = announced(self.here.world, self.remote, tag, self.here.form)
        if left is None or not self._publishes:
            return None
        if not self._is_ours(left):
            return None
        registry = self._registry(left)
        return left if registry and self._lacks(registry, left) else None

    def _found(self) -> Standing:
        if left := self._not_landed():
            return Standing(left)
        if self._builds_head_tag() and self.head_tag is not None:
            return Standing(self._of_head_tag(self.head_tag))
        if stray := self._stray():
            return stray
        version = self.here.manifest.version
        tag = next((tag for tag in self.here.tags if self._version(tag) == version), None)
        commit = self.here.world.git.peel(f"refs/tags/{tag}") if tag else None
        # what HEAD does not descend from was never on the branch: whoever may push a tag made it
        if tag and commit and self.here.world.git.is_ancestor(commit, self.here.head):
            return self._of_manifest(tag, commit)
        return _NOTHING

    def _builds_head_tag(self) -> bool:
        """Whether a tag of a development version is checked out, which no file has to say."""
        tag = self.head_tag
        if tag is None or self.here.branch is not None:
            return False
        return tag.version.is_devrelease and tag.version != self.here.manifest.version

    def _of_head_tag(self, tag: ReleaseTag) -> Unfinished | None:
        if not self._publishes:
            return None
        left = release_named_by(self._message(tag.name), tag.name, tag.version, self.here.head)
        registry = self._registry(left)
        return left if registry and self._lacks(registry, left) else None

    @property
    def _publishes(self) -> bool:
        """Whether this run uploads at all; one that does not asks no index."""
        return self.here.request.publish and publishes(self.here.config, self.here.branch)

    def _of_manifest(self, tag: str, commit: str) -> Standing:
        """Return what is left of the version that pyproject.toml says, and *tag* names."""
        release_tag = ReleaseTag(tag, self.here.manifest.version)
        if tag not in self.public.tags:
            return self._of_unpushed(release_tag, commit)
        if not self._publishes:
            return _NOTHING
        if (there := self.public.tags[tag].commit) != commit:
            name = self.remote.name
            self._say(
                f"{tag} is at {commit[:8]} here, and at {there[:8]} on {name}: somebody moved it"
            )
        left = release_named_by(self._message(tag), tag, self.here.manifest.version, commit)
        registry = self._registry(left)
        if registry is None:
            return _NOTHING
        if left.files or self._is_meant(left.version, commit):
            return Standing(left) if self._lacks(registry, left) else _NOTHING
        self._point_out(registry, left)
        return _NOTHING

    def _point_out(self, registry: Registry, left: Unfinished) -> None:
        """Name the command that finishes a release that is not HEAD's and names no files."""
        index, name = self.here.world.index(registry), self.here.manifest.name
        try:
            # where the project has no page at all, it was never published there
            was_published = index.files(name, str(left.version)) is not None
            if not was_published or not self._lacks(registry, left):
                return
        except ReleasioError:  # whoever needs the index says so, and this release may not
            return
        what = f"{left.tag} is public, but {registry.name} lacks files of"
        self._say_how_to_finish(what, left.version)

    def _of_unpushed(self, tag: ReleaseTag, commit: str) -> Standing:
        """Return a tag of the present version that only this clone has, if a release waits."""
        name = self.remote.name
        if self._is_on_index(tag.version):
            self._say(
                f"{name} lacks the tag {tag.name}, though the index has {tag.version}: "
                f"git push {name} {tag.name}"
            )
            return _NOTHING
        if self._is_meant(tag.version, commit):
            return Standing(None, tag, commit)
        what = f"{tag.name} is in this clone only: {name} and the index lack"
        self._say_how_to_finish(what, tag.version)
        return _NOTHING

    def _stray(self) -> Standing | None:
        """Return the last tag where it is of another version, and nothing but this clone has it."""
        last, git = self.here.last, self.here.world.git
        if last is None or last.name in self.public.tags or self.here.request.explicit:
            return None
        if last.version == self.here.manifest.version:
            return None
        if len(git.remote_names()) > 1 or self._is_on_index(last.version):
            self._say(f"{self.remote.name} lacks the tag {last.name}, which is here")
            return None
        return Standing(None, last, git.peel(f"refs/tags/{last.name}") or "")

    def _is_meant(self, version: Version, commit: str) -> bool:
        """Whether the release of *commit* is what this run is about: it is HEAD, or asked for."""
        return commit == self.here.head or self.here.request.version == version

    def _say_how_to_finish(self, what: str, version: Version) -> None:
        self._say(f"{what} {version}: `releasio release --version {version}` finishes it")

    def _is_on_index(self, version: Version) -> bool:
        """Whether the index has a file of *version*; not, where nothing goes to an index."""
        if not self._publishes:
            return False
        tag = self.here.form.name(version)
        registry = self.here.routes.of(tag, version, self.here.branch, self.here.form).registry
        return bool(self.here.world.index(registry).files(self.here.manifest.name, str(version)))

    def _not_landed(self) -> Unfinished | None:
        """A run that was killed after its push left its commit under a private ref."""
        git = self.here.world.git
        for ref, commit in git.refs("refs/releasio/").items():
            tag, _, kind = ref.removeprefix("refs/releasio/").rpartition("/")
            version, there = self._version(tag), self.public.tags.get(tag)
            if kind == "commit" and version and there and commit == there.commit:
                # a landing that was cut short has named the tag before it lets go of its own
                message = git.message_behind(f"refs/releasio/{tag}/tag") or git.tag_message(tag)
                return release_named_by(message, tag, version, commit)
        return None

    def _is_ours(self, left: Unfinished) -> bool:
        """Whether what *left* names are files of the project as it is called; if not, say so."""
        name = self.here.manifest.name
        whose = other_project(left.files, name)
        if whose is not None:
            self._say(
                f"{left.tag} names files of {whose}, and the project is called {name} now: nothing "
                f"of {left.tag} is uploaded any more. What comes next has a version of its own: "
                f"{command_after(str(left.version))}"
            )
        return whose is None

    def _registry(self, left: Unfinished) -> Registry | None:
        """Return where *left* is finished; `None`, said in a note, where no setting leads there."""
        way = self.here.routes.of(left.tag, left.version, self.here.branch, self.here.form)
        again = self.here.routes.again(way, left.to)
        if again is None:
            error = GoesElsewhere(left.tag, left.to)
            self._say(f"{error}; whether it is finished is not known. {error.hint}")
        return again.registry if again else None

    def _lacks(self, registry: Registry, left: Unfinished) -> bool:
        lacking = lacks if left.files else lacks_any
        return lacking(
            self.here.world, registry, self.here.manifest.name, left, self.here.tags, self.here.form
        )

    def _message(self, tag: str) -> str:
        """
        Return the tag's message.

        A checkout of a tag in GitHub Actions has its commit and not the tag itself:
        https://github.com/actions/checkout/issues/290.
        """
        git, there = self.here.world.git, self.public.tags.get(tag)
        message = git.tag_message(tag)
        if message or there is None or there.object_id == there.commit:
            return message
        git.fetch(self.remote, f"refs/tags/{tag}")
        return git.tag_object_message(there.object_id)

    def _say(self, note: str) -> None:
        self.here.world.screen.note(note)

    def _version(self, tag: str) -> Version | None:
        return self.here.form.version(tag)
