"""Start git: the one place that knows how."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from releasio.errors.git.commands import GitFailed, GitMissing, RemoteUnreachable
from releasio.frozen import frozen, replace
from releasio.rules.forge.forge_url import without_credentials
from releasio.rules.running.environment import git_environment, without_forge_tokens
from releasio.rules.running.search_path import fixed_folders, fixed_path
from releasio.world.processes.pipes import HEARD_OUT, Listener, converse, next_part

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path
    from typing import IO

# what a hook of another repository, or of this one, leaves in the environment
_LEFTOVERS = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_ATTR_SOURCE",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_GRAFT_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
        "LANGUAGE",
    }
)
_FIXED = {
    "LC_ALL": "C.UTF-8",  # English messages, and UTF-8 for the hooks that git starts
    "GIT_EDITOR": ":",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS = (
    "core.quotePath=false",
    "color.ui=false",
    "gc.auto=0",
    "maintenance.auto=false",
    # a program, or a service that would stay behind for every scratch tree
    "core.fsmonitor=false",
    # committed files that look like a bare repository are none: its settings could run anything
    "safe.bareRepository=explicit",
)
_IN_ONE_GO = {"GIT_FLUSH": "0"}  # else `git log` writes every commit on its own into a pipe
_AHEAD = 1 << 20  # bytes git may write before they are read, so that both work at once
# they run no hook and no filter, so nothing of theirs outlives them: no threads to listen with
_ALONE = frozenset({"config", "for-each-ref", "merge-base", "rev-parse", "symbolic-ref", "var"})


@frozen
class Outcome:
    """How a git command ended."""

    status: int
    out: bytes
    err: str  # what it wrote to stderr, without credentials and surrounding blank space

    @property
    def text(self) -> str:
        """The output as text, without the last newline."""
        return self.out.decode("utf-8", "surrogateescape").removesuffix("\n")


def clean_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* as git needs it to find this repository, push, and speak English; no more."""
    cleaned = {k: text for k, text in git_environment(env).items() if k not in _LEFTOVERS} | _FIXED
    for name in ("PATH", "Path"):  # the second on Windows
        if name in cleaned:
            # neither a git that lies in a checkout is started, nor an ssh or gpg by git
            cleaned[name] = fixed_path(cleaned[name])
            if not cleaned[name]:  # nothing would stand for the present directory again
                del cleaned[name]
    return cleaned


