"""What git starts may stay behind; nobody waits for it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import CommitRefused, RemoteUnreachable
from releasio.world.git.remotes import RefUpdate
from tests.world.git_fixtures import hook, impatient, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.repository import Repository

# a process that keeps what it inherited open for longer than anybody wants to wait
LINGERING = """\
import subprocess
import sys

print("the hook has spoken", file=sys.stderr, flush=True)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
"""

CHATTY = """\
import subprocess, sys
talk = "import sys, time\\nfor _ in range(300): print('more', flush=True); time.sleep(.1)"
subprocess.Popen([sys.executable, "-c", talk])
"""


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 20


def test_a_push_does_not_wait_for_what_a_hook_left_behind(repo: Repository, tmp_path: Path) -> None:
    repo.commit("feat: one")
    remote = repo.add_remote(tmp_path / "remote.git")
    hook(repo.path / ".git", "pre-push", LINGERING)
    git, made = opened(repo), repo.commit("feat: two")
    origin = git.remotes.chosen()
    assert origin is not None
    old = remote.git("rev-parse", "main")
    git.remotes.push(origin, [RefUpdate("refs/heads/main", made, old)])

    assert made == remote.git("rev-parse", "main")


@pytest.mark.parametrize("left", [LINGERING, CHATTY], ids=["silent", "chatty"])
def test_a_commit_does_not_wait_either(repo: Repository, left: str) -> None:
    base = repo.commit("feat: one")
    hook(repo.path / ".git", "pre-commit", left)
    repo.write("a.txt", "a")
    made = opened(repo).commits.commit_all("chore: release")

    assert base == repo.git("rev-parse", f"{made}^")


def test_what_was_said_before_is_heard(repo: Repository) -> None:
    repo.commit("feat: one")
    hook(repo.path / ".git", "pre-commit", f"{LINGERING}raise SystemExit(1)\n")
    repo.write("a.txt", "a")

    with pytest.raises(CommitRefused, match="the hook has spoken"):
        opened(repo).commits.commit_all("chore: release")


def test_nobody_waits_for_a_transport_that_does_not_want_to_end(
    repo: Repository, tmp_path: Path
) -> None:
    stubborn = tmp_path / "stubborn.py"
    stubborn.write_text(
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(40)\n",
        encoding="utf-8",
    )
    repo.commit("feat: one")
    repo.git("remote", "add", "origin", "ssh://127.0.0.1/demo.git")
    repo.git("config", "core.sshCommand", f'"{sys.executable}" "{stubborn.as_posix()}"')
    repo.git("config", "ssh.variant", "simple")
    git = opened(repo)
    origin = git.remotes.chosen()
    assert origin is not None

    with pytest.raises(RemoteUnreachable, match="no answer within 1 s"):
        impatient(git, 1.0).remotes.list_refs(origin)
