"""Workflows that wait for what another one does with a token that starts nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.events.announcing import find_announcements
from releasio.rules.workflow.events.condition import holds
from releasio.rules.workflow.events.filter_pattern import FilterPattern
from releasio.rules.workflow.events.start import TAG, callers_of, conditions_of, starts_of_job
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers.events import WaitsForOwnToken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.workflow.events.announcing import Announcement
    from releasio.rules.workflow.events.start import Start
    from releasio.rules.workflow.workflow import Workflow
    from releasio.setup.checks.triggers.publish_job import PublishJob
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_BY_HAND = "workflow_dispatch"
_DISPATCHES = re.compile(
    r"gh workflow run|createWorkflowDispatch|createDispatchEvent|/dispatches\b"
    r"|workflow-dispatch|repository-dispatch",
    re.IGNORECASE,
)


def check_chain(situation: Situation) -> Iterator[Finding]:
    """Yield each workflow that publishes on an event which never comes."""
    announcements = [
        each for workflow in situation.workflows for each in find_announcements(workflow)
    ]
    for publishing in publish_jobs(situation):
        starts = list(starts_of_job(publishing.workflow, publishing.job, situation.workflows))
        waits = {_wait(start): start for start in starts if start.event != _BY_HAND}
        if not waits or not waits.keys() <= {"tag", "release"}:
            continue
        for announcement in announcements:
            if waits.keys() <= set(announcement.makes) and _is_lost(
                situation, publishing, announcement, waits
            ):
                yield _finding(publishing, announcement, starts, waits)
                break


def _wait(start: Start) -> str:
    """Return what *start* waits for: a tag, a release, or something else."""
    if start.event == "release":
        return "release"
    return "tag" if start.event in {"push", "create"} and start.ref == TAG else "other"


def _is_lost(
    situation: Situation,
    publishing: PublishJob,
    announcement: Announcement,
    waits: dict[str, Start],
) -> bool:
    """Tell whether nothing else starts *publishing* where *announcement* was made."""
    maker, workflow = announcement.workflow, publishing.workflow
    if maker is workflow and announcement.job == publishing.job:
        return False  # it adds to the release that started it
    starts = list(starts_of_job(maker, announcement.job, situation.workflows))
    if not starts or any(start.trigger is None for start in starts):
        return False
    events = {start.event for start in starts}
    if "release" in events or ("tag" in waits and any(_wait(start) == "tag" for start in starts)):
        return False  # somebody's own push or release started both
    if _publishes_itself(situation, publishing, maker) or _calls(maker, workflow, situation):
        return False
    return _is_meant(announcement, waits)


def _publishes_itself(situation: Situation, publishing: PublishJob, maker: Workflow) -> bool:
    """Tell whether *maker* has an upload of its own that the same event reaches."""
    targets = {upload.target for upload in publishing.uploads}
    return any(
        upload.workflow is maker and upload.job != publishing.job and upload.target in targets
        for upload in situation.uploads
    )


def _calls(maker: Workflow, workflow: Workflow, situation: Situation) -> bool:
    """Tell whether *maker* starts *workflow* in another way, or may."""
    if any(caller is maker for caller, _ in callers_of(workflow, situation.workflows)):
        return True
    return bool(_DISPATCHES.search(maker.text))


def _is_meant(announcement: Announcement, waits: dict[str, Start]) -> bool:
    """Tell whether the tag can be one that the filter takes."""
    trigger = waits["tag"].trigger if "tag" in waits else None
    patterns = (trigger.patterns("tags") if trigger else None) or ("**",)
    return any(
        pattern.prefix.startswith(announcement.name) or announcement.name.startswith(pattern.prefix)
        for pattern in map(FilterPattern, patterns)
        if not pattern.is_negative
    )


def _finding(
    publishing: PublishJob,
    announcement: Announcement,
    starts: Sequence[Start],
    waits: dict[str, Start],
) -> Finding:
    workflow = publishing.workflow
    start = next(iter(waits.values()))
    finding = WaitsForOwnToken(
        workflow.file,
        "a pushed tag" if "tag" in waits else "a release",
        announcement.tool,
        f"{announcement.workflow.path}:{announcement.line}",
        announcement.workflow.file,
        announcement.job.key,
    ).at(start.workflow.path, start.trigger.line if start.trigger else None)
    by_hand = any(each.event == _BY_HAND for each in starts)
    conditions = conditions_of(announcement.workflow, announcement.job)
    is_sure = announcement.is_certain and all(
        holds(each, "push", "refs/heads/") is not False for each in conditions
    )
    return finding if is_sure and not by_hand else finding.weighed("warning")
