"""Make the release commit."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.base import ReleasioError, together
from releasio.errors.git.commands import NoIdentity, VersionChangedByHook
from releasio.frozen import frozen
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from releasio.steps.step import Blocked, State, Todo
from releasio.text.listing import listed
from releasio.world.git.signing import signing_prospect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.versions import VersionConfig
    from releasio.world.git.git import Git
    from releasio.world.run import Run
    from releasio.world.world import World

_LINE = "\n"
_MOST = 20  # paths that are named one by one


def commit_ref(tag: str) -> str:
    """Return the private ref that keeps the commit of *tag* until it is pushed."""
    return f"refs/releasio/{tag}/commit"


def next_ref(tag: str) -> str:
    """Return the private ref that keeps the commit which follows that of *tag*, likewise."""
    return f"refs/releasio/{tag}/next"


def tip_of(git: Git, tag: str, commit: str, refs: Mapping[str, str]) -> str:
    """
    Return the commit that the branch goes to with *commit*: what was begun on it, or itself.

    Args:
        git: The repository.
        tag: The first tag of the release.
        commit: The release commit.
        refs: What is here; `next_ref` of the tag, if it is, is among them.
    """
    tip = refs.get(next_ref(tag))
    return tip if tip and git.history.commit(tip).parents == (commit,) else commit


@frozen
class Commit:
    """
    Commit what the steps before it wrote; no branch moves by it.

    Attributes:
        message: Taken as it is.
        base: The commit it is made on.
        tags: The tags of the releases it is for.
        new_files: What those steps wrote that was not in git; committed even where it is ignored.
        versions: The folders of projects that must say a version in it, and which.
        settings: Says where projects have their versions, where somebody set it.
        follows: It is no release commit, but the one that follows it.
        kept_as: The name it is kept under instead of the tags; empty: theirs.
        empty: It is made also where nothing is to be changed.
    """

    message: str
    base: str
    tags: tuple[str, ...]
    new_files: tuple[str, ...] = ()
    versions: Mapping[str, str] = MappingProxyType({})
    settings: VersionConfig | None = None
    follows: bool = False
    kept_as: str = ""
    empty: bool = False

    def __str__(self) -> str:
        return f'commit as "{self.message.partition(_LINE)[0]}"'

    def probe(self, world: World) -> State:
        """Find out who commits, whether git can sign, and which of its hooks run."""
        git = world.git
        signature = signing_prospect(git, "commit")
        problems: list[ReleasioError] = [] if git.commits.knows_author() else [NoIdentity()]
        if not isinstance(signature, str):
            return Blocked(together([*problems, signature]))
        if problems:
            return Blocked(together(problems))
        unknown = (*_hooks(git), *([signature] if signature else []))
        return Todo("; ".join((*_remarks(self._ignore_rules(git)), *unknown)))

    def apply(self, world: World, run: Run) -> None:
        """
        Commit all of the scratch work tree and keep the commit under a private ref.

        What git's hooks put into the commit is said.

        Raises:
            CommitRefused: A commit hook said no.
            NoIdentity: git does not know who commits.
            SigningFailed: A signature is asked for and was not made.
            VersionChangedByHook: The commit says another version than the release.
        """
        tree = run.open_tree
        ignore_rules = self._ignore_rules(tree)
        for remark in _remarks(ignore_rules):
            world.screen.note(remark)
        planned_tree = tree.commits.stage_all([*ignore_rules])
        commit = tree.commits.commit_all(
            self.message, world.dated(), self.new_files, empty=self.empty, is_staged=True
        )
        if paths := tree.commits.differing(planned_tree, commit):
            kind = "next commit" if self.follows else "release commit"
            by_hooks = f"git's hooks changed what the {kind} has: {listed(paths, _MOST)}"
            world.screen.note(by_hooks)
        for folder, version in self.versions.items():
            files = ProjectFiles(folder, partial(tree.objects.read_files, commit))
            _check_version(files, self.settings, version)
        for tag in (self.kept_as,) if self.kept_as else self.tags:
            world.git.ref_changes.point((next_ref if self.follows else commit_ref)(tag), commit)

    def _ignore_rules(self, git: Git) -> dict[str, str]:
        """Return which of the new files git would leave out, and by which rule."""
        return git.commits.ignore_rules(self.new_files) if self.new_files else {}


def _remarks(ignore_rules: Mapping[str, str]) -> list[str]:
    return [
        f"{path} is committed, although {rule} ignores it" for path, rule in ignore_rules.items()
    ]


def _check_version(files: ProjectFiles, settings: VersionConfig | None, version: str) -> None:
    """See that what is tagged and built says the version that is released."""
    try:
        manifest = read_manifest(files, settings)
    except ReleasioError as error:
        raise VersionChangedByHook(files.manifest, version, str(error)) from None
    if manifest.version != Version(version):
        why = f"it says {manifest.version}"
        raise VersionChangedByHook(manifest.version_path, version, why)


def _hooks(git: Git) -> list[str]:
    """Say which of git's hooks run."""
    names = git.commits.commit_hooks()
    if not names:
        return []
    if len(names) == 1:
        return [f"git's hook {names[0]} runs, and what it does is not known"]
    return [f"git's hooks {listed(names, _MOST)} run, and what they do is not known"]
