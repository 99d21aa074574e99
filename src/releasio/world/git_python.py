"""GitPython, for repositories of our own: its git is started as ours is."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.errors.git.commands import GitFailed, GitMissing
from releasio.rules.forge.forge_url import without_credentials
from releasio.world.git.process import clean_environment, find_git, with_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from git import GitCommandError, Repo

_READABLE = {"GIT_DEFAULT_HASH": "sha1", "GIT_DEFAULT_REF_FORMAT": "files"}  # by GitPython, too


@contextmanager
def git_python(env: Mapping[str, str]) -> Iterator[type[Repo]]:
    """
    Give GitPython's `Repo`, whose git has what `clean_environment` leaves of *env*.

    GitPython gives every git all of `os.environ`, from which nothing can be taken away for one
    command, reads `GIT_DIR` there itself, and starts the first `git` on `PATH` when it is
    imported. So the process has another environment inside: no thread may start a program
    meanwhile, and a repository that is opened inside must be closed inside.

    Raises:
        GitMissing: There is no git.
        GitFailed: A command of GitPython's failed inside.
    """
    clean = with_settings(clean_environment(env))
    program = find_git(clean)
    if not program:
        raise GitMissing
    with _environment({**clean, **_READABLE, "GIT_PYTHON_GIT_EXECUTABLE": program}):
        from git import GitCommandError, Repo, refresh

        logging.getLogger("git").addHandler(logging.NullHandler())  # what it says is in its errors
        refresh(program)  # for when it was imported before, with another one
        try:
            yield Repo
        except GitCommandError as error:
            raise _failed(error) from error


@contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(env)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _failed(error: GitCommandError) -> GitFailed:
    command = next((word for word in error.command[1:] if not word.startswith("-")), "")
    message = error.stderr.strip().removeprefix("stderr: '").removesuffix("'").strip()
    status = error.status if isinstance(error.status, int) else 1
    return GitFailed(command, status, without_credentials(message).removeprefix("fatal: "))
