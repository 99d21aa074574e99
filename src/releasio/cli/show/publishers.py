"""What the forms of indexes ask for, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.index.registry import BUILT_IN
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.screen import Terminal
    from releasio.rules.identity.job_identity import JobIdentity
    from releasio.rules.identity.publisher_form import PublisherForm
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
            "registry": publisher.form.registry.name,
            "project": publisher.form.project,
            "project_exists": publisher.form.exists,
            "fields": [{"label": label, "value": value} for label, value in publisher.form.fields],
            "link": publisher.form.link,
            "pending_page": publisher.form.pending_page,
            "jobs": [
                {"name": job.job, "path": job.path, "line": job.line, "trusted": job.is_trusted}
                for job in publisher.jobs
            ],
        }
        for publisher in publishers
    ]


def form_data(form: PublisherForm) -> dict[str, Any]:
    """Return *form* as the report of `init` has it."""
    values, link = dict(form.values), form.page or None
    name, exists = form.registry.name, form.exists
    return {"registry": name, "values": values, "link": link, "exists": exists}


def _show(screen: Terminal, publisher: NeededPublisher) -> None:
    form = publisher.form
    screen.say(f"{form.registry.name}: the publisher of {form.project}", bold=True)
    _show_values(screen, form, "  {label}   {value}")
    for job in publisher.jobs:
        screen.say(f"  for {_job(job)}")
    if form.exists is not False:
        screen.say(f"  an existing project, the form filled in: {form.link}")
    if not form.exists:
        screen.say(f"  a new project, to be typed in: {form.pending_page}")
    screen.say()


def _show_values(screen: Terminal, form: PublisherForm, line: str, mark: str = "") -> None:
    width = max((len(label) + len(mark) for label, _ in form.values), default=0)
    for label, value in form.values:
        screen.say(line.format(label=f"{label}{mark}".ljust(width), value=value))


def show_form(screen: Terminal, form: PublisherForm) -> None:
    """Show what to type into *form*, and where, to those who set up the first release."""
    name = form.registry.name
    screen.say()
    screen.say(f"The trusted publisher on {name}", bold=True)
    if not form.page:
        screen.say("  Where the index takes trusted publishing, it needs to know:")
    elif form.exists:
        open_words = "  Add it on the page of the project:"
        filled_words = "  Open this page, which is filled in, and add it:"
        screen.command(open_words if form.is_open else filled_words, form.page)
    else:
        if form.exists is None:
            screen.say(f"  Whether {name} has the project is not known.")
        what = "A project that is new there" if form.exists is None else "It is new there, and"
        screen.command(f"  {what} has a pending publisher; add it on this page:", form.page)
    _show_values(screen, form, "    {label}  {value}", ":")
    if form.is_open:
        screen.say("  Account and repository are not known: no remote is on GitHub or GitLab.")


def _job(job: JobIdentity) -> str:
    called = f", which {job.caller} calls" if job.caller else ""
    now = "" if job.is_trusted else "; it publishes with a token now"
    return f"the job {job.job} in {job.path}:{job.line}{called}{now}"
