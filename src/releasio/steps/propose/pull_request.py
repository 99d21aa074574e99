"""Open a release pull request, or make it say what is proposed now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.forge.answers import ForgeRefused, NoForge, NoForgeToken
from releasio.frozen import frozen, replace
from releasio.rules.proposal.state_block import with_block
from releasio.steps.forge.access import forge_at
from releasio.steps.forge.rights import rights_state
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import PullRequest, PullRequestText
    from releasio.rules.proposal.state_block import ProposalRecord
    from releasio.world.forge.forge import Forge
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class SavePullRequest:
    """
    Open the pull request, or edit the one that is open.

    Attributes:
        place: Whose forge; None: none is known.
        text: What it shall say, without the block.
        record: What the block shall say; the commit is added that was pushed.
        trailer: A line for squashed commits, in the block; empty: none.
        open_one: The one that is open; None: there is none.
        pushes: Whether the branch is pushed before.
        remote_url: For the error where no forge is known.
    """

    place: ForgePlace | None
    text: PullRequestText
    record: ProposalRecord
    trailer: str
    open_one: PullRequest | None
    pushes: bool
    remote_url: str = ""

    def __str__(self) -> str:
        if self.open_one is None:
            draft = "a draft of a pull request" if self.text.draft else "a pull request"
            return f'open {draft}: "{self.text.title}"'
        return f"update {self.open_one.name}"

    def probe(self, world: World) -> State:
        """Compare what it says with what it shall say, and ask whether the token may change it."""
        if world.offline:
            return Todo("the forge was not asked")
        try:
            forge = forge_at(world, self.place, self.remote_url)
        except (NoForge, NoForgeToken) as error:
            return Blocked(error)
        if self.open_one is None:
            return self._state_of_new(world, forge)
        body = self._body(self.record)
        is_same = (self.open_one.title, _normal(self.open_one.body)) == (self.text.title, body)
        return (
            Done() if is_same and not self.pushes else rights_state(world, forge, "pull-requests")
        )

    def _state_of_new(self, world: World, forge: Forge) -> State:
        if _open(forge, self.text) is None:
            return rights_state(world, forge, "pull-requests")
        from releasio.errors.forge.proposal import ProposedElsewhere

        return Blocked(ProposedElsewhere(self.text.head, "the forge"))

    def apply(self, world: World, run: Run) -> None:
        """
        Open or edit it, and leave it to the steps that follow.

        Raises:
            ForgeRefused: The forge does not want it.
            ReleasioError: It did not answer, or the token may not; running again goes on.
        """
        forge = forge_at(world, self.place)
        commit = run.proposed_commit or self.record.commit
        text = replace(self.text, body=self._body(replace(self.record, commit=commit)))
        number = self.open_one.number if self.open_one else None
        if number is None:
            try:
                run.pull_request = forge.create_pull_request(text)
            except ForgeRefused:
                # of two runs that open one at the same time the forge refuses the second
                opened = _open(forge, text)
                if opened is None:
                    raise
                number = opened.number
            else:
                return
        run.pull_request = forge.edit_pull_request(number, title=text.title, body=text.body)

    def _body(self, record: ProposalRecord) -> str:
        return with_block(self.text.body, record, trailer=self.trailer)


def _open(forge: Forge, text: PullRequestText) -> PullRequest | None:
    pulls = forge.pull_requests(text.head, base=text.base)
    return next((pull for pull in pulls if pull.state == "open"), None)


def _normal(body: str) -> str:
    """Return a description with our ends of lines: forges change them, and cut blank lines off."""
    return body.replace("\r\n", "\n").rstrip("\n") + "\n"
