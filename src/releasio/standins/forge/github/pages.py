"""How GitHub shows accounts, the repository and labels, with the addresses of everything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.standins.forge.github.state import Account, Label, State

JSON = dict[str, Any]
_LISTS = (  # addresses of the repository that are as they are
    *("contributors", "deployments", "downloads", "events", "forks", "hooks", "languages"),
    *("merges", "stargazers", "subscribers", "subscription", "tags", "teams"),
)
_TEMPLATES = {  # addresses with something to fill in
    "archive": "{archive_format}{/ref}",
    "assignees": "assignees{/user}",
    "blobs": "git/blobs{/sha}",
    "branches": "branches{/branch}",
    "collaborators": "collaborators{/collaborator}",
    "comments": "comments{/number}",
    "commits": "commits{/sha}",
    "compare": "compare/{base}...{head}",
    "contents": "contents/{+path}",
    "git_commits": "git/commits{/sha}",
    "git_refs": "git/refs{/sha}",
    "git_tags": "git/tags{/sha}",
    "issue_comment": "issues/comments{/number}",
    "issue_events": "issues/events{/number}",
    "issues": "issues{/number}",
    "keys": "keys{/key_id}",
    "labels": "labels{/name}",
    "milestones": "milestones{/number}",
    "notifications": "notifications{?since,all,participating}",
    "pulls": "pulls{/number}",
    "releases": "releases{/id}",
    "statuses": "statuses/{sha}",
    "trees": "git/trees{/sha}",
}
_COUNTS = (
    *("forks_count", "stargazers_count", "watchers_count", "size", "open_issues_count"),
    *("subscribers_count", "network_count", "forks", "open_issues", "watchers"),
)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """
    Where things are.

    Attributes:
        site: The server.
        slug: Owner and repository.
    """

    site: str
    slug: str

    @property
    def api(self) -> str:
        """The interface, as a server of one's own has it."""
        return f"{self.site}/api/v3"

    @property
    def uploads(self) -> str:
        """Where files of releases are sent."""
        return f"{self.site}/api/uploads/repos/{self.slug}"

    @property
    def repository(self) -> str:
        """The repository, by the interface."""
        return f"{self.api}/repos/{self.slug}"

    @property
    def page(self) -> str:
        """The repository's web page."""
        return f"{self.site}/{self.slug}"


def node_id(kind: str, number: int | str) -> str:
    """Return what GraphQL knows something by."""
    return f"{kind}_{number}"


def user(addresses: Addresses, account: Account) -> JSON:
    """Show an account where it is part of something else."""
    api = f"{addresses.api}/users/{account.login}"
    names = ("followers", "subscriptions", "repos", "received_events")
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id("U", account.id),
        "avatar_url": f"{addresses.site}/avatars/u/{account.id}",
        "gravatar_id": "",
        "url": api,
        "html_url": f"{addresses.site}/{account.login}",
        **{f"{name}_url": f"{api}/{name}" for name in names},
        "organizations_url": f"{api}/orgs",
        "following_url": f"{api}/following{{/other_user}}",
        "gists_url": f"{api}/gists{{/gist_id}}",
        "starred_url": f"{api}/starred{{/owner}}{{/repo}}",
        "events_url": f"{api}/events{{/privacy}}",
        "type": account.kind,
        "site_admin": False,
    }


def minimal_repository(addresses: Addresses, state: State) -> JSON:
    """Show the repository where it is part of something else."""
    owner, _, name = addresses.slug.rpartition("/")
    api = addresses.repository
    host = addresses.site.partition("://")[2]
    return {
        "id": 1,
        "node_id": node_id("R", 1),
        "name": name,
        "full_name": addresses.slug,
        "private": state.settings.private,
        "owner": user(addresses, state.account(owner)),
        "html_url": addresses.page,
        "description": None,
        "fork": False,
        "url": api,
        **{f"{one}_url": f"{api}/{one}" for one in _LISTS},
        **{f"{one}_url": f"{api}/{rest}" for one, rest in _TEMPLATES.items()},
        "git_url": f"git://{host}/{addresses.slug}.git",
        "ssh_url": f"git@{host}:{addresses.slug}.git",
        "clone_url": f"{addresses.page}.git",
        "svn_url": addresses.page,
        "mirror_url": None,
    }


def repository(
    addresses: Addresses, state: State, default_branch: str, permissions: Mapping[str, bool] | None
) -> JSON:
    """Show the repository with all there is; *permissions* only to who has a token."""
    settings = state.settings
    merging = (
        *("allow_auto_merge", "allow_merge_commit", "allow_squash_merge", "allow_rebase_merge"),
        *("delete_branch_on_merge", "squash_merge_commit_title", "squash_merge_commit_message"),
        *("merge_commit_title", "merge_commit_message"),
    )
    return {
        **minimal_repository(addresses, state),
        "homepage": None,
        "language": "Python",
        **dict.fromkeys(_COUNTS, 0),
        "default_branch": default_branch,
        "has_issues": True,
        "has_projects": True,
        "has_wiki": True,
        "has_pages": False,
        "has_discussions": bool(settings.discussion_categories),
        "archived": settings.archived,
        "disabled": False,
        "visibility": "private" if settings.private else "public",
        "pushed_at": state.created_at,
        "created_at": state.created_at,
        "updated_at": state.created_at,
        "license": None,
        **({"permissions": dict(permissions)} if permissions is not None else {}),
        **({name: getattr(settings, name) for name in merging} if permissions else {}),
    }


def label(addresses: Addresses, one: Label) -> JSON:
    """Show a label."""
    return {
        "id": one.id,
        "node_id": node_id("LA", one.id),
        "url": f"{addresses.repository}/labels/{one.name}",
        "name": one.name,
        "description": one.description,
        "color": one.color,
        "default": False,
    }


def untagged(number: int) -> str:
    """Return what the page of a draft is called by."""
    return "untagged-" + hashlib.sha256(str(number).encode()).hexdigest()[:20]
