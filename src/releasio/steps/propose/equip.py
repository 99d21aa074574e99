"""Give a new release pull request its labels, reviewers and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, raise_all
from releasio.frozen import frozen, replace
from releasio.rules.proposal.state_block import read_block, with_block, without_block
from releasio.steps.forge.access import forge_at
from releasio.steps.step import State, Todo, needed
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import MergeMethod, PullRequest
    from releasio.world.forge.forge import Forge
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Equip:
    """
    Label a new pull request, ask for reviews, assign it, and have it merged by itself.

    It is done once: what people take away again stays away.

    Attributes:
        place: Whose forge.
        labels, reviewers, assignees: Names.
        merge: How it is merged as soon as its rules allow it; None: by people.
        trailer: As the block has it.
        open_one: The one that is open, if it was before this run.
    """

    place: ForgePlace | None
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    merge: MergeMethod | None = None
    trailer: str = ""
    open_one: PullRequest | None = None

    def __str__(self) -> str:
        return ", ".join(text for text, _ in self._deeds())

    def probe(self, world: World) -> State:
        """It is planned for a pull request that did not get all of it."""
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """
        Do all of it, then say in the block that it is done.

        Raises:
            Problems: The forge refused some of it; the rest is done.
            ReleasioError: It refused one thing.
        """
        forge = forge_at(world, self.place)
        pull = needed(run.pull_request or self.open_one, "there is no pull request yet")
        errors: list[ReleasioError] = []
        for _, deed in self._deeds():
            try:
                deed(forge, pull)
            except ReleasioError as error:
                errors.append(error)
        raise_all(errors)
        record = read_block(pull.body)
        if record is not None:
            body = with_block(
                without_block(pull.body), replace(record, complete=True), trailer=self.trailer
            )
            run.pull_request = forge.edit_pull_request(pull.number, title=pull.title, body=body)

    def _deeds(self) -> Iterator[tuple[str, Callable[[Forge, PullRequest], None]]]:
        """Yield what is to be done, in words and for real."""
        if self.labels:
            yield (
                f"label it {listed(self.labels)}",
                lambda forge, pull: forge.add_labels(pull.number, self.labels),
            )
        if self.reviewers:
            yield (
                f"ask {listed(self.reviewers)} for a review",
                lambda forge, pull: forge.request_reviews(pull.number, self.reviewers),
            )
        if self.assignees:
            yield (
                f"assign it to {listed(self.assignees)}",
                lambda forge, pull: forge.assign(pull.number, self.assignees),
            )
        if method := self.merge:
            yield (
                f"have it merged ({method}) when its rules allow it",
                lambda forge, pull: forge.merge_when_ready(pull, method),
            )
