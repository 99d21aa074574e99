"""git-cliff, where a project has it write the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class GitCliffMissing(ReleasioError):
    """
    git-cliff is to write the notes, and is not installed.

    `changelog.engine` says so, and `changelog.native_fallback = false` that nobody else may.
    """

    exit_code = USAGE
    message = "git-cliff is to write the notes (changelog.engine), and is not installed"
    hint = """
        Install it where releasio runs (pip install git-cliff), or let releasio write them:
        changelog.native_fallback = true"""


class GitCliffFails(ReleasioError):
    """
    git-cliff wrote no notes.

    It runs before anything is changed, without a network and without credentials. It gets nothing
    from a forge.
    """

    message = "git-cliff {problem}{tail:indented}"
    hint = "Run `git cliff --offline --unreleased` in the project, and repair what it names."
    problem: str
    _: KW_ONLY
    tail: Sequence[str]
