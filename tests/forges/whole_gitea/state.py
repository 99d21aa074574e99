"""What Gitea knows that a rehearsal does not ask for: rules, comments, teams, workflows."""

from __future__ import annotations

from dataclasses import dataclass, field

from releasio.standins.forge.gitea import routes
from releasio.standins.forge.gitea.state import Settings, State, User


@dataclass(kw_only=True)
class Comment:
    """A comment on a pull request."""

    id: int
    body: str
    user: User
    created_at: str


@dataclass(frozen=True, kw_only=True)
class Protection:
    """A rule over branches; `push` are the logins that may push, None: all who may write."""

    rule: str
    push: tuple[str, ...] | None = ()
    checks: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True, kw_only=True)
class TagProtection:
    """A rule over tags; between slashes it is a regular expression."""

    pattern: str
    users: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Run:
    """A workflow that was started."""

    workflow: str
    ref: str
    inputs: dict[str, str]


@dataclass(kw_only=True)
class WholeSettings(Settings):
    """
    What the owner of the repository has set.

    Attributes:
        checking: How often Gitea still looks for conflicts when a pull request is to be merged.
        checks_pending: The checks of pull requests have not ended.
        hides_drafts: A draft is not found by its tag, as in some versions.
        organisation: The owner is one, with labels of its own.
        workflows: The file names of those that can be started.
    """

    checking: int = 0
    checks_pending: bool = False
    hides_drafts: bool = False
    organisation: bool = True
    workflows: tuple[str, ...] = ()


@dataclass
class WholeState(State):
    """Everything; `comments`, `reviewers` and `asked_teams` are by numbers of pull requests."""

    settings: WholeSettings = field(default_factory=WholeSettings)
    teams: list[str] = field(default_factory=list)
    branches: list[Protection] = field(default_factory=list)
    tags: list[TagProtection] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    reviewers: dict[int, list[str]] = field(default_factory=dict)
    asked_teams: dict[int, list[str]] = field(default_factory=dict)


class Asked(routes.Asked):
    """One request, where there is all of that."""

    state: WholeState
