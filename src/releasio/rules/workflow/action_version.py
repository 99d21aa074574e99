"""Which version of an action a step runs, as far as the line says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.rules.workflow.workflow import Step

NEWEST = 999  # of a minor number that is not said: the name moves with the newest one
_REF = re.compile(r"(?:release/)?v(\d+)(?:\.(\d+))?(?:\.\d+)?")
_COMMENT = re.compile(r"#\s*(?:tag=|release/)?v?(\d+)(?:\.(\d+))?(?:\.\d+)?\b")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def action_version(step: Step, text: str) -> tuple[int, int] | None:
    """
    Return the first two numbers of the version that *step* runs; None: nothing says it.

    Args:
        step: One that uses an action.
        text: The file that it stands in. Behind a commit, people write its version there.
    """
    match = _REF.fullmatch(step.ref)
    if match is None and _COMMIT.fullmatch(step.ref):
        line = text.split("\n")[step.line_of("uses") - 1]
        match = _COMMENT.search(line)
    if match is None:
        return None
    return int(match[1]), int(match[2]) if match[2] else NEWEST
