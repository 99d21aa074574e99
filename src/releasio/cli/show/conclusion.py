"""The end of a preview: what stands in the way, or the command line that would act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import raise_all

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.release.preview import Preview


def conclude(app: App, preview: Preview, command: str) -> None:
    """
    End a preview with the *command* that would act; say no such thing if it could not.

    In GitHub Actions the page of the job gets what would be released, too.

    Raises:
        Problems: Several things stand in the way.
        ReleasioError: One does.
    """
    from releasio.cli.show.job.page import tell_preview

    if not preview.releases:
        tell_preview(app, preview, command)
        return
    app.screen.say()
    raise_all(preview.blockers)
    app.screen.command("Nothing was changed. To do it:", command)
    tell_preview(app, preview, command)
