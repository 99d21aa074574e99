"""What the forge would show after a rehearsed release: on the screen, as data, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.cli.context import App
    from releasio.rehearsal.pages import PullRequestPage, ReleasePage
    from releasio.rehearsal.rehearse import Rehearsal

FILE = "forge.html"
_FEW = 60  # lines of a page shown without --verbose


def show_pages(app: App, rehearsal: Rehearsal) -> None:
    """Show each page as Markdown; without `--verbose`, its first lines only."""
    for title, page in _pages(rehearsal):
        lines = page.markdown.rstrip("\n").split("\n")
        shown_lines = lines if app.verbose or len(lines) <= _FEW else lines[: _FEW - 1]
        app.screen.say()
        app.screen.say(title, bold=True, fg="magenta")
        for line in shown_lines:
            app.screen.say(f"  {line}".rstrip())
        if len(shown_lines) < len(lines):
            rest = len(lines) - len(shown_lines)
            app.screen.say(f"  and {rest:,} more lines (--verbose shows them, --open all of it)")


def pages_data(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return the pages as data."""
    page, pull = rehearsal.page, rehearsal.pull_request
    return {
        "release_page": page
        and {
            "title": page.title,
            "tag": page.tag,
            "body": page.body,
            "draft": page.draft,
            "prerelease": page.prerelease,
            "assets": [name for name, _ in page.files],
        },
        "pull_request": pull
        and {
            "title": pull.title,
            "body": pull.body,
            "head": pull.head,
            "base": pull.base,
            "draft": pull.draft,
            "labels": list(pull.labels),
        },
    }


def show_in_browser(app: App, rehearsal: Rehearsal) -> None:
    """Write the pages into one file of the kept folder, and open it."""
    from releasio.rehearsal.html_page import html_page
    from releasio.world.browser import open_page

    if rehearsal.folder is None:
        return
    file = rehearsal.folder / FILE
    record = rehearsal.record
    pages = [page for _, page in _pages(rehearsal)]
    file.write_text(html_page(f"{record.project} {record.version}", pages), encoding="utf-8")
    app.document["rehearsal"]["html"] = str(file)
    opened = open_page(file)
    app.screen.say(f"  {'opened' if opened else 'no browser here; the pages are in'}: {file}")


def _pages(rehearsal: Rehearsal) -> Iterator[tuple[str, ReleasePage | PullRequestPage]]:
    if rehearsal.pull_request:
        yield "The release pull request, as the forge shows it", rehearsal.pull_request
    if rehearsal.page:
        yield "The release, as the forge shows it", rehearsal.page
