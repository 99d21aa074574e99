"""What to do about a git command that failed, where git's words are known."""

from __future__ import annotations

import pytest

from releasio.errors.git.commands import GitFailed


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        (
            "could not write to '.git/worktrees/x/locked': No space left on device",
            "Make space on the disk, then run again.",
        ),
        (
            "error: insufficient permission for adding an object to repository database",
            "Give yourself the right to write there, then run again.",
        ),
        ("unable to create file: Read-only file system", "Make it writable, then run again."),
        ("bad object HEAD", ""),
    ],
)
def test_hint(said: str, hint: str) -> None:
    assert hint == GitFailed("worktree", 128, said).hint
