"""Find the repository a directory belongs to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from releasio.frozen import frozen, replace
from releasio.world.git.process import GitProcess, Outcome, clean_environment, failed, find_git

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

T = TypeVar("T")


@frozen
class Place:
    """
    A repository, seen from one of its work trees.

    Attributes:
        root: The top of the work tree.
        directory: The git directory that all work trees share.
        process: Starts git at `root`.
        read_once: Whether nothing is changed as long as this is used, as in a preview that asks
            nobody: refs and settings are then read once.
    """

    root: Path
    directory: Path
    process: GitProcess
    read_once: bool = False

    @classmethod
    def open(cls, path: Path, env: Mapping[str, str], *, read_once: bool = False) -> Self:
        """
        Return the repository that *path*, a directory, is in.

        Args:
            path: The top of a work tree, or any directory in it.
            env: The process environment, for git and what it starts.
            read_once: See `Place`.

        Raises:
            NotARepository: There is none, or no such directory.
            BareRepository: It has no work tree.
            InsideGitDirectory: *path* is in `.git`.
            UnsafeRepository: It belongs to another user.
            LineBreakInPath: git's answers could not be told apart.
            GitMissing: There is no git.
        """
        cleaned = clean_environment(env)
        args = (
            "rev-parse",
            "--is-bare-repository",
            "--is-inside-git-dir",
            "--git-common-dir",
            "--show-toplevel",
        )
        process = GitProcess(path, cleaned, program=find_git(cleaned))
        outcome = process.ask(*args)
        match outcome.text.split("\n"):
            case ["false", "false", directory, root] if not outcome.status:
                top = Path(root)
                shared = (path / directory).resolve()
                return cls(top, shared, replace(process, directory=top), read_once)
        raise _open_error(path, args, outcome)

    def at(self, tree: Path) -> Self:
        """Return the same repository, seen from its work tree at *tree*."""
        return replace(self, root=tree, process=replace(self.process, directory=tree))

    def settings(self) -> Mapping[str, tuple[str, ...]]:
        """Return git's settings, each with all its values, the one in force last."""
        return self.remembered("settings", self._read_settings)

    def setting(self, name: str) -> str | None:
        """Return the value in force of the setting *name*, its case as git lists it."""
        return self.settings().get(name, (None,))[-1]

    def hooks(self, *names: str) -> dict[str, Path]:
        """
        Return the paths of those of git's hooks *names* that it runs, by name.

        They lie in `.git/hooks`, or where `core.hooksPath` says. git passes over those that may
        not be executed.
        """
        folder = self.directory / "hooks"
        if self.setting("core.hookspath") is not None:
            folder = self.root / self.process.run("rev-parse", "--git-path", "hooks").text
        paths = {name: folder / name for name in names}
        return {n: path for n, path in paths.items() if path.is_file() and os.access(path, os.X_OK)}

    def remembered(self, name: str, read: Callable[[], T]) -> T:
        """Return what *read* returns, or returned before if everything is read once."""
        if not self.read_once:
            return read()
        memory = self.__dict__.setdefault("_memory", {})
        if name not in memory:
            memory[name] = read()
        answer: T = memory[name]
        return answer

    def _read_settings(self) -> Mapping[str, tuple[str, ...]]:
        settings: dict[str, tuple[str, ...]] = {}
        for entry in filter(None, self.process.ask("config", "-z", "--list").text.split("\0")):
            name, line_break, value = entry.partition("\n")
            # a name without a value means yes
            settings[name] = (*settings.get(name, ()), value if line_break else "true")
        return settings


def _open_error(path: Path, args: tuple[str, ...], outcome: Outcome) -> Exception:
    from releasio.errors.git.repository import (
        BareRepository,
        InsideGitDirectory,
        LineBreakInPath,
        NotARepository,
        UnsafeRepository,
    )

    answers = outcome.text.split("\n")
    is_bare, is_inside = answers[0] == "true", answers[:2] == ["false", "true"]
    if "cannot use bare repository" in outcome.err:
        is_inside = ".git" in path.absolute().parts
        is_bare = not is_inside
    if is_bare or is_inside:
        return BareRepository(str(path)) if is_bare else InsideGitDirectory(str(path))
    if not outcome.status:
        return LineBreakInPath(str(path.absolute()))
    if "dubious ownership" in outcome.err:
        command = "git config --global --add safe.directory"
        remedy = next((line for line in outcome.err.splitlines() if command in line), command)
        return UnsafeRepository(str(path), remedy=remedy.strip())
    if "not a git repository" in outcome.err:
        return NotARepository(str(path))
    return failed(args, outcome)
