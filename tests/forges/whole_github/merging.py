"""Merging as GitHub does: what the commits are, what they say, and who made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json, refuse
from releasio.standins.forge.github.graphql.changes import GITHUB, SIGNATURE, person
from releasio.standins.forge.github.pulls.page import (
    base_commit,
    close,
    commits_of,
    conflict,
    find,
    head_commit,
)
from tests.forges.rebasing import rebased_tree

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.bare import Commit
    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.state import Account, MergeMethod, Pull

QUEUE = "github-merge-queue[bot]"
_RULE = "---------"
_NOT_REBASED = "This branch can't be rebased"
_UNCHECKED = 'Required status check "ci" is expected.'
_DRAFT = "Pull Request is still a draft"
_CONFLICTS = "Pull Request is not mergeable"
_ALLOWED = {
    "merge": "allow_merge_commit",
    "squash": "allow_squash_merge",
    "rebase": "allow_rebase_merge",
}


class CannotMerge(Exception):
    """The pull request cannot be merged as it is; the text says why."""


def put(asked: Asked) -> Response:
    """Merge it, as whoever asks would have it."""
    hub, pull = asked.hub, find(asked)
    method = asked.text("merge_method", "merge")
    head = asked.text("sha", head_commit(hub, pull))
    if head != head_commit(hub, pull):
        raise refuse(409, "Head branch was modified. Review and try the merge again.")
    try:
        commit = merge(
            hub,
            pull,
            method,
            by=asked.login,
            title=asked.text("commit_title"),
            message=asked.body.get("commit_message"),
        )
    except CannotMerge as error:
        raise refuse(405, str(error)) from error
    merged = {"sha": commit, "merged": True, "message": "Pull Request successfully merged"}
    return as_json(merged)


def merge(
    hub: Hub, pull: Pull, method: str, *, by: str, title: str = "", message: str | None = None
) -> str:
    """
    Merge *pull*, and return the commit that its base names then.

    Args:
        hub: What there is.
        pull: An open one.
        method: `merge`, `squash` or `rebase`.
        by: The login of who merges it.
        title: Of the commit; empty: as the repository's settings have it.
        message: What follows the title; None: as the repository's settings have it.

    Raises:
        CannotMerge: It is not open, conflicts, is a draft, lacks checks, or may not be so.
    """
    _demand(hub, pull, method)
    base, head = base_commit(hub, pull), head_commit(hub, pull)
    commits_of(hub, pull)
    own_title, own_message = _words(hub, pull, method)
    words = f"{title or own_title}\n\n{own_message if message is None else message}".strip()
    account = hub.state.account(by)
    if method == "rebase":
        commit = _rebased(hub, pull, base, account)
    else:
        tree = hub.git.merged_tree(base, head) or ""
        author = hub.state.account(pull.user) if method == "squash" else account
        commit = hub.git.write_commit(
            tree=tree,
            parents=[base, head] if method == "merge" else [base],
            message=words,
            author=person(author),
            committer=GITHUB,
            moment=hub.clock(),
            signature=SIGNATURE,
        )
        hub.state.verified.add(commit)
    hub.git.set_ref(f"refs/heads/{pull.base}", commit, base)
    close(hub, pull)
    pull.merged_at, pull.merged_by, pull.merge_commit = hub.now(), by, commit
    if hub.state.settings.delete_branch_on_merge:
        hub.git.delete_ref(f"refs/heads/{pull.head}")
    return commit


def merge_passing(hub: Hub) -> None:
    """Merge what waits for nothing any more."""
    if hub.state.settings.checks_pending:
        return
    for pull in hub.state.pulls:
        if pull.state == "open" and pull.auto_merge:
            merge(hub, pull, pull.auto_merge, by=pull.auto_merge_by)


def _demand(hub: Hub, pull: Pull, method: str) -> None:
    settings = hub.state.settings
    if pull.state != "open" or conflict(hub, pull):
        raise CannotMerge(_CONFLICTS)
    if pull.draft:
        raise CannotMerge(_DRAFT)
    if settings.checks_pending:
        raise CannotMerge(_UNCHECKED)
    if method not in _ALLOWED or not getattr(settings, _ALLOWED[method]):
        name = {"merge": "Merge commits", "squash": "Squash merges", "rebase": "Rebase merges"}
        message = f"{name.get(method, method)} are not allowed on this repository."
        raise CannotMerge(message)


def _words(hub: Hub, pull: Pull, method: MergeMethod | str) -> tuple[str, str]:
    """Return title and message as the repository's settings have them."""
    settings = hub.state.settings
    owner = hub.addresses.slug.rpartition("/")[0]
    if method == "merge":
        own = f"Merge pull request #{pull.number} from {owner}/{pull.head}"
        by_pull = f"{pull.title} (#{pull.number})"
        title = own if settings.merge_commit_title == "MERGE_MESSAGE" else by_pull
        messages = {"PR_TITLE": pull.title, "PR_BODY": pull.body or "", "BLANK": ""}
        return title, messages[settings.merge_commit_message]
    commits = [hub.git.commit(one) for one in pull.commits]
    by_commit = settings.squash_merge_commit_title == "COMMIT_OR_PR_TITLE" and len(commits) == 1
    title = f"{commits[0].subject if by_commit else pull.title} (#{pull.number})"
    match settings.squash_merge_commit_message:
        case "PR_BODY":
            message = pull.body or ""
        case "BLANK":
            message = ""
        case "COMMIT_MESSAGES":
            message = _messages(commits)
    co_authors = _co_authors(hub, pull, commits)
    return title, f"{message}\n\n{co_authors}".strip()


def _messages(commits: list[Commit]) -> str:
    if len(commits) == 1:
        return commits[0].body
    return "\n\n".join(f"* {commit.message}" for commit in commits)


def _co_authors(hub: Hub, pull: Pull, commits: list[Commit]) -> str:
    """Name the authors besides the one who opened it, with a rule above where there are more."""
    emails = {email.lower() for email in hub.state.account(pull.user).emails}
    emails.add(person(hub.state.account(pull.user)).email.lower())
    others = {commit.author for commit in commits if commit.author.email.lower() not in emails}
    trailers = sorted(f"Co-authored-by: {one.name} <{one.email}>" for one in others)
    trailers = [one for one in trailers if not any(one in commit.body for commit in commits)]
    rule = f"{_RULE}\n\n" if len(commits) > 1 else ""
    return rule + "\n".join(trailers) if trailers else ""


def _rebased(hub: Hub, pull: Pull, base: str, account: Account) -> str:
    """Make every commit anew on top of *base*, even where it is there already."""
    parent = base
    for one in pull.commits:
        commit = hub.git.commit(one)
        if len(commit.parents) > 1:
            continue  # merges are left out
        tree = rebased_tree(hub.git, parent, one, commit.parents[0])
        if tree is None:
            raise CannotMerge(_NOT_REBASED)
        parent = hub.git.write_commit(
            tree=tree,
            parents=[parent],
            message=commit.message,
            author=commit.author,
            authored=commit.authored,
            committer=person(account),
            moment=hub.clock(),
        )
        pull.rebased.append(parent)
    return parent
