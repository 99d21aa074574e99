"""`releasio doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import Options, json_option, offline_option, path_argument, takes_options
from releasio.errors.base import FAILED

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.setup.finding import Finding


@click.command()
@path_argument
@click.option("--fix", is_flag=True, help="Make the edits that mend what is in a file.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@json_option
@offline_option
@takes_options
def doctor(options: Options, *, fix: bool, strict: bool) -> None:
    """
    Find what will go wrong with a release, before it does.

    The project, its workflow files, git, the index and the forge are looked at. It is of use
    to projects that publish with other tools, too. Exits with 1 where there are errors.
    """
    from releasio.cli.doorway import doorway, finish

    app = options.app("doctor")
    with doorway(app):
        findings = _examine(app, fix=fix)
        grave = {"error", "warning"} if strict else {"error"}
        if any(finding.severity in grave for finding in findings):
            finish(app, FAILED)


def _examine(app: App, *, fix: bool) -> tuple[Finding, ...]:
    from releasio.cli.show.findings import findings_document, show_findings
    from releasio.setup.doctor import examine
    from releasio.setup.fixing import fix_files
    from releasio.setup.reading.lenient_settings import lenient_settings
    from releasio.setup.reading.situation import read_situation

    settings, problems = lenient_settings(lambda: app.settings)
    app.settings = settings  # what opens the world asks for them again
    with app.world() as world:
        situation = read_situation(world, settings, problems)
        if fix:
            changed_files = fix_files(
                world.git.root, lambda: read_situation(world, settings, problems)
            )
            app.document["fixed"] = list(changed_files)
            for path in changed_files:
                app.screen.say(f"mended {path}")
            situation = read_situation(world, settings, problems)
        findings = examine(situation)
    app.document["findings"] = findings_document(findings, situation)
    show_findings(app.screen, findings, situation)
    return findings
