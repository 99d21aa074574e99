"""Facts and standing -> what a release pull request proposes, or why there is none; pure."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, together
from releasio.errors.forge.proposal import BaseNotPushed, ProposalBranchTaken
from releasio.errors.git.checkout import DirtyTree
from releasio.errors.git.push import NoRemote
from releasio.frozen import frozen, replace
from releasio.release.decision import Behind, Elsewhere, Refused, Releases, decide
from releasio.release.release import Nothing
from releasio.rules.proposal.title import (
    next_title,
    title_of,
    version_by_title,
    version_named_by,
)
from releasio.rules.versions.version import version_or_none
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.version import Version

    from releasio.release.facts import Facts
    from releasio.release.proposal.standing import ProposalStanding
    from releasio.release.release import Release


@frozen
class Proposed:
    """
    A release that is proposed.

    Attributes:
        facts: What it was decided by: with a version set by hand, that is asked for.
        release: What the merge will release.
        by_hand: Whether somebody set the version, in the pull request or on the command line.
        objections: What stands in the way.
        remarks: What to know of it: sentences.
    """

    facts: Facts
    release: Release
    by_hand: bool = False
    objections: tuple[ReleasioError, ...] = ()
    remarks: tuple[str, ...] = ()


@frozen
class NotProposed:
    """
    Nothing is proposed.

    Attributes:
        reason: Why, as a sentence.
        closes: Whether a pull request that is open has lost its purpose by that.
    """

    reason: str
    closes: bool = False


def choose_proposal(facts: Facts, standing: ProposalStanding) -> Proposed | NotProposed:
    """
    Decide what is proposed from this state of the project.

    Raises:
        ReleasioError: Nothing can be released from here; `decide` says why.
    """
    if standing.base_state == "behind":
        return NotProposed(
            f"{standing.base} has newer commits than this one; the run for them proposes a release"
        )
    outcome = _outcome(facts)
    if isinstance(outcome, NotProposed):
        return outcome
    outcome = replace(outcome, objections=(*outcome.objections, *_obstacles(facts, standing)))
    if facts.request.explicit:
        outcome = replace(outcome, by_hand=_is_asked_for(facts, outcome.release))
    else:
        outcome = _with_version_by_hand(outcome, standing)
        outcome = replace(outcome, remarks=(*outcome.remarks, *_contradictions(outcome, standing)))
        if reason := _closed_by_hand(outcome.release, standing):
            return NotProposed(reason)
    return outcome


def news_of(release: Release) -> str:
    """Return a digest of what *release* tells its users: the same again is nothing new."""
    return sha256(f"{release.version}\n{release.notes}".encode()).hexdigest()[:16]


def _outcome(facts: Facts) -> Proposed | NotProposed:
    match decide(facts):
        case Releases((release, *_)):
            return _of_release(facts, release)
        case Refused(problems, releases):
            # what is not committed has no part in it, as the commit is made apart from it
            objections = tuple(error for error in problems if not isinstance(error, DirtyTree))
            if not releases:
                raise together(problems)
            outcome = _of_release(facts, releases[0])
            if isinstance(outcome, NotProposed):
                return outcome
            return replace(outcome, objections=objections)
        case Elsewhere(ahead_tag) | Behind(ahead_tag):
            return NotProposed(f"{ahead_tag.name} was released on top of this commit")
        case Nothing(reason):
            return NotProposed(reason, closes=True)
        case decision:
            raise AssertionError(decision)


def _of_release(facts: Facts, release: Release) -> Proposed | NotProposed:
    if release.kind == "resumed":
        return NotProposed(
            f"{release.tag} is public, and not finished: `releasio release` finishes it"
        )
    is_made_of_commits = release.package.manifest.is_from_tags and release.package.prepared is None
    if release.kind == "prepared" and not is_made_of_commits:
        commit = (release.commit or facts.repository.head)[:8]
        return NotProposed(
            f"{release.version} is prepared by {commit} and not released yet: `releasio release` "
            "releases it"
        )
    return Proposed(facts, release)


def _obstacles(facts: Facts, standing: ProposalStanding) -> tuple[ReleasioError, ...]:
    """Return what stands in the way of a branch that others can merge."""
    remote, branch = facts.repository.remote, standing.branch
    if remote is None:
        return (NoRemote(),)
    errors: list[ReleasioError] = []
    if standing.base_state == "ahead":
        errors.append(BaseNotPushed(standing.base, remote.name))
    channels = (channel.match for channel in facts.config.branches.values())
    if branch.name in {standing.base, facts.default_branch, *channels}:
        found = "releases are made from it (github.release_pr_branch)"
        errors.append(ProposalBranchTaken(branch.name, remote.name, found))
    elif branch.release_commit is None and branch.people:
        found = f"its newest commit is {branch.people[-1].id[:8]} ({branch.people[-1].subject})"
        errors.append(ProposalBranchTaken(branch.name, remote.name, found))
    if branch.merges:
        found = f"{branch.merges[0].id[:8]} merges something else than {standing.base}"
        errors.append(ProposalBranchTaken(branch.name, remote.name, found))
    return tuple(errors)


def rewritten_obstacle(facts: Facts, standing: ProposalStanding) -> tuple[ReleasioError, ...]:
    """Return what is wrong with a release commit that has more than was put into it."""
    remote, branch = facts.repository.remote, standing.branch
    if remote is None or not branch.rewritten:
        return ()
    found = f"somebody changed {listed(branch.rewritten)} in its release commit"
    return (ProposalBranchTaken(branch.name, remote.name, found),)


def _with_version_by_hand(outcome: Proposed, standing: ProposalStanding) -> Proposed:
    """Return the release of the version that somebody set in the pull request, if one did."""
    version = _version_by_hand(standing)
    if version is None or version == outcome.release.version:
        return outcome
    facts = replace(outcome.facts, request=outcome.facts.request.of_version(version))
    commits_ask = f"the commits ask for {outcome.release.version}"
    try:
        chosen = _outcome(facts)
    except ReleasioError as error:
        dropped = f"the pull request says {version}, which cannot be kept: {error}; {commits_ask}"
        return replace(outcome, remarks=(*outcome.remarks, dropped))
    if isinstance(chosen, NotProposed):
        return outcome
    reasons = (f"{version} was set by hand; {commits_ask}",)
    release = replace(chosen.release, reasons=(*reasons, *outcome.release.reasons))
    objections = (*chosen.objections, *outcome.objections)
    return replace(chosen, facts=facts, release=release, by_hand=True, objections=objections)


def _is_asked_for(facts: Facts, release: Release) -> bool:
    """Whether the command line asks for another version than commits do: later runs keep it."""
    if facts.request.dev:
        return False  # each run has another one
    unasked = replace(
        facts.request, version=None, spelling="", bump=None, post=False, phase=None, dev=False
    )
    try:
        by_commits = _outcome(replace(facts, request=unasked))
    except ReleasioError:
        return True
    return isinstance(by_commits, NotProposed) or by_commits.release.version != release.version


def _contradictions(proposed: Proposed, standing: ProposalStanding) -> Iterator[str]:
    """Yield what the pull request says otherwise than it will be: whoever merges it believes it."""
    release, branch, pull = proposed.release, standing.branch, standing.pull
    if pull is None:
        return
    if branch.unreadable:
        yield f"{branch.name} cannot be released as it is: {branch.unreadable}"
    generated = title_of(release.package.manifest.name, release.version)
    title = next_title(pull.title, standing.record, generated, release.version)
    is_rewritten = title == generated and pull.title != generated
    asked = version_by_title(pull.title, standing.record) if standing.record else None
    if is_rewritten and standing.record is None:
        asked = version_named_by(pull.title)
    elif str(release.version) not in title:
        asked = version_named_by(title)
    if asked not in {None, release.version, _version_by_hand(standing)}:
        yield (
            f"the title says {asked}, and the merge releases {release.version}: the version in the "
            f"project's files of {branch.name} counts"
        )


def _version_by_hand(standing: ProposalStanding) -> Version | None:
    """Return the version that somebody set, now or before an earlier run."""
    branch, pull, record = standing.branch, standing.pull, standing.record
    if pull is None:
        return None
    if branch.version and branch.prepared_version and branch.version != branch.prepared_version:
        return branch.version
    if record is None:
        return None
    # anybody who may edit the description may have written what is no version
    return version_by_title(pull.title, record) or version_or_none(record.by_hand)


def _closed_by_hand(release: Release, standing: ProposalStanding) -> str:
    """Say that somebody closed the pull request, and that nothing came since; else ""."""
    closed, record = standing.closed, standing.record
    if closed is None or closed.state != "closed":
        return ""
    if record is not None and (record.closed or record.news != news_of(release)):
        return ""
    if record is None and str(release.version) not in closed.title:
        return ""
    return (
        f"{closed.name} was closed by hand, and nothing new came since; to propose "
        f"{release.version} again, reopen it, or ask for it: --version {release.version}"
    )