def with_settings(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* with our settings in it, for who starts git without `GitProcess`."""
    begin = int(env.get("GIT_CONFIG_COUNT") or 0)
    numbered = {"GIT_CONFIG_COUNT": str(begin + len(_SETTINGS))}
    for number, setting in enumerate(_SETTINGS, begin):
        key, _, value = setting.partition("=")
        numbered |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return {**env, **numbered}


@frozen
class GitProcess:
    """
    Starts git in one directory.

    Attributes:
        directory: Where git runs.
        env: As `clean_environment` returns it.
        patience: Seconds a command may take that talks to a remote.
        program: git's path, as it was when the run began: a build that puts another `git` into a
            folder of `PATH` must not get the push; empty: it is looked for each time.
    """

    directory: Path
    env: Mapping[str, str]
    patience: float = 120.0
    program: str = ""

    def ask(
        self,
        *args: str,
        feed: bytes | None = None,
        extra: Mapping[str, str] | None = None,
        descriptors: tuple[int, ...] = (),
    ) -> Outcome:
        """Run git to its end, however it ends; it reads *feed* and inherits *descriptors*."""
        is_fed = feed is not None
        child = self.start(*args, fed=is_fed, extra=extra, descriptors=descriptors)
        return outcome_of(child, args, feed)

    def run(
        self, *args: str, feed: bytes | None = None, extra: Mapping[str, str] | None = None
    ) -> Outcome:
        """
        Run git, which must succeed.

        Raises:
            GitFailed: It did not.
        """
        outcome = self.ask(*args, feed=feed, extra=extra)
        if outcome.status:
            raise failed(args, outcome)
        return outcome

    def call(self, remote: str, *args: str, feed: bytes | None = None) -> Outcome:
        """
        Run git, which talks to *remote*, to its end or until patience is.

        Raises:
            RemoteUnreachable: The time was up; git was ended.
        """
        with self.start(*args, fed=feed is not None) as child:
            try:
                out, stderr = converse(child, feed, self.patience)
            except BaseException as error:
                from releasio.world.processes.ending import end

                end(child)
                if isinstance(error, subprocess.TimeoutExpired):
                    silence = f"no answer within {self.patience:g} s"
                    raise RemoteUnreachable(remote, silence) from None
                raise
        return Outcome(child.returncode, out, _message(stderr))

    def stream(self, *args: str) -> Generator[bytes, None, None]:
        """
        Yield git's output as it comes; git is ended when the consumer stops.

        Raises:
            GitFailed: git failed; after all it wrote was yielded.
        """
        with self.start(*args, extra=_IN_ONE_GO) as child:
            listener = Listener(child.stderr)
            child.stderr = None  # the listener's
            try:
                while chunk := next_part(child.stdout):
                    yield chunk
            except BaseException:
                child.kill()
                raise
            finally:
                child.wait()
                listener.linger(time.monotonic() + HEARD_OUT)
        if child.returncode:
            raise failed(args, Outcome(child.returncode, b"", _message(listener.heard)))

    def start(
        self,
        *args: str,
        fed: bool = False,
        extra: Mapping[str, str] | None = None,
        descriptors: tuple[int, ...] = (),
    ) -> subprocess.Popen[bytes]:
        """
        Start git with pipes on output and error, and on input if it is *fed*.

        It inherits *descriptors*, except on Windows.

        Raises:
            GitMissing: There is no git.
            NotARepository: The directory does not exist.
        """
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        try:
            child = subprocess.Popen(
                [self.program or find_git(self.env) or "git", *settings, *args],
                cwd=self.directory,
                env={**self.env, **(extra or {})},
                stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=() if sys.platform == "win32" else descriptors,
            )
        except (FileNotFoundError, NotADirectoryError):
            if not self.directory.is_dir():
                from releasio.errors.git.repository import NotARepository

                raise NotARepository(str(self.directory)) from None
            raise GitMissing from None
        _widen(child.stdout)
        return child


def outcome_of(
    child: subprocess.Popen[bytes], args: tuple[str, ...], feed: bytes | None = None
) -> Outcome:
    """Return how *child*, a git that was started with *args*, ends; it reads *feed*."""
    with child:
        try:
            out, stderr = child.communicate() if args[0] in _ALONE else converse(child, feed)
        except BaseException:
            child.kill()
            raise
    return Outcome(child.returncode, out, _message(stderr))


def gave_up(child: subprocess.Popen[bytes], args: tuple[str, ...], errors: Listener) -> GitFailed:
    """Return the error for *child*, whose output has come to its end too early."""
    child.wait()
    errors.linger(time.monotonic() + HEARD_OUT)
    return failed(args, Outcome(child.returncode, b"", _message(errors.heard)))


def without_forge(process: GitProcess) -> GitProcess:
    """Return the same without the forge's tokens: for what runs hooks and does not push."""
    return replace(process, env=without_forge_tokens(process.env))


def find_git(env: Mapping[str, str]) -> str:
    """
    Return git's path; empty: there is none.

    Only fixed folders of `PATH` are looked in. Windows itself would look in the
    current directory first, and a checkout may hold a `git.exe`.

    Args:
        env: As `clean_environment` returns it.
    """
    if sys.platform == "win32":
        from releasio.world.processes.programs import find_program

        return find_program("git", env) or ""
    folders = fixed_folders(env.get("PATH") or os.defpath)
    places = (f"{folder}/git" for folder in folders)
    return next((p for p in places if os.access(p, os.X_OK) and not os.path.isdir(p)), "")  # noqa: PTH112 -- pathlib is slower


def _widen(pipe: IO[bytes] | None) -> None:
    """Let *pipe* hold more, where the system can; a long history is read a third faster."""
    if sys.platform != "linux" or pipe is None:
        return
    import fcntl

    with suppress(OSError):  # the limits of this user: then it stays as it is
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _AHEAD)


def failed(args: tuple[str, ...], outcome: Outcome) -> GitFailed:
    """Return the error for a git command that ended in a way nobody foresaw."""
    command = next((arg for arg in args if not arg.startswith("-") and "=" not in arg), "")
    message = outcome.err or outcome.text
    return GitFailed(command, outcome.status, message.removeprefix("fatal: "))


def _message(stderr: bytes) -> str:
    return without_credentials(stderr.decode("utf-8", "replace").strip())
