"""What is there before `init` asks anything: each of its defaults comes from here."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.setup.recipes.recipe import ACTION, Answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.rules.forge.place import ForgePlace, Kind
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.versions.tag_form import TagForm
    from releasio.rules.workflow.gitlab.uploads import PipelineUpload
    from releasio.rules.workflow.publishing import Upload
    from releasio.setup.adoption.adopted import Adopted

_USUAL = ("main", "master")  # what releasio takes where the remote does not say


@frozen
class Clone:
    """
    The git repository that the project is in.

    Attributes:
        branch: The branch that is checked out; `None`: none is.
        branches: Those that are here.
        default_branch: The remote's own; `None`: not known.
        has_commits: Whether there is one.
        has_remote: Whether it is pushed anywhere.
    """

    branch: str | None
    branches: tuple[str, ...] = ()
    default_branch: str | None = None
    has_commits: bool = True
    has_remote: bool = True


@frozen
class Contents:
    """
    What the files tell besides name and version.

    Attributes:
        changelog: The file that is the changelog, relative to the project; empty: there is none.
        readme: The README's name; empty: there is none.
        has_tests: Whether there are tests that pytest would run.
        is_compiled: Whether wheels are of one platform each, as far as its files tell.
        requires_python: The versions of Python it is for, as its manifest says; empty: any.
        modules: What it installs for imports, as far as its files tell.
        uploads: What workflows of GitHub Actions upload.
        workflows: Their texts, by path in the repository.
        pipeline: The files of GitLab's pipeline, by path.
        pipeline_uploads: What its jobs upload.
        adopted: Other tools that release it, and what they were told.
        changelog_outside: The file in the repository that is its changelog, outside of its folder;
            empty: there is none.
        lacks_rust: Whether its wheels need Rust, and nothing brings it into cibuildwheel's
            containers.
        test_installs: The commands that install it, and what its tests need.
    """

    changelog: str = ""
    readme: str = ""
    has_tests: bool = False
    is_compiled: bool = False
    requires_python: str = ""
    modules: tuple[str, ...] = ()
    uploads: tuple[Upload, ...] = ()
    workflows: Mapping[str, str] = MappingProxyType({})
    pipeline: Mapping[str, str] = MappingProxyType({})
    pipeline_uploads: tuple[PipelineUpload, ...] = ()
    adopted: tuple[Adopted, ...] = ()
    changelog_outside: str = ""
    lacks_rust: bool = False
    test_installs: tuple[str, ...] = Answers().test[:-1]


@frozen
class Project:
    """
    A project as it lies in its folder, committed or not.

    Attributes:
        folder: Its directory, absolute.
        root: The top of the repository's work tree; the project's directory where there is none.
        settings: Those in force.
        manifest: Its name and version.
        tag_form: How its tags are named, or would be.
        newest_tag: That of its highest release; empty: it has none.
        contents: What its files tell.
        clone: The repository it is in; `None`: in none.
        place: Where that is on a forge; `None`: on none that is known.
        action: What workflows name to run releasio.
    """

    folder: Path
    root: Path
    settings: Settings
    manifest: Manifest
    tag_form: TagForm
    newest_tag: str
    contents: Contents
    clone: Clone | None = None
    place: ForgePlace | None = None
    action: str = ACTION

    @property
    def forge(self) -> Kind | None:
        """Which forge runs its workflows; `None`: nothing tells."""
        if self.place is not None:
            return self.place.kind
        if self.contents.pipeline:
            return "gitlab"
        return "github" if self.contents.workflows else None

    @property
    def inside(self) -> str:
        """Its folder in the repository, with `/`; empty: the root."""
        relative = self.folder.relative_to(self.root).as_posix()
        return "" if relative == "." else relative

    @property
    def release_branch(self) -> tuple[str, str]:
        """The branch that releases are made from, as far as can be known, and what tells it."""
        config, clone = self.settings.config, self.clone
        if "default_branch" in self.settings.origins:
            return config.default_branch, self.settings.origins["default_branch"]
        if clone is None:
            return _USUAL[0], "the usual one"
        if clone.default_branch:
            return clone.default_branch, "the remote's default branch"
        for name in _USUAL:
            if name in clone.branches:
                return name, "a branch of this clone"
        if clone.branch:
            return clone.branch, "the branch that is checked out"
        return _USUAL[0], "the usual one"

    def finds_branch(self, name: str) -> bool:
        """Whether a release takes *name* for its branch with no setting that says so."""
        default_branch = self.clone.default_branch if self.clone else None
        return name == default_branch if default_branch else name in _USUAL
