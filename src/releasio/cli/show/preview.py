"""What would be released, in words for a terminal or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.cli.show.changes import show_changes, show_notes, show_page_texts
from releasio.cli.show.stages import show_stages
from releasio.errors.base import raise_all
from releasio.rules.commits.left_out import summary, surprising

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.cli.screen import Terminal
    from releasio.release.preview import Preview
    from releasio.release.release import Release

_FEW = 8  # reasons shown without --verbose


def show_preview(
    screen: Terminal,
    preview: Preview,
    *,
    verbose: bool = False,
    diff: bool = False,
    every_step: bool = False,
) -> None:
    """
    Show what would be released and why, its notes, and what would be done.

    Args:
        screen: Where to.
        preview: What would be done.
        verbose: Show every reason, commit, line, step and change in files, and the release's page.
        diff: Show what changes in the files.
        every_step: Show each step in a line of its own.
    """
    show_outcome(screen, preview, verbose=verbose)
    for release in preview.releases:
        show_notes(screen, release, verbose=verbose)
        if verbose or diff:
            show_changes(screen, release)
    show_page_texts(screen, preview, verbose=verbose)
    show_stages(screen, preview, every_step=verbose or every_step)


def show_outcome(screen: Terminal, preview: Preview, *, verbose: bool = False) -> None:
    """Show what is released and the reasons for its version."""
    if not preview.releases:
        screen.say(f"Nothing to release: {preview.reason}")
    for release in preview.releases:
        show_release(screen, release, verbose=verbose)
    if not preview.releases or any(release.is_chosen for release in preview.releases):
        show_doubts(screen, preview, verbose=verbose)


def show_doubts(screen: Terminal, preview: Preview, *, verbose: bool = False) -> None:
    """Show what has no part in the decision, and what was probably meant differently."""
    show_left_out(screen, preview, verbose=verbose)
    for package in preview.facts.packages:
        for warning in package.reading.warnings:
            screen.note(warning)
    if preview.facts.undated:
        from releasio.release.changed_defaults import undated_notes

        for warning in undated_notes(preview.facts):
            screen.note(warning)
    for release in preview.releases:
        for remark in release.remarks:
            screen.note(remark)


def show_left_out(screen: Terminal, preview: Preview, *, verbose: bool = False) -> None:
    """Show which commits have no part in it, so that nobody has to miss them in the notes."""
    left_out = [commit for package in preview.facts.packages for commit in package.reading.left_out]
    shown_commits = left_out if verbose else surprising(left_out)
    for commit, reason in shown_commits:
        screen.say(f"  left out: {commit.id[:8]} {commit.subject.strip()}: {reason}")
    other_commits = [entry for entry in left_out if entry not in shown_commits]
    if sentence := summary(other_commits):
        screen.say(f"  left out: {sentence} (--verbose names them)")


def show_release(screen: Terminal, release: Release, *, verbose: bool = False) -> None:
    """Show name, versions, and the commits, rules and settings behind them."""
    screen.say(release.headline, bold=True)
    shown_reasons = release.reasons if verbose else release.reasons[:_FEW]
    for reason in shown_reasons:
        screen.say(f"  {reason}")
    if len(shown_reasons) < len(release.reasons):
        screen.say(f"  and {len(release.reasons) - len(shown_reasons)} more (--verbose shows them)")


def conclude(app: App, preview: Preview, command: str) -> None:
    """
    End a preview with the *command* that would act; say no such thing if it could not.

    In GitHub Actions the page of the job gets what would be released, too.

    Raises:
        Problems: Several things stand in the way.
        ReleasioError: One does.
    """
    if preview.releases:
        app.screen.say()
        raise_all(preview.blockers)
        app.screen.command("Nothing was changed. To do it:", command)
    if "GITHUB_STEP_SUMMARY" in app.env:
        from releasio.cli.show.job.page import tell_preview

        tell_preview(app, preview, command)
