"""How a run ended: one summary with links, on the terminal and on the job's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.cli.show.credentials import passed_over
from releasio.cli.show.outputs import append_summary
from releasio.release.plans.deliveries import uploads
from releasio.steps.publish.push import Push

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.cli.context import App
    from releasio.release.preview import Preview
    from releasio.release.release import Release
    from releasio.world.run import Run


def summarise(app: App, preview: Preview, run: Run, pages: Mapping[str, str]) -> None:
    """Say what was released, where it is (on the forge: by tag in *pages*), and by whom."""
    for release in preview.releases:
        _summarise(app, preview, release, run, pages.get(release.tag, ""))


def _summarise(app: App, preview: Preview, release: Release, run: Run, page: str) -> None:
    project, version = release.package.manifest.name, str(release.version)
    tagged = is_tagged(preview)
    lines = [_headline(run, release, tagged=tagged)]
    passed_over_answers: tuple[str, ...] = ()
    if uploads(preview.facts):
        from releasio.rules.identity.publisher import project_page

        registry = release.way.registry
        project_url = project_page(registry, project, version)
        credential = run.credentials.get(registry)
        by = credential.source if credential else "nothing was left to upload"
        lines += [f"  index:       {project_url or registry.upload}", f"  credential:  {by}"]
        passed_over_answers = (
            tuple(passed_over(run.answers.get(registry, ()))) if credential else ()
        )
    links = preview.facts.repository.links
    tag_page = links.tag(release.tag) if tagged and links else ""
    if page:
        lines.append(f"  release:     {page}")
    if tag_page and tag_page != page:
        lines.append(f"  tag:         {tag_page}")
    app.screen.say()
    for line in lines:
        app.screen.say(line, bold=line is lines[0])
    # why the credential is the one it is belongs there: nobody reads a log that is green
    details = [*lines[1:], *(f"    {answer}" for answer in passed_over_answers)]
    append_summary(app, [f"## {lines[0]}\n", "```text", *details, "```\n", release.notes])


def _headline(run: Run, release: Release, *, tagged: bool) -> str:
    named = f"{release.package.manifest.name} {release.version}"
    if tagged:
        return f"Released {named} as {release.tag}."
    if release.way.registry in run.credentials:
        return f"Uploaded {named}; no tag was made or pushed."
    return f"{named} was uploaded before: nothing was left to do, and no tag was made or pushed."


def is_tagged(preview: Preview) -> bool:
    """Whether the release has a tag, or only files."""
    return any(isinstance(step, Push) for plan, _ in preview.stages for step in plan.steps)
