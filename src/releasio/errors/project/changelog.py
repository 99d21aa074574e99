"""Changelogs that cannot be, or were not, written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class ChangelogUnsupported(ReleasioError):
    """
    The changelog is in a format that releasio does not write.

    It writes Markdown, reStructuredText and AsciiDoc. Name another file, or
    keep your own one by hand and switch the changelog off.
    """

    exit_code = USAGE
    message = "{path} is no Markdown, reStructuredText or AsciiDoc ({suffix})"
    hint = "Set changelog.path to a file with {supported:joined}, or changelog.enabled = false"
    path: str
    suffix: str
    _: KW_ONLY
    supported: Sequence[str]


class ChangelogUnchanged(ReleasioError):
    """
    The changelog would not have a section for the release.

    A release whose notes are missing is noticed too late, so this stops it. It
    is a defect of releasio unless the changelog's headings are very unusual.
    """

    message = "{path} would not have a section for {version}"
    hint = "Write the heading `## [{version}]` into it yourself, or set changelog.enabled = false"
    path: str
    version: str


class FileNotInGit(ReleasioError):
    """
    A file that the release would write is there already, and git does not have it.

    A release is made from what is committed, so it would begin that file anew, and
    bringing the work tree up to date would replace yours, silently where an ignore rule
    matches it.
    """

    exit_code = DISAGREES
    message = "{path} is there, but not in git, and the release would write a new one over it"
    hint = """
        Commit it (git add --force {path:shell}), or move it away. Where releases should not write
        it: changelog.enabled = false"""
    path: str


class ChangelogBehind(ReleasioError):
    """
    The changelog of the release commit has no section for the version.

    File names, metadata, tag, pyproject.toml and changelog must say the same
    version before anything is public. A new release writes the section itself;
    this one was prepared by hand.
    """

    exit_code = DISAGREES
    message = "{path} {problem}"
    hint = """
        Write one (releasio changelog prints the notes) and commit it, or keep none:
        changelog.enabled = false"""
    path: str
    version: str
    _: KW_ONLY
    committed: bool = True
    still_open: str = ""  # line and text of the heading that says so

    @property
    def problem(self) -> str:
        """What is the matter with it."""
        if self.still_open:
            return f"says that {self.version} is not released yet: {self.still_open}"
        lacks = f"has no section for {self.version}"
        return lacks if self.committed else f"is not committed, so the release commit {lacks}"


class FragmentToolMissing(ReleasioError):
    """
    The tool that collects the news fragments is not installed.

    `changelog.fragments` says that it writes the changelog. A release without it would have no
    section there, and the fragments would stay.
    """

    exit_code = USAGE
    message = "{tool} is to write the changelog, and is not installed"
    hint = """
        Install it where releasio runs (pip install {tool}), or take changelog.fragments out of the
        settings."""
    tool: str


class FragmentsNotCollected(ReleasioError):
    """
    The tool that collects the news fragments failed.

    A release runs it in the work tree of the release commit, without credentials, and nothing of
    the project is changed. `releasio update` runs it in the project itself.
    """

    message = "`{command}` exited with status {status}{tail:indented}"
    hint = "Run it by hand in a copy of the project, and repair what it names."
    command: str
    _: KW_ONLY
    status: int
    tail: Sequence[str]
