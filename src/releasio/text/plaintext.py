"""Text from commits, children and servers, made harmless for a terminal and for CI's log."""

from __future__ import annotations

import re

from releasio.text.pattern import pattern

_SEQUENCE = pattern(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
_CONTROL = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_COMMAND = pattern(r"^([^\S\n]*)::|##\[", re.MULTILINE)
_BREAK = "\u200b"  # zero width: the log looks the same, but the runner sees no command


def printable(text: str) -> str:
    """
    Return *text* without what could move a cursor, recolour or reorder a line.

    Escape sequences go; other control characters become `?`; what is invisible or changes
    the order of letters is escaped. Line feeds and tabs stay.
    """
    if text.isascii() and text.replace("\n", "").isprintable():  # most often: nothing is to be done
        return text
    from releasio.text.invisible import shown

    return shown(_CONTROL.sub("?", _SEQUENCE.sub("", text)))


def inert(text: str) -> str:
    """
    Return *text* without workflow commands for the GitHub Actions runner.

    The runner obeys lines that begin with `::name` and the older `##[name]`
    anywhere, whoever wrote them: a commit's subject must not set an output.
    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return _COMMAND.sub(lambda m: f"{m[1]}{_BREAK}::" if m[1] is not None else f"#{_BREAK}#[", text)


def command_value(text: str) -> str:
    """Escape *text* as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """Escape *text* as a property (file, line, title) of a workflow command."""
    return command_value(text).replace(":", "%3A").replace(",", "%2C")
