"""`releasio doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import (
    Options,
    json_option,
    offline_option,
    path_argument,
    takes_options,
    verbose_option,
)
from releasio.errors.base import FAILED

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation


@click.command()
@path_argument
@click.option("--fix", is_flag=True, help="Make the edits that mend what is in a file.")
@click.option(
    "--publisher", is_flag=True, help="Show only what the index's form for a publisher asks for."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@json_option
@offline_option
@verbose_option
@takes_options
def doctor(options: Options, *, fix: bool, publisher: bool, strict: bool) -> None:
    """
    Find what will go wrong with a release, before it does.

    The project, its workflow files, git, the index and the forge are looked at. It is of use
    to projects that publish with other tools, too. Exits with 1 where there are errors.
    """
    from releasio.cli.doorway import doorway, finish

    app = options.app("doctor")
    with doorway(app):
        findings = _examine(app, fix=fix, only_publishers=publisher)
        grave = {"error", "warning"} if strict else {"error"}
        if any(finding.severity in grave for finding in findings):
            finish(app, FAILED)


def _examine(app: App, *, fix: bool, only_publishers: bool) -> tuple[Finding, ...]:
    from releasio.cli.show.findings import (
        findings_document,
        looked_at_document,
        show_findings,
        show_mended,
    )
    from releasio.cli.show.publishers import publishers_document, show_publishers
    from releasio.setup.doctor import examine
    from releasio.setup.fixing import fix_files
    from releasio.setup.reading.lenient_settings import lenient_settings
    from releasio.setup.reading.situation import read_situation
    from releasio.setup.situation.needed_publishers import needed_publishers

    settings, problems = lenient_settings(lambda: app.settings)
    app.settings = settings  # what opens the world asks for them again
    if app.screen.interactive and not app.offline:
        app.screen.passing("asking index and forge")
    with app.world() as world:
        situation = read_situation(world, settings, problems)
        if fix:
            first = situation

            def read_again() -> Situation:
                return read_situation(world, settings, problems, first)

            changed_files, obstacles = fix_files(world.git.root, read_again)
            for obstacle in obstacles:
                app.screen.note(f"not mended: {obstacle.message}")
            app.document["fixed"] = list(changed_files)
            situation = read_again()
            show_mended(app, changed_files, first.texts(), situation.texts())
        publishers = needed_publishers(situation)
        findings = () if only_publishers else examine(situation)
    app.document["publishers"] = publishers_document(publishers)
    if only_publishers:
        show_publishers(app.screen, publishers, situation)
        return ()
    app.document["findings"] = findings_document(findings, situation)
    app.document["looked_at"] = looked_at_document(situation)
    show_findings(app, findings, situation)
    if any(job.is_trusted for publisher in publishers for job in publisher.jobs):
        app.screen.command("What the index's form asks for:", "releasio doctor --publisher")
    return findings
