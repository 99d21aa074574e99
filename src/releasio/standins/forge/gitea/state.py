"""What Gitea knows of a repository besides its git objects."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal["none", "read", "write", "admin"]
MergeStyle = Literal["merge", "squash", "rebase", "rebase-merge"]
ROLES: tuple[Role, ...] = ("none", "read", "write", "admin")
REPOSITORY, FORK = 7, 66  # numbers of repositories


@dataclass(kw_only=True)
class User:
    """A user; `emails` are proven."""

    id: int
    login: str
    emails: tuple[str, ...] = ()
    role: Role = "none"


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token and its scopes: `write:repository` and the like."""

    user: User
    scopes: tuple[str, ...]


@dataclass(kw_only=True)
class Attachment:
    """A file of a release."""

    id: int
    uuid: str
    name: str
    data: bytes
    created_at: str


@dataclass(kw_only=True)
class Release:
    """A release, draft or published."""

    id: int
    tag: str
    name: str
    body: str
    draft: bool
    prerelease: bool
    author: User
    created_at: str
    attachments: list[Attachment] = field(default_factory=list)


@dataclass(kw_only=True)
class Label:
    """A label of the repository, or of its organisation."""

    id: int
    name: str
    color: str


@dataclass(kw_only=True)
class Pull:
    """
    A pull request.

    Attributes:
        head_repository: The number of the repository that the branch is in.
        head_commit: What the branch names, or named in the end.
        commits: Those that came with it, once it is merged.
        auto_merge: How it is merged once its checks have succeeded; None: by hand.
    """

    number: int
    id: int
    title: str
    body: str
    head: str
    base: str
    user: User
    updated_at: str
    head_repository: int = REPOSITORY
    head_commit: str = ""
    state: Literal["open", "closed"] = "open"
    merged: bool = False
    merge_commit: str | None = None
    commits: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    auto_merge: MergeStyle | None = None

    @property
    def draft(self) -> bool:
        """Whether its title says that it is one."""
        return self.title.lower().startswith(("wip:", "[wip]"))


@dataclass(kw_only=True)
class Settings:
    """What the owner of the repository has set."""

    private: bool = False
    methods: tuple[MergeStyle, ...] = ("merge", "squash", "rebase", "rebase-merge")


@dataclass
class State:
    """Everything."""

    settings: Settings = field(default_factory=Settings)
    users: list[User] = field(default_factory=list)
    tokens: dict[str, Token] = field(default_factory=dict)  # by text
    releases: list[Release] = field(default_factory=list)
    pulls: list[Pull] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    organisation_labels: list[Label] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(101))
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def user(self, login: str) -> User | None:
        """Return the account of *login*; None: there is none."""
        return next((one for one in self.users if one.login.lower() == login.lower()), None)

    def by_email(self, email: str) -> User | None:
        """Return whose proven address *email* is; None: nobody's."""
        return next((one for one in self.users if email in one.emails), None)
