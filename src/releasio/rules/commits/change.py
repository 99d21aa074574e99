"""One thing that changed, as a commit says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from releasio.rules.commits.commit import Commit


class Change(NamedTuple):
    """One thing that changed; a squashed commit may say several."""

    commit: Commit
    type: str  # in lower case
    scope: str | None
    description: str  # without the reference to a pull request
    breaking: bool = False
    # what `BREAKING CHANGE:` footers say: paragraphs, items and code, each on its lines
    breaking_notes: tuple[str, ...] = ()
    group: str | None = None  # the changelog heading a parser asks for
    reference: str = ""  # the pull request as the forge writes it: `#12`, `!12`

    @property
    def pull_request(self) -> int | None:
        """The number of the pull request it came with."""
        return int(self.reference[1:]) if self.reference else None
