"""What the forms of indexes ask for, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.index.registry import BUILT_IN
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.screen import Terminal
    from releasio.rules.identity.job_identity import JobIdentity
    from releasio.setup.situation.needed_publishers import NeededPublisher
    from releasio.setup.situation.situation import Situation

_NONE = "no job of this repository uploads to PyPI or TestPyPI, as far as its workflow files tell"
_KNOWN = "publishers are for jobs that run on github.com or gitlab.com"


def show_publishers(
    screen: Terminal, publishers: Sequence[NeededPublisher], situation: Situation
) -> None:
    """Show each of *publishers* as the form of its index has it."""
    for publisher in publishers:
        _show(screen, publisher)
    if not publishers:
        screen.say(_why_none(situation))


def _why_none(situation: Situation) -> str:
    """Return why no publisher is needed, or why it cannot be said which."""
    uploading = [(each.job.key, each.target) for each in situation.uploads]
    uploading += [(each.job.key, each.target) for each in situation.pipeline]
    jobs = dict.fromkeys(job for job, target in uploading if target in BUILT_IN)
    if not jobs:
        return _NONE
    subject = (
        f"job {listed([*jobs])} uploads" if len(jobs) == 1 else f"jobs {listed([*jobs])} upload"
    )
    place, remote_url = situation.place, situation.git.remote_url
    if not remote_url and place is None:
        reason = "there is no remote that says owner and repository"
    else:
        reason = f"the remote is {place.page if place else remote_url}; {_KNOWN}"
    return f"{subject} to PyPI or TestPyPI, but {reason}"


def publishers_document(publishers: Sequence[NeededPublisher]) -> list[dict[str, Any]]:
    """Return *publishers* as the JSON document has them."""
    return [
        {
            "registry": publisher.registry.name,
            "project": publisher.project,
            "project_exists": publisher.exists,
            "fields": [{"label": label, "value": value} for label, value in publisher.values],
            "link": publisher.link,
            "pending_page": publisher.pending_page,
            "jobs": [
                {"name": job.job, "path": job.path, "line": job.line, "trusted": job.is_trusted}
                for job in publisher.jobs
            ],
        }
        for publisher in publishers
    ]


def _show(screen: Terminal, publisher: NeededPublisher) -> None:
    registry, project = publisher.registry, publisher.project
    screen.say(f"{registry.name}: the publisher of {project}", bold=True)
    fields = publisher.values if publisher.exists else publisher.pending_values
    width = max(len(label) for label, _ in fields)
    for label, value in fields:
        screen.say(f"  {label.ljust(width)}   {value}")
    for job in publisher.jobs:
        screen.say(f"  for {_job(job)}")
    if publisher.exists is not False:
        screen.say(f"  an existing project, the form filled in: {publisher.link}")
    if not publisher.exists:
        screen.say(f"  a new project, to be typed in: {publisher.pending_page}")
    screen.say()


def _job(job: JobIdentity) -> str:
    called = f", which {job.caller} calls" if job.caller else ""
    now = "" if job.is_trusted else "; it publishes with a token now"
    return f"the job {job.job} in {job.path}:{job.line}{called}{now}"
