from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RemoteNotFound
from releasio.rules.running.remote import Remote
from releasio.world.forge.signing_branch import GONE, PLAIN, Changed, SigningBranch, changes_of
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

NAME = "releasio/sign-v1.0"


class TestChanges:
    def test_are_the_bytes_that_git_keeps(self, repo: Repository) -> None:
        repo.write(".gitattributes", "*.txt text eol=crlf")
        base = repo.commit("begin", **{"old.txt": "a\n", "same": "same"})
        repo.git("rm", "--quiet", "old.txt")
        commit = repo.commit("go on", **{"new.txt": "b\r\n", "a \u00e4\t\u201c.md": "odd"})

        changes = changes_of(opened(repo), base, commit)

        assert {
            "old.txt": Changed(GONE, None),
            "new.txt": Changed(PLAIN, b"b\n"),
            "a \u00e4\t\u201c.md": Changed(PLAIN, b"odd"),
        } == changes


class TestSigningBranch:
    def test_is_there_for_a_moment_whatever_was_left(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        other = repo.commit("feat: other")
        base = repo.commit("feat: base")
        remote = repo.add_remote(tmp_path / "remote.git")
        repo.git("push", "--quiet", "origin", f"{other}:refs/heads/{NAME}")
        branch = SigningBranch(opened(repo), Remote("origin", str(remote.path)), NAME)

        with branch.at(base):
            during = remote.git("rev-parse", NAME)

        assert base == during
        assert "" == remote.git("for-each-ref", f"refs/heads/{NAME}")

    def test_says_why_it_cannot_be_made(self, repo: Repository, tmp_path: Path) -> None:
        base = repo.commit("feat: base")
        repo.git("remote", "add", "origin", str(tmp_path / "missing.git"))
        branch = SigningBranch(opened(repo), Remote("origin", "missing"), NAME)

        with pytest.raises(RemoteNotFound), branch.at(base):
            pytest.fail("there is no remote")
