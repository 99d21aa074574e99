"""What can be wrong with workflow files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class WorkflowUnreadable(ReleasioError):
    """
    A file that a CI server or another tool reads is no YAML.

    The CI server refuses the whole file, so nothing of it ever runs. The line is where reading
    ended; the mistake is often on the one before it: a missing colon, a tab, a quotation mark
    that is not closed.
    """

    exit_code = USAGE
    message = "it cannot be read as YAML: {problem}"
    hint = "Look at this line and the one before it."
    problem: str
    _: KW_ONLY
    path: str
    line: int
