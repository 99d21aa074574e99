"""Find the repository a directory belongs to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from releasio.frozen import frozen, replace
from releasio.world.git.process import (
    GitProcess,
    Outcome,
    clean_environment,
    failed,
    find_git,
)
from releasio.world.git.under_way import Batch, Pending, read_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Self

T = TypeVar("T")
TAGS = "refs/tags/"
BRANCHES = "refs/heads/"
LIST_REFS = (
    "for-each-ref",
    "--format=%(objectname) %(refname) %(HEAD)%(symref)",
    TAGS,
    BRANCHES,
    "refs/remotes/*/HEAD",
)
# for a new repository of our own, whatever a setting says of new ones
REFS_IN_FILES = {"GIT_DEFAULT_REF_FORMAT": "files"}
_DIGITS = frozenset("0123456789abcdef")
_LIST_SETTINGS = ("config", "-z", "--list")
_FORMATS = {40: "sha1", 64: "sha256"}  # by the digits of an id


@frozen
class Place:
    """
    A repository, seen from one of its work trees.

    Attributes:
        root: The top of the work tree.
        directory: The git directory that all work trees share.
        process: Starts git at `root`.
        read_once: Whether nothing is changed as long as this is used, as in a preview that asks
            nobody: refs and settings are then read once, which begins when it is opened.
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
        early = (LIST_REFS, _LIST_SETTINGS) if read_once else ()
        answers: dict[tuple[str, ...], object] = {q: Pending(process, q) for q in early}
        batch = Batch(process) if read_once else None
        outcome = process.ask(*args)
        match outcome.text.split("\n"):
            case ["false", "false", directory, root] if not outcome.status:
                top = Path(root)
                shared = (path / directory).resolve()
                place = cls(top, shared, replace(process, directory=top), read_once)
                place.__dict__.update(_answers=answers, _batch=batch, _facts={}, _ancestry=set())
                return place
        raise _open_error(path, args, outcome)

    def at(self, tree: Path) -> Self:
        """Return the same repository, seen from its work tree at *tree*."""
        return replace(self, root=tree, process=replace(self.process, directory=tree))

    def at_hand(self) -> Self:
        """Return the same, which fetches nothing: what a partial clone lacks is a failure then."""
        if self.read_once and not self._is_partial:
            return self
        env = {**self.process.env, "GIT_NO_LAZY_FETCH": "1"}
        return replace(self, process=replace(self.process, env=env))

    def settings(self) -> Mapping[str, tuple[str, ...]]:
        """
        Return git's settings, each with all its values, the one in force last.

        Raises:
            GitFailed: They cannot be read.
        """
        return self.answer(_LIST_SETTINGS, _settings_in)

    def begin_settings(self) -> None:
        """Begin to read git's settings, for whoever asks for them next."""
        answers = self.__dict__.get("_answers")
        if answers is not None and _LIST_SETTINGS not in answers:
            answers[_LIST_SETTINGS] = Pending(self.process, _LIST_SETTINGS)

    def forget(self) -> None:
        """
        Ask for settings, and by them for files, again when they are needed next.

        To be called after every program of somebody else's that may have changed them: a hook
        of ours or of git, a build.
        """
        if not self.read_once:
            self.__dict__.get("_answers", {}).clear()
            self.__dict__.pop("_batch", None)

    def fact(self, name: str, read: Callable[[], T]) -> T:
        """Return what *read* reads of the object *name*, once if that is a whole id."""
        facts: dict[str, T] = self.__dict__.get("_facts", {})
        if name not in facts:
            content = read()
            if not is_whole_id(name):
                return content
            facts[name] = content
        return facts[name]

    @property
    def ancestry(self) -> set[tuple[str, str]]:
        """
        Commits and those that contain them, by whole ids, as far as it was asked.

        It stays so, whatever is changed. A view `at` another work tree keeps nothing.
        """
        ancestry: set[tuple[str, str]] = self.__dict__.get("_ancestry", set())
        return ancestry

    def setting(self, name: str) -> str | None:
        """Return the value in force of the setting *name*, its case as git lists it."""
        return self.settings().get(name, (None,))[-1]

    def hooks(self, *names: str) -> dict[str, Path]:
        """
        Return the paths of those of git's hooks *names* that it runs, by name.

        They lie in `.git/hooks`, or where `core.hooksPath` says. git passes over those that may
        not be executed.
        """
        folder = self.hooks_folder()
        paths = {name: folder / name for name in names}
        return {n: path for n, path in paths.items() if path.is_file() and os.access(path, os.X_OK)}

    def hooks_folder(self) -> Path:
        """Return where git's hooks lie."""
        if self.setting("core.hookspath") is None:
            return self.directory / "hooks"
        return self.root / self.process.run("rev-parse", "--git-path", "hooks").text

    def own_directory(self) -> Path:
        """
        Return the git directory of this very work tree, where its index and its HEAD are.

        https://git-scm.com/docs/gitrepository-layout says how a file names it.

        Raises:
            OSError: There is none any more.
        """
        entry = self.root / ".git"
        if entry.is_dir():
            return entry.resolve()
        path = os.fsdecode(entry.read_bytes()).removeprefix("gitdir: ").rstrip("\r\n")
        return (self.root / path).resolve()

    def answer(self, question: tuple[str, ...], read: Callable[[Outcome], T]) -> T:
        """
        Return what *read* makes of git's answer, or made of it before.

        Where `open` found the repository it is remembered until `forget`, or for good if everything
        is read once; a view `at` another work tree asks each time.
        """
        if self.read_once:
            answers = self.__dict__.setdefault("_answers", {})
        elif (answers := self.__dict__.get("_answers")) is None:
            return read(self.process.ask(*question))
        if question not in answers:
            answers[question] = Pending(self.process, question)
        if isinstance(answers[question], Pending):
            answers[question] = read(answers[question].outcome())
        answer: T = answers[question]
        return answer

    def contents(self, requests: Sequence[str]) -> list[bytes]:
        """
        Return what `read_batch` does, from one git until `forget`: by then, filters may be others.

        A view `at` another work tree has none. In a partial clone it would fetch, and leave behind
        what that started.
        """
        # where settings are not known, to ask for them would take a git, too
        is_known = self.read_once or _LIST_SETTINGS in self.__dict__.get("_answers", ())
        if not is_known or self._is_partial:
            return read_batch(self.process, requests)
        batch = self.__dict__.pop("_batch", None) or Batch(self.process)
        answers: list[bytes] = batch.answers(requests)
        self.__dict__["_batch"] = batch  # not one that gave up
        return answers

    @property
    def _is_partial(self) -> bool:
        """Whether objects may have to be fetched when they are asked for."""
        settings = self.settings()
        return any(n == "extensions.partialclone" or n.endswith(".promisor") for n in settings)


@frozen
class Part:
    """
    What is asked of a repository about one subject.

    Attributes:
        place: The repository.
    """

    place: Place

    @property
    def process(self) -> GitProcess:
        """Starts git."""
        return self.place.process


def is_whole_id(name: str) -> bool:
    """Tell whether *name* is all digits of an object, which never stand for another one."""
    return len(name) in _FORMATS and set(name) <= _DIGITS


def _settings_in(outcome: Outcome) -> Mapping[str, tuple[str, ...]]:
    if outcome.status:
        raise failed(_LIST_SETTINGS, outcome)
    settings: dict[str, tuple[str, ...]] = {}
    for entry in filter(None, outcome.text.split("\0")):
        name, line_break, value = entry.partition("\n")
        # a name without a value means yes
        # in the order of the last ones: of two names for one thing the later counts
        settings[name] = (*settings.pop(name, ()), value if line_break else "true")
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


def object_format(commit: str) -> str:
    """Return the option of `git init` for a repository that has objects such as *commit*."""
    return f"--object-format={_FORMATS[len(commit)]}"
