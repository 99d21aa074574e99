"""What is built, from what, into where."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import Done, State, Todo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.edits import FileEdit
    from releasio.world.build.dist_folder import DistFolder
    from releasio.world.world import World


@frozen
class Artefacts:
    """
    What is built, from what, into where.

    Attributes:
        project: The `[project].name` that the metadata must carry.
        version: In PEP 440 normal form.
        tag: The release's tag.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        folder: The project's directory inside the repository.
        out: Where the files go; `None`: beside the journal.
        staging: Where they wait until they are checked; `None`: beside the journal, too.
        hook: `hooks.build`, which replaces the build.
        variables: What the hook's placeholders stand for.
        changelog: The file in the repository that must have a section for the version, and how
            its headings look; `None`: nobody keeps one.
        strict: Check descriptions too, and ask twine.
        public: Count the rules that only public indexes have.
        named: File name to sha256 as the tag says, when the tag is public already.
        submodules: Whether the project has any.
        edits: What writes a version that no commit says into the tree of the build alone.
        override: The variables by which a tool takes the version, where no file says it.
    """

    project: str
    version: str
    tag: str
    commit: str | None
    folder: str
    out: Path | None = None
    staging: Path | None = None
    hook: str | None = None
    variables: tuple[tuple[str, str], ...] = ()
    changelog: tuple[str, ChangelogConfig] | None = None
    strict: bool = True
    public: bool = True
    named: Mapping[str, str] | None = None
    submodules: bool = False
    edits: tuple[FileEdit, ...] = ()
    override: Mapping[str, str] = MappingProxyType({})

    def kept(self, world: World) -> DistFolder:
        """Return the folder of the finished files."""
        # 5 ms, for hashing and JSON
        from releasio.world.build.dist_folder import DistFolder, dist_folder_of

        if self.out is None:
            return DistFolder(dist_folder_of(world.state, self.tag))
        return DistFolder(self.out, self.staging or world.state / "staging")

    def state(self, world: World) -> State:
        """Done when files of this very commit are there with the recorded hashes, as tagged."""
        if self.commit and self.kept(world).matches(self.commit, self.version, self.named):
            return Done("kept from an earlier run")
        return Todo()
