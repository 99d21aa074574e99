"""`releasio release-pr`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import Options, Versioned, proposal_options, takes_options

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.release.proposal.propose import Proposal
    from releasio.rules.bump.request import Request


@click.command("release-pr", cls=Versioned)
@proposal_options
@takes_options
def release_pr(options: Options) -> None:
    """
    Open the release pull request, or bring it up to date.

    It has the very commit that a release would make: version files, lock files, changelog. What
    people change in it stays. After the merge, `releasio release` releases that commit.
    """
    from releasio.cli.doorway import doorway
    from releasio.cli.releasing import finish_empty

    acts, again = options.acts_online, options.acting("release-pr")
    app = options.app("release-pr")
    with doorway(app):
        request = options.request()
        proposal = _propose(app, request) if acts else _preview(app, request, again)
        finish_empty(app, options, proposal.preview)


def _propose(app: App, request: Request) -> Proposal:
    from releasio.cli.releasing import acting
    from releasio.cli.show.proposal import outputs_of, proposal_data, say_deed
    from releasio.release.proposal.propose import propose

    settings = app.settings
    with acting(app) as (run, progress):
        proposal = propose(run, settings, request, progress)
        is_changed = run.pull_request is not None
    app.document["pull_request"] = proposal_data(proposal)
    say_deed(app, proposal, is_changed=is_changed)
    outputs_of(app, proposal)
    return proposal


def _preview(app: App, request: Request, again: str) -> Proposal:
    from releasio.cli.show.data import preview_document
    from releasio.cli.show.preview import conclude
    from releasio.cli.show.proposal import outputs_of, proposal_data, show_proposal
    from releasio.release.proposal.propose import preview_proposal

    settings = app.settings
    with app.world() as world:
        proposal = preview_proposal(world, settings, request)
        app.document.update(preview_document(proposal.preview))
        app.document["pull_request"] = proposal_data(proposal)
        outputs_of(app, proposal)
        show_proposal(app.screen, proposal, verbose=app.verbose, diff=app.diff)
    if proposal.deed == "close":
        app.screen.say()
        app.screen.command("Nothing was changed. To do it:", again)
    else:
        conclude(app, proposal.preview, again)
    return proposal
