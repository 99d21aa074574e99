"""What the forms of indexes ask for, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.screen import Terminal
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.identity.job_identity import JobIdentity
    from releasio.setup.publishers import NeededPublisher

_NONE = "no job of this repository uploads to PyPI or TestPyPI, as far as its workflow files tell"
_NOWHERE = "the remote is on no forge whose jobs PyPI and TestPyPI know: github.com or gitlab.com"


def show_publishers(
    screen: Terminal, publishers: Sequence[NeededPublisher], place: ForgePlace | None
) -> None:
    """Show each of *publishers* as the form of its index has it; *place* is the remote's."""
    for publisher in publishers:
        _show(screen, publisher)
    if not publishers:
        is_known = place is not None and place.kind in {"github", "gitlab"}
        screen.say(_NONE if is_known else _NOWHERE)


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
