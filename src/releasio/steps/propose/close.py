"""Close a release pull request that has nothing to release any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.proposal.state_block import (
    ProposalRecord,
    read_block,
    with_block,
    without_block,
)
from releasio.steps.forge.access import forge_at
from releasio.steps.step import State, Todo

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class ClosePullRequest:
    """
    Close it, and say why.

    Attributes:
        place: Whose forge.
        pull: The one that is open.
        reason: Why nothing is released, as a sentence.
    """

    place: ForgePlace
    pull: PullRequest
    reason: str

    def __str__(self) -> str:
        return f"close {self.pull.name}"

    def probe(self, world: World) -> State:
        """It was open a moment ago."""
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """
        Write down that nobody closed it by hand, then close it.

        Raises:
            ReleasioError: The forge did not answer, or refused; running again goes on.
        """
        forge, pull = forge_at(world, self.place), self.pull
        record = read_block(pull.body) or ProposalRecord(version="0")
        body = with_block(without_block(pull.body), replace(record, closed=True))
        forge.edit_pull_request(pull.number, title=pull.title, body=body)
        comment = f"There is nothing to release any more: {self.reason}"
        forge.close_pull_request(pull.number, comment)
        run.pull_request = replace(pull, state="closed")
