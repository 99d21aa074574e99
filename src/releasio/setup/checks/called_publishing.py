"""Publishing in workflows that are called by others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.publishing import PYPI_ACTION
from releasio.rules.workflow.rights.calls import ways_to
from releasio.rules.workflow.trusted import trusted_uploads
from releasio.setup.findings.publisher import (
    PublishedAtOtherRef,
    PublishedByCalledWorkflow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Job
    from releasio.setup.finding import Finding, Severity
    from releasio.setup.situation.situation import Situation

_VERSION = re.compile(r"\bv(\d+)(?:\.(\d+))?")
_ATTESTS_SINCE = (1, 11)  # of the PyPI action, without being asked to


def check_called_publishing(situation: Situation) -> Iterator[Finding]:
    """Yield the publishing jobs that are known to the index by another file than people think."""
    for upload in trusted_uploads(situation.uploads):
        for way in ways_to(upload.workflow, situation.calls):
            if not way:
                continue
            yield (
                PublishedByCalledWorkflow(
                    upload.job.key, upload.workflow.file, way[0].workflow.file
                )
                .at(upload.workflow.path, upload.job.line)
                .weighed(_weight(upload))
            )
            call = way[-1]
            if call.ref and "${{" not in call.ref:
                yield PublishedAtOtherRef(call.job.key, call.callee.path, call.ref).at(
                    call.workflow.path, _line_of_call(call.job)
                )


def _weight(upload: Upload) -> Severity:
    """Return how grave it is: sure to be refused, perhaps, or not at all."""
    step = upload.step
    if upload.tool != PYPI_ACTION.rpartition("/")[2] or step.action != PYPI_ACTION:
        return "warning"
    attestations = step.input("attestations")
    if attestations is not None:
        return "note" if attestations.text == "false" else "warning"
    line = upload.workflow.text.split("\n")[step.line_of("uses") - 1]
    match = _VERSION.search(line)
    if match is None:
        return "warning"
    version = (int(match[1]), int(match[2]) if match[2] else _ATTESTS_SINCE[1])
    return "error" if version >= _ATTESTS_SINCE else "note"


def _line_of_call(job: Job) -> int:
    entry = job.node.entry("uses")
    return entry.line if entry else job.line
