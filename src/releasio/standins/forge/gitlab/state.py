"""What GitLab knows of a project besides its git objects."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

GUEST, REPORTER, DEVELOPER, MAINTAINER, OWNER = 10, 20, 30, 40, 50


@dataclass(kw_only=True)
class User:
    """A user; `level` is the role in the project, 0: none; `public_email` may be empty."""

    id: int
    username: str
    name: str
    public_email: str = ""
    level: int = 0
    bot: bool = False
    is_admin: bool = False


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token; `kind` says by which header it is sent."""

    text: str
    kind: Literal["personal", "job"]
    user: User
    scopes: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Link:
    """A file of a release, which lies somewhere else."""

    id: int
    name: str
    url: str
    path: str | None
    link_type: str = "other"


@dataclass(kw_only=True)
class Release:
    """A release, public from its first moment."""

    tag: str
    name: str
    description: str
    author: User
    created_at: str
    released_at: str
    links: list[Link] = field(default_factory=list)


@dataclass(kw_only=True)
class PackageFile:
    """A file of a generic package."""

    id: int
    name: str
    data: bytes
    created_at: str


@dataclass(kw_only=True)
class Package:
    """A generic package."""

    id: int
    name: str
    version: str
    created_at: str
    files: list[PackageFile] = field(default_factory=list)


@dataclass(kw_only=True)
class MergeRequest:
    """
    A merge request.

    Attributes:
        fork: The number of the project that the branch is in; None: this one.
        head: What the branch names, or named in the end.
        commits: Those that came with it, once it is merged.
        auto_merge: How it is merged once the pipeline has succeeded; None: by hand.
    """

    iid: int
    id: int
    title: str
    description: str
    source_branch: str
    target_branch: str
    author: User
    created_at: str
    state: Literal["opened", "closed", "merged"] = "opened"
    fork: int | None = None
    head: str = ""
    labels: list[str] = field(default_factory=list)
    reviewers: list[User] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    remove_source: bool = False
    merged_at: str | None = None
    merge_commit: str | None = None
    squash_commit: str | None = None
    commits: list[str] = field(default_factory=list)
    auto_merge: Literal["merge", "squash"] | None = None

    @property
    def draft(self) -> bool:
        """Whether its title says that it is one."""
        return self.title.lower().startswith(("draft:", "[draft]", "(draft)"))


@dataclass(kw_only=True)
class Settings:
    """What the owner of the project has set."""

    private: bool = False
    merge_method: Literal["merge", "rebase_merge", "ff"] = "merge"
    merge_trains: bool = False
    needs_pipeline: bool = False
    packages: bool = True


@dataclass
class State:
    """Everything."""

    settings: Settings = field(default_factory=Settings)
    users: list[User] = field(default_factory=list)
    tokens: dict[str, Token] = field(default_factory=dict)  # by text
    releases: list[Release] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)
    merge_requests: list[MergeRequest] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(101))
    iids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
