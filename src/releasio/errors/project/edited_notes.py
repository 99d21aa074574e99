"""Notes that cannot be edited, or were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class EditNeedsTerminal(ReleasioError):
    """
    `--edit` opens an editor, and nobody is there to use it.

    It needs a terminal for what is typed and for what is shown. In a CI job, and with `--json`,
    there is none.
    """

    exit_code = USAGE
    message = "--edit opens an editor, and {reason}"
    hint = """
        Write the section into the changelog and commit it, or run the release from a terminal."""
    reason: str


class EditorFails(ReleasioError):
    """
    The editor did not end well, so nothing was released.

    git says which one it is: `GIT_EDITOR`, `core.editor`, `VISUAL`, `EDITOR`.
    """

    message = "the editor {problem}; nothing was changed"
    hint = "`git var GIT_EDITOR` shows which one it is. What was typed so far is in {path}."
    problem: str
    _: KW_ONLY
    path: str


class NotesEmpty(ReleasioError):
    """
    The notes that came back from the editor are empty.

    That is how a release is called off, as with the message of a commit.
    """

    message = "the notes of {version} are empty, so nothing was released and nothing was changed"
    version: str


class NotesCommitted(ReleasioError):
    """
    The notes of this version are committed, or public, and cannot be edited on the way.

    `--edit` is for a release that is made from the commits. Where somebody prepared the version,
    its section is in the changelog.
    """

    exit_code = USAGE
    message = "the notes of {version} are not to be written any more, so --edit has nothing to open"
    hint = "Edit its section in the changelog, and commit that. Then leave --edit away."
    version: str


class NotesOutdated(ReleasioError):
    """
    While the notes were edited, another version became the next one.

    Somebody pushed or tagged meanwhile.
    """

    message = "the notes were edited for {edited}, and the next version is {version} now"
    hint = "Run it again, and edit the notes of {version}."
    version: str
    _: KW_ONLY
    edited: str
