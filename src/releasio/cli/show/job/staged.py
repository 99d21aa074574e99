"""How one stage of a release ended that has a job of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.cli.show.outputs import append_outputs, append_summary, write_outputs
from releasio.rules.contents.record import BUNDLE_NAME

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.release.preview import Preview
    from releasio.release.release import Release
    from releasio.rules.contents.record import Record


def say_prepared(app: App, preview: Preview) -> None:
    """Say what was prepared, and give the job the commit, for the jobs after it."""
    write_outputs(app, preview, released=False)
    commits = " ".join(release.commit or "" for release in preview.releases)
    append_outputs(app.env, {"commit": commits})
    if not preview.releases:
        from releasio.cli.show.job.page import tell_preview

        app.screen.say(f"Nothing to release: {preview.reason}")
        tell_preview(app, preview, "")
    for release in preview.releases:
        _say_prepared(app, release)


def _say_prepared(app: App, release: Release) -> None:
    name, version, commit = release.package.manifest.name, str(release.version), release.commit
    headline = f"Prepared {name} {version} as {release.tag}; nothing is public."
    wanted = f"--commit {commit} --tag {release.tag} --execute"
    lines = (
        f"  commit:  {commit}, in dist/{BUNDLE_NAME}",
        f"  next:    releasio release --stage build {wanted}",
        f"  then:    releasio release --stage publish {wanted}",
    )
    app.screen.say()
    app.screen.say(headline, bold=True)
    for line in lines:
        app.screen.say(line)
    append_summary(app, [f"## {headline}\n", "```text", *lines, "```\n", release.notes.strip()])


def say_built(app: App, preview: Preview, record: Record) -> None:
    """Say which files were built, for those who approve them as well."""
    write_outputs(app, preview, released=False)
    append_outputs(app.env, {"commit": record.commit})
    headline = f"Built {record.project} {record.version} of commit {record.commit[:8]}"
    app.screen.say()
    app.screen.say(f"{headline} into dist:", bold=True)
    for file in record.files:
        app.screen.say(f"  {file.name}  {file.size} bytes  sha256 {file.sha256}")
    append_summary(app, [f"## {headline}; nothing is public\n", *file_table(record)])


def file_table(record: Record) -> list[str]:
    """Return the files of *record* as a table for the page of a job."""
    rows = [f"| `{file.name}` | {file.size} | `{file.sha256}` |" for file in record.files]
    return ["| file | bytes | sha256 |", "| --- | --- | --- |", *rows, ""]
