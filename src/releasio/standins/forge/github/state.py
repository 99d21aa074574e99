"""What GitHub knows of a repository besides its git objects."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal["admin", "maintain", "write", "triage", "read", "none"]
MergeMethod = Literal["merge", "squash", "rebase"]
ROLES: tuple[Role, ...] = ("none", "read", "triage", "write", "maintain", "admin")


@dataclass(kw_only=True)
class Account:
    """A user, an organisation or an application; `emails` are those it has proven."""

    login: str
    id: int
    emails: tuple[str, ...] = ()
    name: str = ""
    kind: Literal["User", "Organization", "Bot"] = "User"
    role: Role = "none"


@dataclass(kw_only=True)
class Asset:
    """A file of a release; `state` is `starter` until all of it has arrived."""

    id: int
    name: str
    label: str
    content_type: str
    data: bytes
    state: Literal["uploaded", "starter"]
    digest: str
    uploader: str
    created_at: str


@dataclass(kw_only=True)
class Release:
    """A release; `untagged` is what a draft's page is called by."""

    id: int
    tag: str
    target: str
    name: str | None
    body: str | None
    draft: bool
    prerelease: bool
    author: str
    created_at: str
    untagged: str
    published_at: str | None = None
    immutable: bool = False
    latest: Literal["true", "false", "legacy"] = "legacy"
    discussion_url: str | None = None
    assets: list[Asset] = field(default_factory=list)


@dataclass(kw_only=True)
class Comment:
    """A comment on a pull request."""

    id: int
    user: str
    body: str
    created_at: str


@dataclass(kw_only=True)
class Label:
    """A label of the repository."""

    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(kw_only=True)
class Pull:
    """A pull request; `base_commit` is where it branches off, once it is merged or closed."""

    number: int
    id: int
    title: str
    body: str | None
    head: str
    base: str
    user: str
    draft: bool
    created_at: str
    updated_at: str
    state: Literal["open", "closed"] = "open"
    closed_at: str | None = None
    merged_at: str | None = None
    merged_by: str | None = None
    merge_commit: str | None = None
    head_commit: str = ""
    base_commit: str = ""
    commits: list[str] = field(default_factory=list)
    rebased: list[str] = field(default_factory=list)  # what a rebase made of them
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    team_reviewers: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    auto_merge: MergeMethod | None = None
    auto_merge_by: str = ""


@dataclass(kw_only=True)
class Settings:
    """What the owner of the repository has set."""

    private: bool = False
    archived: bool = False
    immutable_releases: bool = False
    actions_may_open_pull_requests: bool = True
    allow_auto_merge: bool = True
    allow_merge_commit: bool = True
    allow_squash_merge: bool = True
    allow_rebase_merge: bool = True
    delete_branch_on_merge: bool = False
    squash_merge_commit_title: Literal["PR_TITLE", "COMMIT_OR_PR_TITLE"] = "COMMIT_OR_PR_TITLE"
    squash_merge_commit_message: Literal["PR_BODY", "COMMIT_MESSAGES", "BLANK"] = "COMMIT_MESSAGES"
    merge_commit_title: Literal["PR_TITLE", "MERGE_MESSAGE"] = "MERGE_MESSAGE"
    merge_commit_message: Literal["PR_TITLE", "PR_BODY", "BLANK"] = "PR_TITLE"
    discussion_categories: tuple[str, ...] = ("Announcements", "General")
    checks_pending: bool = False  # required checks of every pull request have not ended


@dataclass
class State:
    """Everything."""

    created_at: str
    settings: Settings = field(default_factory=Settings)
    accounts: dict[str, Account] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    pulls: list[Pull] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    used_tags: set[str] = field(default_factory=set)  # of immutable releases that were deleted
    verified: set[str] = field(default_factory=set)  # commits that the forge signed
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1001))
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def account(self, login: str) -> Account:
        """Return the account of *login*; one that nobody opened has no rights."""
        known = self.accounts.get(login.lower())
        return known or Account(login=login, id=len(login))

    def by_email(self, email: str) -> Account | None:
        """Return whose address *email* is: a proven one, or GitHub's own for who hides theirs."""
        local, _, host = email.lower().partition("@")
        if host == "users.noreply.github.com":
            number, plus, login = local.partition("+")
            account = self.accounts.get(login if plus else local)
            return account if account and (not plus or str(account.id) == number) else None
        addresses = {one.lower(): each for each in self.accounts.values() for one in each.emails}
        return addresses.get(email.lower())
