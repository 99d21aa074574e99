"""World -> where the release pull request stands: the only place where that is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import replace
from releasio.release.changelog.file_name import changelog_of
from releasio.release.proposal.amended import amended_paths
from releasio.release.proposal.standing import ProposalBranch, ProposalStanding
from releasio.rules.credentials.forge_token import search_token
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from releasio.rules.proposal.release_commit import version_of_subject
from releasio.rules.proposal.state_block import read_block

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.release.facts import Facts
    from releasio.release.proposal.standing import Base
    from releasio.release.release import Release
    from releasio.rules.forge.pull_request import PullRequest
    from releasio.rules.proposal.state_block import ProposalRecord
    from releasio.world.world import World


def read_standing(world: World, facts: Facts, *, acting: bool) -> ProposalStanding:
    """
    Read the branch from the remote, and the pull request from the forge.

    Args:
        world: Who is asked.
        facts: What is known of the repository.
        acting: Whether something is done by it. If not, a forge that does not answer is a note.

    Raises:
        ReleasioError: Remote or forge did not answer, or not what they should.
    """
    settings = facts.config.github
    place = facts.repository.forge
    base = facts.repository.branch or facts.default_branch
    name = branch_name(settings.release_pr_branch, base, facts.default_branch)
    forge = world.forge(place) if place else None
    pulls: tuple[PullRequest, ...] = ()
    if forge is not None:
        try:
            pulls = forge.pull_requests(name, base=base)
        except ReleasioError as error:
            if acting:
                raise
            world.screen.note(f"{error}; whether a pull request is open is not known")
    pull = next((pull for pull in pulls if pull.state == "open"), None)
    closed = pulls[0] if pulls and pull is None else None
    newest = pull or closed
    record = read_block(newest.body) if newest else None
    branch = _branch(world, facts, name, record if pull else None, closed)
    base_state = _base_state(world, facts, base)
    token = search_token(place, world.env).token if place else None
    kind = token.kind if token else "unknown"
    return ProposalStanding(place, base, base_state, branch, pull, closed, record, kind)


def branch_name(setting: str, base: str, default_branch: str) -> str:
    """Return the branch of the pull request: each base has one of its own."""
    return setting if base == default_branch else f"{setting}-{base.replace('/', '-')}"


def _base_state(world: World, facts: Facts, base: str) -> Base:
    """Compare HEAD with the remote's branch."""
    public, remote, head = facts.repository.public, facts.repository.remote, facts.repository.head
    tip = public.heads.get(base) if public else None
    if tip is None or remote is None:
        return "unknown"
    if tip == head:
        return "same"
    if world.git.objects.peel(tip) is None:
        world.git.remotes.fetch(remote, f"refs/heads/{base}")
    return "behind" if world.git.objects.is_ancestor(head, tip) else "ahead"


def _branch(
    world: World, facts: Facts, name: str, record: ProposalRecord | None, closed: PullRequest | None
) -> ProposalBranch:
    """Read the branch; one whose pull request was merged or closed counts as done with."""
    public, remote, head = facts.repository.public, facts.repository.remote, facts.repository.head
    tip = public.heads.get(name) if public else None
    if tip is None or remote is None:
        return ProposalBranch(name)
    if closed is not None and closed.head_commit == tip:
        return ProposalBranch(name, tip)
    if world.git.objects.peel(tip) is None:
        world.git.remotes.fetch(remote, f"refs/heads/{name}")
    commits = list(world.git.history.commits(head, tip, "--topo-order"))[::-1]
    written = record.commit if record else ""
    release_commit = next((commit for commit in commits if commit.id == written), None) or next(
        (commit for commit in commits if version_of_subject(commit.subject)), None
    )
    if release_commit is None:
        return ProposalBranch(name, tip, people=tuple(commits))
    others = [commit for commit in commits if commit is not release_commit]
    merges = tuple(
        commit
        for commit in others
        if commit.parents[1:] and not _merges_only(world, facts, commit.parents[1:])
    )
    version, mistake = _version_at(world, facts, tip)
    return ProposalBranch(
        name,
        tip,
        release_commit,
        people=tuple(commit for commit in others if not commit.parents[1:]),
        merges=merges,
        version=version,
        unreadable=mistake,
    )


def _merges_only(world: World, facts: Facts, parents: tuple[str, ...]) -> bool:
    """Whether a merge brings nothing but the base: forges offer that as a button."""
    return all(world.git.objects.is_ancestor(parent, facts.repository.head) for parent in parents)


def with_files(
    world: World, standing: ProposalStanding, facts: Facts, release: Release
) -> ProposalStanding:
    """Return *standing* with what the release commit has in the files that *release* edits."""
    branch, package = standing.branch, facts.package()
    if branch.release_commit is None:
        return standing
    git, release_commit = world.git, branch.release_commit
    changelog = package.path(changelog_of(package, facts.config.changelog))
    paths = dict.fromkeys((*(edit.path for edit in release.edits), changelog))
    files = git.objects.read_files(release_commit.id, tuple(paths))
    rewritten = amended_paths(world, facts, standing, release, changelog)
    at_tip = (
        git.objects.read_file(branch.tip or release_commit.id, changelog)
        if branch.people
        else files[changelog]
    )
    text = None if at_tip is None else at_tip.decode("utf-8", "replace")
    branch = replace(branch, files=files, changelog=text, rewritten=rewritten)
    return replace(standing, branch=branch)


def _version_at(world: World, facts: Facts, commit: str) -> tuple[Version | None, str]:
    """Return what the files say at *commit*; else why they say nothing, if that is a mistake."""
    package = facts.package()
    if package.manifest.is_from_tags:
        return None, ""
    files = ProjectFiles(package.folder, partial(world.git.objects.read_files, commit))
    try:
        return read_manifest(files, facts.config.version).version, ""
    except ReleasioError as error:
        return None, str(error)
