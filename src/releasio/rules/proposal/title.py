"""The heading of a release pull request, and what somebody changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.versions.version import version_or_none
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.rules.proposal.state_block import ProposalRecord

_GENERATED = pattern(r"chore\(release\): prepare ")
_NAMED = pattern(r"(?<![\w.])v?(\d+\.\w[\w.]*)")


def title_of(project: str, version: Version) -> str:
    """Return the heading: the one of 2.x, which workflows look for in the squashed commit."""
    return f"chore(release): prepare {project} v{version}"


def version_by_title(title: str, record: ProposalRecord) -> Version | None:
    """
    Return the version that somebody wrote into *title* in place of the proposed one.

    Args:
        title: The heading now.
        record: The heading as it was written, and the version in it.
    """
    before, mark, after = record.title.rpartition(record.version)
    if not mark or title == record.title or len(title) < len(before) + len(after):
        return None
    if not (title.startswith(before) and title.endswith(after)):
        return None
    return version_or_none(title[len(before) : len(title) - len(after)])


def version_named_by(title: str) -> Version | None:
    """Return the first version that *title* names, whatever else it says; None: it names none."""
    versions = (version_or_none(words.rstrip(".")) for words in _NAMED.findall(title))
    return next(filter(None, versions), None)


def next_title(title: str, record: ProposalRecord | None, generated: str, version: Version) -> str:
    """
    Return the heading as it is to be from now on.

    One in somebody's own words stays, and says the new version where it said the old one.

    Args:
        title: The heading now.
        record: As it was written; None: not known.
        generated: As it would be written without anybody's words.
        version: The version that is proposed now.
    """
    if record is None:
        return generated if _GENERATED.match(title) else title
    is_as_written = title == record.title or version_by_title(title, record) is not None
    words = record.title if is_as_written else title
    before, mark, after = words.rpartition(record.version)
    return f"{before}{version}{after}" if mark else words
