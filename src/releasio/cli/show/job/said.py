"""The page of a job, for commands whose words on the screen are short enough for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.cli.show.outputs import append_summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.cli.context import App

# what to do next, where the words themselves do not say it
_NEXT = {
    "build": "Next: hand `dist/` on, and `releasio publish --execute` pushes the tag and uploads.",
    "check-pr": "",
    "doctor": "",
    "rehearse": "Next: `releasio release --execute` does the same for real.",
    "status": "",
    "update": "",
    "verify": "",
    "yank": "",
}


def tell_said(app: App, code: int) -> None:
    """Append what the command said to `$GITHUB_STEP_SUMMARY`, unless it prints a document."""
    if app.command in _NEXT:
        append_summary(app, _page(app, code))


def _page(app: App, code: int) -> Iterator[str]:
    ending = f": exit {code}" if code else ""
    yield f"## releasio {app.command}{ending}\n"
    lines = [line for text in app.screen.said for line in text.split("\n")]
    notes = [f"note: {note}" for note in app.screen.notes]
    fence = "`" * max(3, *(_ticks(line) + 1 for line in (*lines, *notes)), 3)
    yield from (f"{fence}text", *lines, *notes, f"{fence}\n")
    if not code and (sentence := _NEXT[app.command]):
        yield sentence


def _ticks(line: str) -> int:
    """Return how many backticks *line* begins with: a fence is longer than those in it."""
    text = line.lstrip()
    return len(text) - len(text.lstrip("`"))
