"""Whether the files can be read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.findings.readable import WorkflowNotYaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation


def check_readable(situation: Situation) -> Iterator[Finding]:
    """Yield the workflow files that are no YAML."""
    for error in situation.unreadable:
        yield WorkflowNotYaml(error.message).at(error.path or "", error.line)
