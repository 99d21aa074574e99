"""What a token may do on a forge, and what the rules of a branch or tag demand."""

from __future__ import annotations

from typing import Literal, get_args

from releasio.frozen import frozen

Right = Literal["contents", "pull-requests", "workflows", "issues"]
ALL_RIGHTS: frozenset[Right] = frozenset(get_args(Right))
TokenKind = Literal["job", "app", "classic", "fine-grained", "personal", "unknown"]


@frozen
class Rights:
    """
    What is known of a token before it is used.

    Attributes:
        kind: Where it comes from; what is done with a job's own token starts no workflow.
        granted: Rights it is known to have.
        missing: Rights it is known to lack.
        login: Whose it is; None: not known.
        source: The variable or program it was read from, for people.
    """

    kind: TokenKind
    granted: frozenset[Right] = frozenset()
    missing: frozenset[Right] = frozenset()
    login: str | None = None
    source: str = ""


@frozen
class BranchRules:
    """
    What a branch demands of who pushes to it; of this token, bypasses taken into account.

    Attributes:
        known: Whether the forge told; if not, everything else is a default.
        pull_request: Changes come by pull request only.
        signatures: Commits must be signed.
        checks: The names of checks that must have passed.
        merge_queue: Pull requests are merged by a queue.
        locked: Nobody may push.
        reason: The rule in the forge's words, for people; empty: there is none.
    """

    known: bool = False
    pull_request: bool = False
    signatures: bool = False
    checks: tuple[str, ...] = ()
    merge_queue: bool = False
    locked: bool = False
    reason: str = ""

    @property
    def takes_push(self) -> bool:
        """Whether a signed commit may be pushed, as far as is known."""
        return not (self.pull_request or self.checks or self.merge_queue or self.locked)
