from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.world.landing.held import give_back, holding
from releasio.world.lock import exclusive

if TYPE_CHECKING:
    from pathlib import Path

DIES = """
import os, sys
from pathlib import Path
from releasio.world.landing.held import holding
state = Path(sys.argv[1])
with holding(state, [Path(path) for path in sys.argv[2:]]):
    for path in sys.argv[2:]:
        Path(path).touch()
    os._exit(137)
"""
LIVES_ON = """
import subprocess, sys
from pathlib import Path
from releasio.world.landing.held import holding
lock = Path(sys.argv[2])
with holding(Path(sys.argv[1]), [lock]) as held:
    lock.touch()
    git = [sys.executable, "-c", "import sys, time; time.sleep(1); print('ended')"]
    subprocess.Popen(git, pass_fds=held.descriptors)
    import os
    os._exit(137)
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return the folder of ours in the directory of a repository."""
    (tmp_path / ".git/refs/tags").mkdir(parents=True)
    return tmp_path / ".git/releasio"


def run(code: str, *args: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(command, env=env, check=False, capture_output=True, text=True)


class TestGiveBack:
    def test_a_run_that_begins_removes_the_locks_of_one_that_died(self, state: Path) -> None:
        locks = [state.parent / "index.lock", state.parent / "refs/tags/v1.lock"]
        run(DIES, state, *locks)
        before = [lock.exists() for lock in locks]
        with exclusive(state / "lock"):
            after = [lock.exists() for lock in locks]

        assert ([True, True], [False, False]) == (before, after)
        assert not (state / "held").exists()

    def test_a_lock_that_was_there_before_is_somebody_elses(self, state: Path) -> None:
        lock = state.parent / "index.lock"
        lock.touch()
        run(DIES, state, lock)
        with exclusive(state / "lock"):
            assert lock.exists()

    def test_one_that_nobody_wrote_down_stays(self, state: Path) -> None:
        lock, other = state.parent / "index.lock", state.parent / "HEAD.lock"
        run(DIES, state, lock)
        other.touch()
        with exclusive(state / "lock"):
            assert (False, True) == (lock.exists(), other.exists())

    @pytest.mark.skipif(sys.platform == "win32", reason="there a file in use cannot be removed")
    def test_waits_for_a_git_that_lives_on(self, state: Path) -> None:
        lock = state.parent / "index.lock"
        done = run(LIVES_ON, state, lock)  # returns when the last one has closed its output
        give_back(state)

        assert "ended\n" == done.stdout
        assert not lock.exists()

    @pytest.mark.parametrize(
        "name",
        ["../outside.lock", "{top}/outside.lock", "HEAD", "config", "refs/tags", "link/a.lock"],
    )
    def test_removes_locks_of_git_and_nothing_else(
        self, state: Path, tmp_path: Path, name: str
    ) -> None:
        """A build may have written there; it does not make us remove what we would not."""
        (tmp_path / "elsewhere").mkdir()
        (state.parent / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        kept = [
            tmp_path / "outside.lock",
            tmp_path / "elsewhere/a.lock",
            state.parent / "HEAD",
            state.parent / "config",
        ]
        for path in kept:
            path.touch()
        state.mkdir()
        (state / "held").write_text(f"{name.format(top=tmp_path)}\n", encoding="utf-8")
        give_back(state)

        assert all(path.exists() for path in kept)

    def test_nothing_to_give_back(self, state: Path) -> None:
        give_back(state)

        assert not state.exists()


class TestHolding:
    def test_is_forgotten_when_git_ended(self, state: Path) -> None:
        lock = state.parent / "index.lock"
        with holding(state, [lock]):
            written = (state / "held").read_text(encoding="utf-8")

        assert "index.lock\n" == written
        assert not (state / "held").exists()

    def test_a_git_that_was_ended_leaves_no_lock(self, state: Path) -> None:
        lock, other = state.parent / "index.lock", state.parent / "HEAD.lock"
        other.touch()

        def interrupted() -> None:
            with holding(state, [lock, other]):
                lock.touch()
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()

        assert (False, True) == (lock.exists(), other.exists())

    @pytest.mark.parametrize(
        ("status", "killed"),
        [(0, False), (1, False), (128, False), (129, False), (137, True), (-9, True)],
    )
    def test_a_git_that_was_killed_is_known_by_its_status(
        self, state: Path, status: int, *, killed: bool
    ) -> None:
        lock = state.parent / "index.lock"
        with holding(state, [lock]) as held:
            lock.touch()
            answer = held.free_after(status)

        assert (killed, not killed) == (answer, lock.exists())
