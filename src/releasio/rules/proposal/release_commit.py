"""What the messages of commits say about the version that they prepare."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.versions.version import version_or_none
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.version import Version

TRAILER = "Release-Version"
_TRAILER = pattern(rf"^{TRAILER}:[ \t]*v?(\S+)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_SUBJECT = pattern(r"(?:\* )?chore\(release\): prepare (?:\S+ )?v(\S+?)(?: \([#!]\d+\))?")


def trailer_of(version: Version) -> str:
    """Return the line that says which version a commit prepares, where no file says it."""
    return f"{TRAILER}: {version}"


def version_prepared_by(messages: Iterable[str]) -> Version | None:
    """
    Return the version that a change to the branch prepares, by what its commits say.

    A trailer counts wherever it stands: of a squashed pull request the message has the messages
    of its commits, or its description. Without one, the subject of a release commit counts, or
    the heading of a release pull request.

    Args:
        messages: Of the commit on the branch first, then of those that it merges.
    """
    texts = [message.replace("\r\n", "\n") for message in messages]
    for text in texts:
        for match in reversed(_TRAILER.findall(text)):
            if version := version_or_none(match):
                return version
    for text in texts:
        if version := version_of_subject(text.partition("\n")[0]):
            return version
    return None


def version_of_subject(subject: str) -> Version | None:
    """Return the version that the *subject* of a release commit says; None: it is none."""
    match = _SUBJECT.fullmatch(subject.strip())
    return version_or_none(match[1]) if match else None
