"""Given files that cannot be published, because of what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError
from releasio.errors.files.archive import WheelDamaged
from releasio.errors.files.distribution import (
    DistributionMisnamed,
    MetadataDisagrees,
    PlatformTagRefused,
    SecondSdist,
)
from releasio.errors.files.twine import TwineRefuses
from releasio.errors.index.answers import DistributionUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotAFile(ReleasioError):
    """
    What was given as a distribution is no file.

    A file is read several times: to be checked, to be hashed, and each time it is sent.
    A pipe can be read once, and only as long as somebody writes into it.
    """

    exit_code = USAGE
    message = "{file} is a {kind}, and no file"
    hint = "Write what comes out of it to a file: an upload may have to be sent twice."
    file: str
    kind: str


class LeadsNowhere(ReleasioError):
    """
    What was given as a distribution is a link, and there is nothing where it leads.

    The file was removed, moved or never made; or the link came from another machine, where
    its target is.
    """

    exit_code = USAGE
    message = "{link} is a link to {target}, and there is nothing"
    hint = """
        Put the file there, or in place of the link; if it is not of this release, remove the
        link."""
    link: str
    target: str


class OutdatedKind(ReleasioError):
    """
    A given distribution is of a kind that indexes do not take any more.

    Wheels and `.tar.gz` source distributions are left of a longer list; eggs and `.zip`
    source distributions are refused. They are named rather than passed over, so that no
    release goes out without a file somebody meant to be part of it.

    Source: https://peps.python.org/pep-0527/, https://peps.python.org/pep-0625/
    """

    exit_code = USAGE
    message = "{names:listed} {names:/is/are} of a kind that is not uploaded any more"
    hint = """
        Leave {names:/it/them} out, or have {names:/it/them} built as a wheel or .tar.gz: releasio
        publish dist/*.whl dist/*.tar.gz"""
    names: Sequence[str]


def for_given(error: ReleasioError) -> ReleasioError:
    """
    Return *error* about a file that somebody else built, with advice for who has only the file.

    What its hint says is for a build: it is told as what to hand on, where nothing can be done
    about the file itself.
    """
    error.hint = _INSTEAD.get(type(error)) or _handed_on(error.hint)
    return error


def _handed_on(hint: str) -> str:
    if "build it again" in hint:
        return hint.replace("build it again", _AGAIN)
    return (
        "It has to be built again by whoever built it; nothing here changes it. For them: " + hint
    )


_AGAIN = "get it again from where it was built, or have it built again there"
_INSTEAD: dict[type[ReleasioError], str] = {
    DistributionMisnamed: (
        "If somebody renamed it, give it back the name it was built with. Else it has to be built "
        "again with a newer build backend: old ones write names the index no longer takes."
    ),
    DistributionUnreadable: (
        "Get it again from where it was built; if it is the same there, it has to be built again."
    ),
    MetadataDisagrees: (
        "Leave out what is not of this release. What should be has to be built again by whoever "
        "built it, from the commit of the release."
    ),
    PlatformTagRefused: (
        "Repair it here with auditwheel, have it built with cibuildwheel, or leave it out."
    ),
    SecondSdist: "Name one of them only.",
    TwineRefuses: (
        "If twine is right, it has to be built again by whoever built it. If twine errs, upgrade "
        "it, or publish.validate_before_publish = false does not ask it."
    ),
    WheelDamaged: f"{_AGAIN[0].upper()}{_AGAIN[1:]}.",
}
