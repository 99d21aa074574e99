"""What GitLab knows that a rehearsal does not ask for: rules, notes, trains, pipelines."""

from __future__ import annotations

from dataclasses import dataclass, field

from releasio.standins.forge.gitlab import routes
from releasio.standins.forge.gitlab.state import DEVELOPER, MAINTAINER, Settings, State, User

NOBODY = 0


ROLES = {NOBODY: "No one", DEVELOPER: "Developers + Maintainers", MAINTAINER: "Maintainers"}


@dataclass(kw_only=True)
class Note:
    """A comment on a merge request."""

    id: int
    body: str
    author: User
    created_at: str


@dataclass(frozen=True, kw_only=True)
class Level:
    """Who may do something: those of a role, or one user, or one group."""

    level: int = MAINTAINER
    user: User | None = None
    group: int | None = None


@dataclass(frozen=True, kw_only=True)
class Protection:
    """A rule over branches or tags; `push` says who makes a tag."""

    name: str
    push: tuple[Level, ...] = (Level(),)
    merge: tuple[Level, ...] = (Level(),)


@dataclass(kw_only=True)
class WholeSettings(Settings):
    """
    What the owner of the project has set.

    Attributes:
        checking: How often a merge request is still looked at when it is to be merged.
        pipeline_running: The pipelines of merge requests have not ended.
        push_rule: Push rules of GitLab Premium; None: there are none.
    """

    checking: int = 0
    pipeline_running: bool = False
    push_rule: dict[str, object] | None = None


@dataclass
class WholeState(State):
    """Everything; `notes` and `trains` are by the numbers of merge requests."""

    settings: WholeSettings = field(default_factory=WholeSettings)
    branches: list[Protection] = field(default_factory=list)
    tags: list[Protection] = field(default_factory=list)
    notes: dict[int, list[Note]] = field(default_factory=dict)
    trains: set[int] = field(default_factory=set)


class Asked(routes.Asked):
    """One request, where there is all of that."""

    state: WholeState
