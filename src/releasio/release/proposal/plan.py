"""What is proposed -> the steps to the pull request; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.release.changelog.file_name import changelog_of
from releasio.release.plans.plan import Plan
from releasio.release.plans.prepare import plan_proposed
from releasio.rules.contents.tag_message import commit_message
from releasio.rules.forge.pull_request import PullRequestText
from releasio.rules.proposal.release_commit import trailer_of
from releasio.rules.proposal.state_block import ProposalRecord, without_block
from releasio.rules.proposal.title import next_title, title_of
from releasio.rules.proposal.weave import weave
from releasio.steps.prepare.commit import Commit
from releasio.steps.propose.close import ClosePullRequest
from releasio.steps.propose.equip import Equip
from releasio.steps.propose.keep_commits import PROPOSAL, KeepCommits
from releasio.steps.propose.pull_request import SavePullRequest
from releasio.steps.propose.push_branch import PushBranch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.release.facts import Facts
    from releasio.release.proposal.choice import Proposed
    from releasio.release.proposal.section import Sections
    from releasio.release.proposal.standing import ProposalStanding
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.steps.step import Step


@frozen
class ProposalText:
    """
    What the pull request is to say.

    Attributes:
        title: Its heading, with people's words.
        body: Its description, likewise, without the block.
        record: What the block says.
        remarks: Where people's words and ours met: sentences.
    """

    title: str
    body: str
    record: ProposalRecord
    remarks: tuple[str, ...] = ()


def proposal_text(
    proposed: Proposed, sections: Sections, standing: ProposalStanding, body: str, news: str
) -> ProposalText:
    """
    Return what the pull request is to say.

    Args:
        proposed: What is proposed.
        sections: Its changelog.
        standing: Where the pull request stands.
        body: The description as it is generated.
        news: A digest of what is proposed.
    """
    release, pull, record = proposed.release, standing.pull, standing.record
    generated = title_of(release.package.manifest.name, release.version)
    title = next_title(pull.title, record, generated, release.version) if pull else generated
    text = body
    remarks: tuple[str, ...] = ()
    if pull is not None and pull.body.strip():
        edited = without_block(pull.body)
        if record is None or record.body is None:  # nobody knows what people wrote of it
            text = edited
        else:
            woven = weave(record.body, edited, body)
            text = woven.text
            remarks = tuple(
                f"the description's line `{line}` was changed by hand, and stays"
                for line in woven.kept
            )
    new_record = ProposalRecord(
        version=str(release.version),
        by_hand=str(release.version) if proposed.by_hand else "",
        commit=standing.branch.release_commit.id if standing.branch.release_commit else "",
        title=title,
        news=news,
        complete=_is_complete(proposed.facts, standing),
        section=sections.generated,
        body=body,
    )
    return ProposalText(title, text, new_record, remarks)


def _is_complete(facts: Facts, standing: ProposalStanding) -> bool:
    was_complete = bool(standing.pull and (standing.record is None or standing.record.complete))
    return was_complete or not str(_equipment(facts, standing, ""))


def plan_proposal(
    proposed: Proposed, standing: ProposalStanding, text: ProposalText
) -> tuple[Plan, ...]:
    """Return the way to the pull request; the branch is left alone if it has all of it."""
    facts, release = proposed.facts, proposed.release
    tags = (release.tag,)
    trailer = trailer_of(release.version) if release.package.manifest.is_from_tags else ""
    pushes = _is_stale(proposed, standing)
    plans = []
    if pushes:
        steps = (
            *plan_proposed(facts, release, _commit(proposed, trailer)),
            *_kept(facts, standing),
        )
        plans.append(Plan("prepare", tags, steps))
    plans.append(
        Plan("propose", tags, tuple(_propose(proposed, standing, text, trailer, pushes=pushes)))
    )
    return tuple(plans)


def plan_closing(standing: ProposalStanding, pull: PullRequest, reason: str) -> Plan:
    """Return the way to a closed pull request."""
    if standing.place is None:
        msg = "a pull request is on a forge"
        raise AssertionError(msg)
    return Plan("propose", (), (ClosePullRequest(standing.place, pull, reason),))


def _is_stale(proposed: Proposed, standing: ProposalStanding) -> bool:
    """Whether the branch lacks anything, as far as that can be seen before hooks run."""
    facts, release, branch = proposed.facts, proposed.release, standing.branch
    hooks, release_commit = facts.config.hooks, branch.release_commit
    if release_commit is None or release_commit.parents != (facts.repository.head,):
        return True
    if branch.prepared_version != release.version or hooks.pre_bump or hooks.post_bump:
        return True
    if release.package.reading.fragments and facts.config.changelog.fragments:
        return True
    return any(branch.files.get(edit.path) != edit.after for edit in release.edits)


def _commit(proposed: Proposed, trailer: str) -> Commit:
    """Return the commit, as the release would make it, with a trailer where no file says it."""
    facts, release = proposed.facts, proposed.release
    message = commit_message(release.version)
    is_from_tags = release.package.manifest.is_from_tags
    return Commit(
        message=f"{message}\n\n{trailer}" if trailer else message,
        base=facts.repository.head,
        tags=(release.tag,),
        new_files=tuple(edit.path for edit in release.edits if edit.before is None),
        versions={} if is_from_tags else {release.package.folder: str(release.version)},
        settings=facts.config.version,
        kept_as=PROPOSAL,
        empty=is_from_tags,
    )


def _kept(facts: Facts, standing: ProposalStanding) -> Iterator[Step]:
    branch, remote, package = standing.branch, facts.repository.remote, facts.package()
    if branch.release_commit is not None and branch.people and remote is not None:
        changelog = package.path(changelog_of(package, facts.config.changelog))
        yield KeepCommits(branch.name, standing.base, remote.name, branch.people, changelog)


def _propose(
    proposed: Proposed,
    standing: ProposalStanding,
    text: ProposalText,
    trailer: str,
    *,
    pushes: bool,
) -> Iterator[Step]:
    facts, branch = proposed.facts, standing.branch
    remote, settings = facts.repository.remote, facts.config.github
    if pushes and remote is not None:
        keeps = branch.release_commit is not None and bool(branch.people)
        yield PushBranch(remote, branch.name, branch.tip, facts.repository.head, keeps)
    equip = None if text.record.complete else _equipment(facts, standing, trailer)
    yield SavePullRequest(
        standing.place,
        PullRequestText(
            text.title, text.body, branch.name, standing.base, settings.release_pr_draft
        ),
        text.record,
        trailer,
        standing.pull,
        pushes,
        remote.url if remote else "",
    )
    if equip is not None:
        yield equip


def _equipment(facts: Facts, standing: ProposalStanding, trailer: str) -> Equip:
    settings = facts.config.github
    merge = settings.release_pr_auto_merge
    return Equip(
        standing.place,
        settings.release_pr_labels,
        settings.release_pr_reviewers,
        settings.release_pr_assignees,
        None if merge == "never" else merge,
        trailer,
        standing.pull,
    )
