"""Directories that are no repository to work in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class NotARepository(ReleasioError):
    """
    The directory is not inside a git repository.

    releasio reads the version's reasons from the history, so it needs one.
    """

    exit_code = USAGE
    message = "{folder} is not inside a git repository"
    hint = """
        Go to the project, or give its directory: releasio check PATH. For a project without a
        history: git init, git add, git commit."""
    folder: str


class LineBreakInPath(ReleasioError):
    """
    The repository lies in a directory whose name has a line break.

    git answers in lines when it is asked where things are, so such a path
    cannot be told from two.
    """

    exit_code = USAGE
    message = "the repository's path {folder!r} has a line break in it"
    hint = "Rename the directory, or clone the repository to another one."
    folder: str


class BareRepository(ReleasioError):
    """
    The repository is bare: it has no work tree.

    Settings, version files and changelog are read from a work tree.
    """

    exit_code = USAGE
    message = "{folder} is a bare repository, without a work tree"
    hint = "Work in a clone of it: git clone {folder:shell}"
    folder: str


class InsideGitDirectory(ReleasioError):
    """
    The directory is git's own, not part of the work tree.

    Nothing in `.git` belongs to the project.
    """

    exit_code = USAGE
    message = "{folder} belongs to git, it is not part of the project"
    hint = "Go to the work tree, the directory that holds .git."
    folder: str


class UnsafeRepository(ReleasioError):
    """
    The repository belongs to another user, so git refuses to read it.

    This is usual in containers, where the checkout belongs to the host's user.
    git must be told that the directory is to be trusted.
    """

    exit_code = USAGE
    message = "{folder} belongs to another user, so git refuses to read it"
    hint = "If you trust it: {remedy}"
    folder: str
    _: KW_ONLY
    remedy: str
