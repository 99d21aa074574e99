"""What GitHub knows that a rehearsal does not ask for: environments, teams, runs of workflows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from releasio.standins.forge.github.hub import Hub
from releasio.standins.forge.github.state import State

if TYPE_CHECKING:
    from tests.forges.whole_github.limits import Limits


@dataclass(kw_only=True)
class WorkflowRun:
    """A run that somebody started by hand, or by the interface."""

    id: int
    workflow: str
    ref: str
    inputs: dict[str, Any]
    actor: str
    created_at: str


@dataclass(kw_only=True)
class Environment:
    """
    What jobs can run in.

    Attributes:
        reviewers: The logins of those who have to approve.
        wait: Minutes that a job waits.
        protected_only: Only protected branches may use it.
        branches: Patterns of the only branches that may; with *tags*, None: all may.
        tags: Patterns of the only tags that may.
    """

    id: int
    name: str
    reviewers: tuple[str, ...] = ()
    wait: int = 0
    protected_only: bool = False
    branches: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None

    @property
    def has_patterns(self) -> bool:
        """Whether only some branches and tags may use it."""
        return self.branches is not None or self.tags is not None


@dataclass(kw_only=True)
class Ruleset:
    """
    Rules for branches or tags.

    Attributes:
        target: What they are for.
        patterns: Refs as `fnmatch` has them, whole: `refs/heads/main`, `refs/tags/v*`.
        rules: By type, with their parameters, as GitHub's documentation has them.
        bypass: The logins of those that they are not for.
        enforced: Whether they are; if not, they are only watched.
    """

    id: int
    name: str
    target: Literal["branch", "tag"]
    patterns: tuple[str, ...]
    rules: dict[str, dict[str, Any] | None]
    bypass: tuple[str, ...] = ()
    enforced: bool = True


@dataclass
class WholeState(State):
    """
    Everything; `protection` is by branch, as it is answered, and `teams` are `org/team`.

    `workflows` are the file names of those that can be started by hand.
    """

    environments: list[Environment] = field(default_factory=list)
    protection: dict[str, dict[str, Any]] = field(default_factory=dict)
    rulesets: list[Ruleset] = field(default_factory=list)
    runs: list[WorkflowRun] = field(default_factory=list)
    teams: set[str] = field(default_factory=set)
    workflows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WholeHub(Hub):
    """
    The repository and everything about it.

    Attributes:
        limits: How many requests each token has left.
        storage: The address of another host, which has the bytes of files.
    """

    state: WholeState
    limits: Limits
    storage: str
