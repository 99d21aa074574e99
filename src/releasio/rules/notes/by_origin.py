"""Changes with the numbers of the pull requests that the forge knows they came with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from releasio.rules.commits.change import Change
    from releasio.rules.forge.links import Links
    from releasio.rules.forge.pull_request import CommitOrigin


def by_origin(
    changes: Iterable[Change], origins: Mapping[str, CommitOrigin], links: Links | None
) -> list[Change]:
    """Return *changes*, each with its pull request, also where no commit names it."""
    return [_with_reference(change, origins.get(change.commit.id), links) for change in changes]


def reference_to(number: int, links: Links | None) -> str:
    """Return what the forge calls a pull request: `#12`, or `!12`."""
    return f"{'!' if links and links.pages in {'gitlab', 'azure'} else '#'}{number}"


def _with_reference(change: Change, origin: CommitOrigin | None, links: Links | None) -> Change:
    if change.reference or origin is None or origin.number is None:
        return change
    return change._replace(reference=reference_to(origin.number, links))
