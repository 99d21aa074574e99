"""A release pull request: in words, as data, and for the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.cli.show.changes import show_changes
from releasio.cli.show.outputs import append_outputs, append_summary
from releasio.cli.show.preview import show_outcome
from releasio.cli.show.stages import show_stages

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.cli.screen import Terminal
    from releasio.release.proposal.propose import Proposal

_DONE = {"open": "Created", "update": "Updated", "close": "Closed"}


def show_proposal(
    screen: Terminal, proposal: Proposal, *, verbose: bool = False, diff: bool = False
) -> None:
    """Show what would be proposed: title, branch, text, and what would be done."""
    preview = proposal.preview
    show_outcome(screen, preview, verbose=verbose)
    for remark in proposal.remarks:
        screen.note(remark)
    screen.say()
    screen.say(_outlook(proposal), bold=True)
    if preview.releases:
        screen.say(f"  title:   {proposal.title}")
        screen.say(f"  branch:  {proposal.branch}")
        screen.say()
        for line in proposal.body.rstrip("\n").split("\n"):
            screen.say(f"  {line}".rstrip())
    for release in preview.releases if verbose or diff else ():
        show_changes(screen, release)
    if preview.stages:
        show_stages(screen, preview, every_step=verbose)


def _outlook(proposal: Proposal) -> str:
    """Return what would be done, in one line."""
    match proposal.deed, proposal.pull:
        case "open", _:
            return "pull request: a new one"
        case "update", pull if pull:
            return f"pull request: {pull.name} is brought up to date ({pull.url})"
        case "close", pull if pull:
            return f"pull request: {pull.name} is closed ({pull.url})"
        case _, pull if pull:
            return f"pull request: {pull.name} is left as it is ({pull.url})"
    return "pull request: none"


def say_deed(app: App, proposal: Proposal, *, is_changed: bool) -> None:
    """Say what was done, in the words of 2.x, on the screen and on the job's page."""
    pull = proposal.pull
    if not proposal.preview.releases and proposal.deed == "nothing":
        sentence = f"Nothing to propose: {proposal.preview.reason}"
    elif pull is None:
        sentence = ""
    elif is_changed:
        sentence = f"{_DONE[proposal.deed]} PR {pull.name}: {pull.url}"
    else:
        sentence = f"PR {pull.name} is up to date: {pull.url}"
    app.screen.say()
    app.screen.say(sentence, bold=True)
    append_summary(app, [f"## releasio release-pr\n\n{sentence}\n"])


def proposal_data(proposal: Proposal) -> dict[str, Any]:
    """Return the pull request as data."""
    pull = proposal.pull
    return {
        "action": proposal.deed,
        "number": pull.number if pull else None,
        "url": pull.url if pull else None,
        "branch": proposal.branch,
        "title": proposal.title,
        "body": proposal.body,
    }


def outputs_of(app: App, proposal: Proposal) -> None:
    """Give the job the version that is proposed, and the pull request; empty for nothing."""
    pull = proposal.pull if proposal.deed != "close" else None
    releases = proposal.preview.releases
    append_outputs(
        app.env,
        {
            "version": " ".join(str(release.version) for release in releases),
            "pr-number": str(pull.number) if pull else "",
            "pr-url": pull.url if pull else "",
        },
    )
