"""How GitHub shows a pull request, and what has become of it by pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import GitRefused
from releasio.standins.forge.github import pages
from releasio.standins.forge.github.answers import refuse
from releasio.standins.forge.github.pages import node_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON
    from releasio.standins.forge.github.state import Pull


def head_commit(hub: Hub, pull: Pull) -> str:
    """Return what is to be merged: what the branch names, or named in the end."""
    if pull.state == "open":
        pull.head_commit = hub.git.ref(f"refs/heads/{pull.head}") or pull.head_commit
    return pull.head_commit


def base_commit(hub: Hub, pull: Pull) -> str:
    """Return what it is to be merged into, or was."""
    if pull.state == "open":
        pull.base_commit = hub.git.ref(f"refs/heads/{pull.base}") or pull.base_commit
    return pull.base_commit


def commits_of(hub: Hub, pull: Pull) -> list[str]:
    """Return its commits, the oldest first."""
    if pull.state == "open":
        span = f"{base_commit(hub, pull)}..{head_commit(hub, pull)}"
        pull.commits = hub.git.line("rev-list", "--reverse", span).split()
    return pull.commits


def settle(hub: Hub) -> None:
    """Notice what pushes did: merged by hand, or without its branch."""
    for pull in hub.state.pulls:
        if pull.state != "open":
            continue
        if hub.git.ref(f"refs/heads/{pull.head}") is None:
            close(hub, pull)
        elif hub.git.is_ancestor(head_commit(hub, pull), base_commit(hub, pull)):
            pull.merged_at, pull.merge_commit = hub.now(), pull.head_commit
            close(hub, pull)


def close(hub: Hub, pull: Pull) -> None:
    """Let it be closed from now on."""
    commits_of(hub, pull)
    pull.state, pull.closed_at, pull.auto_merge = "closed", hub.now(), None


def conflict(hub: Hub, pull: Pull) -> bool:
    """Tell whether it cannot be merged as it is."""
    try:
        return hub.git.merged_tree(base_commit(hub, pull), head_commit(hub, pull)) is None
    except GitRefused:
        return True


def find(asked: Asked) -> Pull:
    """
    Return the pull request that the request is about.

    Raises:
        Refused: There is none.
    """
    settle(asked.hub)
    for pull in asked.hub.state.pulls:
        if pull.number == asked.place["number"]:
            return pull
    raise refuse(404, "Not Found")


def simple(hub: Hub, pull: Pull) -> JSON:
    """Show one as lists have it."""
    api = f"{hub.addresses.repository}/pulls/{pull.number}"
    issue = f"{hub.addresses.repository}/issues/{pull.number}"
    page = f"{hub.addresses.page}/pull/{pull.number}"
    statuses = f"{hub.addresses.repository}/statuses/{head_commit(hub, pull)}"
    links = {
        "self": api,
        "html": page,
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{api}/comments",
        "review_comment": f"{hub.addresses.repository}/pulls/comments{{/number}}",
        "commits": f"{api}/commits",
        "statuses": statuses,
    }
    names = ("comments", "review_comments", "review_comment", "commits", "statuses", "issue")
    return {
        "url": api,
        "id": pull.id,
        "node_id": node_id("PR", pull.number),
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        **{f"{name}_url": links[name] for name in names},
        "number": pull.number,
        "state": pull.state,
        "locked": False,
        "title": pull.title,
        "user": hub.user(pull.user),
        "body": pull.body,
        "labels": labels(hub, pull.labels),
        "milestone": None,
        "created_at": pull.created_at,
        "updated_at": pull.updated_at,
        "closed_at": pull.closed_at,
        "merged_at": pull.merged_at,
        "merge_commit_sha": pull.merge_commit,
        "assignee": hub.user(pull.assignees[0]) if pull.assignees else None,
        "assignees": [hub.user(login) for login in pull.assignees],
        "requested_reviewers": [hub.user(login) for login in pull.reviewers],
        "requested_teams": [_team(hub, slug) for slug in pull.team_reviewers],
        "head": _end(hub, pull.head, head_commit(hub, pull)),
        "base": _end(hub, pull.base, base_commit(hub, pull)),
        "_links": {name: {"href": address} for name, address in links.items()},
        "author_association": "MEMBER",
        "auto_merge": _auto_merge(hub, pull),
        "draft": pull.draft,
    }


def full(hub: Hub, pull: Pull) -> JSON:
    """Show one by itself."""
    is_open = pull.state == "open"
    clash = is_open and conflict(hub, pull)
    blocked = hub.state.settings.checks_pending or pull.draft
    state = "dirty" if clash else "blocked" if blocked else "clean"
    return {
        **simple(hub, pull),
        "merged": pull.merged_at is not None,
        "mergeable": not clash if is_open else None,
        "mergeable_state": state if is_open else "unknown",
        "merged_by": hub.user(pull.merged_by) if pull.merged_by else None,
        "comments": len(pull.comments),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": len(commits_of(hub, pull)),
        "additions": 0,
        "deletions": 0,
        "changed_files": 0,
    }


def labels(hub: Hub, names: Sequence[str]) -> list[JSON]:
    """Show labels by their names."""
    known = {one.name: one for one in hub.state.labels}
    return [pages.label(hub.addresses, known[name]) for name in names]


def _end(hub: Hub, branch: str, commit: str) -> JSON:
    owner = hub.addresses.slug.rpartition("/")[0]
    repository = pages.repository(hub.addresses, hub.state, hub.git.default_branch, None)
    for name in ("network_count", "subscribers_count"):  # which only itself has
        del repository[name]
    return {
        "label": f"{owner}:{branch}",
        "ref": branch,
        "sha": commit,
        "user": hub.user(owner),
        "repo": {**repository, "has_downloads": True},
    }


def _auto_merge(hub: Hub, pull: Pull) -> dict[str, Any] | None:
    if pull.auto_merge is None:
        return None
    return {
        "enabled_by": hub.user(pull.auto_merge_by),
        "merge_method": pull.auto_merge,
        "commit_title": pull.title,
        "commit_message": pull.body or "",
    }


def _team(hub: Hub, name: str) -> JSON:
    slug = name.rpartition("/")[2]
    api = f"{hub.addresses.api}/teams/{slug}"
    return {
        "id": len(slug),
        "node_id": node_id("T", slug),
        "url": api,
        "html_url": f"{hub.addresses.site}/orgs/{name.partition('/')[0]}/teams/{slug}",
        "name": slug,
        "slug": slug,
        "description": None,
        "privacy": "closed",
        "permission": "push",
        "members_url": f"{api}/members{{/member}}",
        "repositories_url": f"{api}/repos",
        "parent": None,
        "type": "organization",
    }
