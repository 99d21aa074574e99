"""What a release writes, on the screen: the notes, and the changes in each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.cli.screen import Terminal
    from releasio.release.preview import Preview
    from releasio.release.release import Release

_COLORS = {"+": "green", "-": "red", "@": "cyan"}
_NOTES = 24  # lines of notes shown without --verbose


def show_notes(screen: Terminal, release: Release, *, verbose: bool = False) -> None:
    """Show the section that goes into the changelog; without *verbose*, its first lines only."""
    lines = release.notes.rstrip("\n").splitlines()
    if not verbose:
        lines = [line for line in lines if line.strip()]
    if not lines:
        return
    screen.say()
    screen.say("notes", bold=True)
    shown_lines = lines if verbose or len(lines) <= _NOTES else lines[: _NOTES - 1]
    for line in shown_lines:
        screen.say(f"  {line}".rstrip())
    if len(shown_lines) < len(lines):
        screen.say(f"  and {len(lines) - len(shown_lines):,} more lines (--verbose shows them)")


def show_changes(screen: Terminal, release: Release) -> None:
    """Show what changes in each file, line by line."""
    for edit in release.edits:
        screen.say()
        show_diff(screen, edit.path, edit.before, edit.after)


def show_diff(screen: Terminal, path: str, before: bytes | None, after: bytes) -> None:
    """Show what changes in the file at *path*; *before* is `None` for a new one."""
    from releasio.text.file_diff import file_diff

    for line in file_diff(path, before, after):
        screen.whole(f"  {line}", fg=_COLORS.get(line[:1]))


def show_page_texts(screen: Terminal, preview: Preview, *, verbose: bool) -> None:
    """Show what each release will say on its forge; nothing without *verbose*."""
    if not verbose:
        return
    from releasio.steps.forge.draft import Draft

    steps = [step for plan, _ in preview.stages for step in plan.steps]
    for text in (step.page.text for step in steps if isinstance(step, Draft)):
        screen.say()
        screen.say(f"release page: {text.title}", bold=True)
        for line in text.body.rstrip("\n").split("\n"):
            screen.say(f"  {line}".rstrip())
