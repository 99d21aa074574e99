"""What rules say against a change of a branch or tag that is made by the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github.branches.rules import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.standins.forge.github.hub import Asked

_HEAD = "Repository rule violations found\n\n"
_WORDS = {
    "pull_request": "Changes must be made through a pull request.",
    "merge_queue": "Changes must be made through the merge queue",
    "update": "Cannot update this protected ref.",
    "required_status_checks": "Required status checks are expected.",
}


def violation_of(asked: Asked, ref: str, oid: str) -> str:
    """
    Return what is against letting *ref* name something else; empty: nothing.

    Args:
        asked: Who wants it.
        ref: As a whole; it need not be there.
        oid: What it shall name; empty: a commit that the forge makes and signs.
    """
    words = [*_words(asked, ref, oid)]
    return _HEAD + "\n\n".join(words) + "\n\n" if words else ""


def _words(asked: Asked, ref: str, oid: str) -> Iterator[str]:
    hub = asked.hub
    is_there = hub.git.ref(ref) is not None
    for ruleset in hub.state.rulesets:
        if not ruleset.enforced or asked.login in ruleset.bypass:
            continue
        if not ref.startswith("refs/heads/" if ruleset.target == "branch" else "refs/tags/"):
            continue
        if not matches(hub, ruleset, ref):
            continue
        for kind in ruleset.rules:
            if kind == "creation" and not is_there:
                yield "Cannot create ref due to creations being restricted."
            if kind == "required_signatures" and oid and oid not in hub.state.verified:
                yield "Commits must have verified signatures."
            if kind in _WORDS and is_there:
                yield _WORDS[kind]
