"""What a preview leaves on the page of its job in GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.cli.show.outputs import append_summary
from releasio.cli.show.stages import show_stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.cli.context import App
    from releasio.release.preview import Preview

_FEW = 8  # reasons


class Lines:
    """Takes what a terminal would show, without its colours."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str = "", **_style: bool | str | None) -> None:
        """Take a line."""
        self.lines.append(text)


def tell_preview(app: App, preview: Preview, command: str) -> None:
    """Append what would be released to `$GITHUB_STEP_SUMMARY`, and the *command* that would."""
    append_summary(app, _page(app.command, preview, command))


def _page(shown_by: str, preview: Preview, command: str) -> Iterator[str]:
    if not preview.releases:
        yield f"## releasio {shown_by}: nothing to release\n"
        yield f"```text\n{preview.reason}\n```"
        return
    for release in preview.releases:
        yield f"## releasio {shown_by}: {release.headline}\n"
        yield "```text"
        yield from release.reasons[:_FEW]
        if remaining_count := len(release.reasons[_FEW:]):
            yield f"and {remaining_count} more"
        yield "```\n"
        yield f"{release.notes.strip()}\n"
    stages = Lines()
    show_stages(stages, preview, every_step=False)
    yield "\n".join(["```text", *stages.lines[1:], "```\n"])
    yield f"Nothing was changed. To do it: `{command}`"
