"""What goes wrong when the forge makes a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class ForgeCannotCommit(ReleasioError):
    """
    The release commit has what the forge's interface cannot commit.

    It takes plain files alone: no links, no submodules, and no files that may be run. Such a
    commit is made and signed by git.
    """

    message = "{forge} commits plain files only, and the release changes {paths:listed}"
    hint = """
        Set commit.gpgSign and a key and github.commit_with_api = false, or keep hooks from changing
        {paths:/that file/those files}."""
    forge: str
    paths: Sequence[str]


class ForgeCommitDiffers(ReleasioError):
    """
    The commit that the forge made is not the one it was asked for.

    Nothing is built or tagged from it; its branch was taken away again.
    """

    message = (
        "{forge} made commit {commit:.8} with other contents than it was given: {paths:listed}"
    )
    hint = "Run again. If it stays so, set github.commit_with_api = false and sign with git."
    forge: str
    commit: str
    paths: Sequence[str]
