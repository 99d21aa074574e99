"""A release pull request, previewed and carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.errors.base import ReleasioError, raise_all
from releasio.frozen import frozen, replace
from releasio.release.engine import carry_out, probe
from releasio.release.journal import begin_journal
from releasio.release.plans.deliveries import uploads
from releasio.release.preview import Preview
from releasio.release.proposal.choice import (
    NotProposed,
    choose_proposal,
    news_of,
    rewritten_obstacle,
)
from releasio.release.proposal.plan import plan_closing, plan_proposal, proposal_text
from releasio.release.proposal.reading import read_standing, with_files
from releasio.release.proposal.section import with_edited_section
from releasio.release.proposal.words import Known, body_of
from releasio.release.reading.gather import gather
from releasio.release.stages import alone
from releasio.rules.project.import_package import import_folders
from releasio.steps.forge.rights import rights_state
from releasio.steps.prepare.open_tree import remove_leftovers
from releasio.steps.propose.keep_commits import PROPOSAL
from releasio.steps.step import Blocked

if TYPE_CHECKING:
    from releasio.config.reading.load import Settings
    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Plan
    from releasio.release.preview import Watcher
    from releasio.release.proposal.choice import Proposed
    from releasio.release.proposal.standing import ProposalStanding
    from releasio.rules.bump.request import Request
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.world.run import Run
    from releasio.world.world import World

Deed = Literal["open", "update", "close", "nothing"]


@frozen
class Proposal:
    """
    What is done about the release pull request.

    Attributes:
        preview: What it proposes, and the steps.
        deed: What is done.
        branch: Its branch.
        title: What it is called.
        body: What it says, without the hidden block.
        pull: The one that is open.
        remarks: What is to be known: sentences.
    """

    preview: Preview
    deed: Deed
    branch: str
    title: str = ""
    body: str = ""
    pull: PullRequest | None = None
    remarks: tuple[str, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The steps, stage by stage."""
        return tuple(plan for plan, _ in self.preview.stages)


def preview_proposal(world: World, settings: Settings, request: Request) -> Proposal:
    """
    Return what `propose` would do, without doing any of it.

    Raises:
        ReleasioError: Nothing can be released from this state.
    """
    return _proposal(world, settings, request, acting=False)


def propose(run: Run, settings: Settings, request: Request, watcher: Watcher) -> Proposal:
    """
    Open the release pull request, bring it up to date, or close it.

    Branch, index and work tree of the user stay as they are. Until the push nothing is changed
    anywhere; after it, running again finishes.

    Raises:
        AnotherRun: Another process is at it in this repository.
        ProposedElsewhere: Another machine was, and was faster.
        Problems: Things stand in the way; nothing was changed.
        ReleasioError: A step failed.
    """
    world = run.world
    with alone(world):
        proposal = _proposal(world, settings, request, acting=True)
        watcher.starting(proposal.preview)
        for remark in proposal.remarks:
            world.screen.note(remark)
        raise_all(proposal.preview.blockers)
        remove_leftovers(world)  # of a run that was killed, if this one has nothing to commit
        journal = begin_journal(world, proposal.preview)
        try:
            for plan in proposal.plans:
                carry_out(plan, run, journal, watcher)
                run.close_tree()
        finally:
            run.close_tree()
        for ref in world.git.refs.below(f"refs/releasio/{PROPOSAL}/"):
            world.git.ref_changes.delete(ref)  # what they kept is on the remote
    return replace(proposal, pull=run.pull_request or proposal.pull)


def _proposal(world: World, settings: Settings, request: Request, *, acting: bool) -> Proposal:
    facts = gather(world, settings, request, acting=acting)
    # the merge of the pull request is what mode = "pull-request" waits for
    facts = replace(facts, config=facts.config.but(mode="direct"))
    standing = read_standing(world, facts, acting=acting)
    outcome = choose_proposal(facts, standing)
    if isinstance(outcome, NotProposed):
        return _nothing(world, facts, standing, outcome)
    rights = _rights_missing(world, standing, acting=acting)
    outcome = replace(outcome, objections=(*outcome.objections, *rights))
    return _something(world, outcome, standing)


def _rights_missing(
    world: World, standing: ProposalStanding, *, acting: bool
) -> tuple[ReleasioError, ...]:
    """Return what the token is known to lack; what nobody knows of it is said."""
    forge = world.forge(standing.place) if standing.place else None
    if forge is None:
        return ()
    try:
        state = rights_state(world, forge, "contents", "pull-requests")
    except ReleasioError:
        if acting:
            raise
        return ()  # that it does not answer was said before
    if isinstance(state, Blocked):
        return (state.error,)
    if state.detail:
        world.screen.note(state.detail)
    return ()


def _nothing(
    world: World, facts: Facts, standing: ProposalStanding, outcome: NotProposed
) -> Proposal:
    pull, branch = standing.pull, standing.branch.name
    preview = Preview(facts, reason=outcome.reason)
    if pull is None or not outcome.closes:
        return Proposal(preview, "nothing", branch, pull=pull)
    plan = plan_closing(standing, pull, outcome.reason)
    preview = replace(preview, stages=((plan, probe(plan, world)),))
    return Proposal(preview, "close", branch, pull.title, pull=pull)


def _something(world: World, proposed: Proposed, standing: ProposalStanding) -> Proposal:
    standing = with_files(world, standing, proposed.facts, proposed.release)
    news = news_of(proposed.release)
    sections = with_edited_section(proposed.facts, proposed.release, standing)
    proposed = replace(proposed, release=sections.release)
    body = body_of(proposed, standing, sections.shown, _known(world, proposed))
    text = proposal_text(proposed, sections, standing, body, news)
    plans = plan_proposal(proposed, standing, text)
    preview = Preview(
        proposed.facts,
        (proposed.release,),
        stages=tuple((plan, probe(plan, world)) for plan in plans),
        objections=(*proposed.objections, *rewritten_obstacle(proposed.facts, standing)),
    )
    return Proposal(
        preview,
        "update" if standing.pull else "open",
        standing.branch.name,
        text.title,
        text.body,
        standing.pull,
        (*proposed.remarks, *sections.remarks, *text.remarks),
    )


def _known(world: World, proposed: Proposed) -> Known:
    """Read what the last release has, on the index and in the import package."""
    package = proposed.release.package
    files = [path for path, content in package.documents.items() if content is not None]
    manifest = package.manifest
    folders = import_folders(manifest.name, manifest.packages, files, package.folder)
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    if package.last is not None and folders:
        head = proposed.facts.repository.head
        tag = f"refs/tags/{package.last.name}^{{commit}}"
        came, went = world.git.objects.came_and_went(tag, head, folders)
    return Known(_last_files(world, proposed), came, went)


def _last_files(world: World, proposed: Proposed) -> tuple[str, ...] | None:
    """Return the names of the last release's files on the index; None: that is not known."""
    release, facts = proposed.release, proposed.facts
    last = release.package.last
    if world.offline or not uploads(facts):
        return None
    if last is None:
        return ()
    try:
        index = world.index(release.way.registry)
        files = index.files(release.package.manifest.name, str(last.version))
    except ReleasioError as error:
        world.screen.note(f"{error}; which files the last release has is not known")
        return None
    return tuple(sorted(file.name for file in files or ()))
