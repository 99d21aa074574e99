"""The repository as it was when an earlier commit was its newest: only looked at."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.world.git.git import Git
from releasio.world.git.place import BRANCHES, TAGS
from releasio.world.git.refs import Listing, Refs
from releasio.world.git.remotes import Remotes
from releasio.world.git.work_tree import Status, WorkTree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from releasio.rules.running.remote import Remote


@frozen
class GitAsItWas(Git):
    """
    A view of a repository at an earlier commit, as its newest one.

    Later tags are not there, nor any remote. All is read from git's objects, so that neither a
    clone nor a work tree is needed, and nothing of the user's is touched.

    Attributes:
        read_once: Always; nothing changes.
        head_then: The commit, all digits.
        branch_then: The branch that it was on.
        tags_then: The names of the tags that count there, each with the object it names.
    """

    read_once: bool = True
    head_then: str = ""
    branch_then: str = ""
    tags_then: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def of(cls, git: Git, commit: str, branch: str, tags: Mapping[str, str]) -> GitAsItWas:
        """
        Return *git* as it was at *commit*.

        Args:
            git: The repository.
            commit: The newest commit of then, all digits.
            branch: The branch that it was on.
            tags: The names of the tags that count there, with the objects that they name.
        """
        return cls(
            git.root,
            git.directory,
            git.process,
            head_then=commit,
            branch_then=branch,
            tags_then=tags,
        )

    @property
    def work_tree(self) -> WorkTree:
        """Knows what was newest then."""
        return _WorkTreeThen(self, self.refs, self.head_then, self.branch_then)

    @property
    def refs(self) -> Refs:
        """Reads the tags of then."""
        return _RefsThen(self, self.head_then, self.branch_then, self.tags_then)

    @property
    def remotes(self) -> Remotes:
        """Knows of none."""
        return _NoRemotes(self, self.refs, self.work_tree, self.objects)


@frozen
class _WorkTreeThen(WorkTree):
    head_then: str
    branch_then: str

    def head(self) -> str:
        """Return the newest commit of then."""
        return self.head_then

    def branch(self) -> str:
        """Return the branch it was on."""
        return self.branch_then

    def start_status(self) -> Status:
        """Return a work tree in which nothing was changed."""
        return _Clean()


@frozen
class _RefsThen(Refs):
    head_then: str
    branch_then: str
    tags_then: Mapping[str, str]

    def listing(self) -> Listing:
        """Return the refs of then."""
        branch = f"{BRANCHES}{self.branch_then}"
        refs = {f"{TAGS}{name}": object_id for name, object_id in self.tags_then.items()}
        return Listing({branch: self.head_then, **refs}, {}, branch)

    def read_symbolic(self, ref: str) -> str:  # noqa: ARG002 -- there is no remote
        """Return nothing: no remote has a HEAD."""
        return ""

    def tags_at(self, commit: str) -> tuple[str, ...]:
        """Return the names of the tags of then that stand for *commit*."""
        return tuple(name for name in super().tags_at(commit) if name in self.tags_then)

    def peeled_tags(self) -> dict[str, str]:
        """Return the tags of then, each with what it stands for in the end."""
        peeled = super().peeled_tags()
        return {name: peeled[name] for name in self.tags_then if name in peeled}

    def reachable_tags(self, *commits: str) -> Collection[str]:
        """Return the names of the tags of then that any of *commits* contains."""
        return {name for name in super().reachable_tags(*commits) if name in self.tags_then}


class _NoRemotes(Remotes):
    def chosen(self) -> Remote | None:
        """Return nothing: what a remote had then nobody knows."""
        return None


class _Clean(Status):
    def __init__(self) -> None:
        """Stand for a work tree in which nothing was changed."""

    def changed(self) -> tuple[str, ...]:
        """Return no files."""
        return ()
