"""Why a project was not set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class InitNeedsTerminal(ReleasioError):
    """
    `releasio init` asks questions, and nobody is there to answer them.

    It needs a terminal for what is typed and for what is shown. In a CI job, in a pipe, and with
    `--json`, there is none.
    """

    exit_code = USAGE
    message = "init asks questions, and {reason}"
    hint = """
        releasio init --yes takes what it finds in the project and asks nothing; --dry-run shows
        that."""
    reason: str


class AnswersEnded(ReleasioError):
    """
    The questions came to no end: there was no answer to one of them.

    The input was closed, as by Ctrl-D. Files are written after the last question only.
    """

    message = "the question for the {name} got no answer"
    hint = "Run it again; releasio init --yes asks nothing."
    name: str


class FileReadOnly(ReleasioError):
    """
    A file that would be changed may not be written.

    Its permissions say so, and somebody gave it those. They stay.
    """

    exit_code = DISAGREES
    message = "{path} is read-only"
    hint = "If it is yours to change, let it be written (chmod u+w {path:shell}), then run again."
    path: str


class FileChangedMeanwhile(ReleasioError):
    """
    A file is not what it was when it was shown.

    Somebody, or an editor, wrote it while the questions were answered. It is not overwritten.
    """

    exit_code = DISAGREES
    message = "{path} changed while init asked its questions"
    hint = "Run it again: it shows what would become of the file as it is now."
    path: str


class SettingsElsewhere(ReleasioError):
    """
    The project has settings already, and they are in another file.

    One settings file counts alone. A second one would hide what the first one says.
    """

    exit_code = USAGE
    message = "the settings are in {existing} already, and a {wanted} beside it would hide them"
    hint = "Leave --config away; init edits {existing}. Or move the settings first."
    existing: str
    _: KW_ONLY
    wanted: str
