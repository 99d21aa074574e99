"""Hooks and other children, really run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.errors.files.build import HookFailed
from releasio.world.processes.child import Lines, run
from releasio.world.processes.shell import run_hook
from tests.fakes.screen import Quiet

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="speaks to a POSIX shell")


def python(*lines: str) -> list[str]:
    return [sys.executable, "-c", "\n".join(["import sys, time, os", *lines])]


class TestRun:
    def test_shows_output_and_errors_line_by_line(self, tmp_path: Path) -> None:
        screen = Quiet()

        ended = run(
            python("print('one', flush=True)", "print('two', file=sys.stderr)", "sys.exit(3)"),
            cwd=tmp_path,
            env=os.environ,
            screen=screen,
        )

        assert ["one", "two"] == screen.lines
        assert (3, ("one", "two")) == (ended.status, ended.tail)

    def test_shows_a_line_while_the_child_still_works(self, tmp_path: Path) -> None:
        """The child waits for a file that the screen makes when it sees the first line."""
        flag = tmp_path / "seen"

        class Answering(Quiet):
            def line(self, text: str) -> None:
                super().line(text)
                flag.touch()

        screen = Answering()
        waiting = python(
            "print('first', flush=True)",
            "end = time.time() + 20",
            "while not os.path.exists('seen') and time.time() < end: time.sleep(0.01)",
            "print('seen' if os.path.exists('seen') else 'gave up')",
        )
        run(waiting, cwd=tmp_path, env=os.environ, screen=screen)

        assert ["first", "seen"] == screen.lines

    def test_survives_garbage_and_a_missing_last_newline(self, tmp_path: Path) -> None:
        screen = Quiet()

        run(
            python(r"sys.stdout.buffer.write(b'\xff\xfe ok\r\nhalf\rwhole\n\x1b[31mred\x1b[0m')"),
            cwd=tmp_path,
            env=os.environ,
            screen=screen,
        )

        assert ["\ufffd\ufffd ok", "half", "whole", "\x1b[31mred\x1b[0m"] == screen.lines

    def test_keeps_the_tail_plain(self, tmp_path: Path) -> None:
        ended = run(
            python(r"print('\x1b[1;31merror\x1b[0m: \x1b]0;title\x07gone')"),
            cwd=tmp_path,
            env=os.environ,
            screen=Quiet(),
        )

        assert ("error: gone",) == ended.tail

    def test_reads_from_nothing(self, tmp_path: Path) -> None:
        screen = Quiet()

        run(python("print(repr(sys.stdin.read()))"), cwd=tmp_path, env=os.environ, screen=screen)

        assert ["''"] == screen.lines

    @POSIX
    def test_does_not_wait_for_a_daemon_that_holds_the_pipe(self, tmp_path: Path) -> None:
        screen = Quiet()
        begun = time.monotonic()

        run("sleep 30 & echo started $!", cwd=tmp_path, env=os.environ, screen=screen)

        assert 10 > time.monotonic() - begun
        os.kill(int(screen.lines[0].split()[1]), signal.SIGKILL)

    @POSIX
    def test_nor_for_one_that_goes_on_writing(self, tmp_path: Path) -> None:
        screen = Quiet()
        begun = time.monotonic()
        chatty = "for i in $(seq 150); do echo more; sleep 0.2; done"

        run(f"({chatty}) & echo started $!", cwd=tmp_path, env=os.environ, screen=screen)

        assert 15 > time.monotonic() - begun
        started = next(line for line in screen.lines if line.startswith("started"))
        os.kill(int(started.split()[1]), signal.SIGKILL)

    @POSIX
    def test_all_of_a_long_output_is_shown_however_slow_the_screen(self, tmp_path: Path) -> None:
        class Slow(Quiet):
            def line(self, text: str) -> None:
                super().line(text)
                if len(self.lines) % 1000 == 0:
                    time.sleep(0.1)

        screen = Slow()

        run("seq 70000", cwd=tmp_path, env=os.environ, screen=screen)

        assert 70000 == len(screen.lines)

    @POSIX
    def test_an_interrupt_ends_the_whole_group(self, tmp_path: Path) -> None:
        """A Ctrl-C while a grandchild runs that ignores polite requests."""
        script = tmp_path / "interrupted.py"
        script.write_text(
            "import os, sys, pathlib\n"
            "from releasio.world.processes.child import run\n"
            "class Loud:\n"
            "    def line(self, text):\n"
            "        print(text, flush=True)\n"
            "try:\n"
            "    run(\"sh -c 'trap : TERM INT; echo $$; while :; do sleep 0.1; done'; true\",\n"
            "        cwd=pathlib.Path(), env=os.environ, screen=Loud())\n"
            "except KeyboardInterrupt:\n"
            "    print('interrupted')\n",
            encoding="utf-8",
        )
        with subprocess.Popen(
            [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as parent:
            assert parent.stdout
            grandchild = int(parent.stdout.readline())
            parent.send_signal(signal.SIGINT)
            assert "interrupted\n" == parent.stdout.read()

        with pytest.raises(ProcessLookupError):
            wait_until_gone(grandchild)


def wait_until_gone(pid: int) -> None:
    """Signal *pid* until that fails, as it does once init has reaped it; give up after 5 s."""
    for _ in range(500):
        if zombie(pid):
            raise ProcessLookupError
        os.kill(pid, 0)
        time.sleep(0.01)


def zombie(pid: int) -> bool:
    """Tell whether nobody reaped *pid* yet: containers often have no init that would."""
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


class TestLines:
    @given(st.lists(st.binary(max_size=20)), st.integers(1, 7))
    def test_are_the_same_however_the_stream_is_cut(self, parts: list[bytes], size: int) -> None:
        stream = b"".join(parts)
        whole, pieces = Lines(lambda _: None), Lines(lambda _: None)
        whole.feed(stream)
        whole.close()

        for start in range(0, len(stream), size):
            pieces.feed(stream[start : start + size])
        pieces.close()

        assert list(whole.tail) == list(pieces.tail)

    def test_without_end_come_in_pieces(self) -> None:
        shown: list[str] = []
        lines = Lines(shown.append)
        for _ in range(10):
            lines.feed(b"x" * 65_536)
        lines.close()

        assert 655_360 == sum(map(len, shown))
        assert 65_536 == max(map(len, shown))


class TestRunHook:
    @POSIX
    def test_a_hostile_branch_name_is_only_a_name(self, tmp_path: Path) -> None:
        screen = Quiet()
        hostile = "x; touch owned; $(touch owned) `touch owned` 'touch owned' \"& touch owned"

        run_hook(
            "pre_release",
            'echo on {branch}; echo "$RELEASIO_BRANCH"',
            {"branch": hostile},
            cwd=tmp_path,
            env=os.environ,
            screen=screen,
        )

        assert [f"on {hostile}", hostile] == screen.lines
        assert [] == list(tmp_path.iterdir())

    @POSIX
    def test_shell_braces_work(self, tmp_path: Path) -> None:
        screen = Quiet()

        run_hook(
            "pre_bump",
            "X=a; echo one two | awk '{print $2}'; { echo ${X}-{version}; }",
            {"version": "1.2.0"},
            cwd=tmp_path,
            env=os.environ,
            screen=screen,
        )

        assert ["two", "a-1.2.0"] == screen.lines

    @POSIX
    def test_paths_with_spaces_work_in_every_kind_of_quotes(self, tmp_path: Path) -> None:
        place = tmp_path / "my project (new)"
        place.mkdir()
        screen = Quiet()

        run_hook(
            "pre_bump",
            "ls -d {project_path}; ls -d \"{project_path}\"; ls -d '{project_path}'",
            {"project_path": str(place)},
            cwd=tmp_path,
            env=os.environ,
            screen=screen,
        )

        assert [str(place)] * 3 == screen.lines

    def test_gets_its_variables_and_no_credentials(self, tmp_path: Path) -> None:
        screen = Quiet()
        (tmp_path / "show.py").write_text(
            "import os\n"
            "for name in sorted(os.environ):\n"
            "    if 'TOKEN' in name or name.startswith('RELEASIO_'):\n"
            "        print(name, os.environ[name])\n",
            encoding="utf-8",
        )

        run_hook(
            "post_bump",
            f'"{sys.executable}" show.py',
            {"version": "1.2.0", "tag": "v1.2.0"},
            cwd=tmp_path,
            env={**os.environ, "PYPI_TOKEN": "s3cret", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "s3cret"},
            screen=screen,
        )

        assert ["RELEASIO_TAG v1.2.0", "RELEASIO_VERSION 1.2.0"] == screen.lines

    def test_a_failure_says_which_hook_and_shows_its_last_lines(self, tmp_path: Path) -> None:
        with pytest.raises(HookFailed) as caught:
            run_hook(
                "pre_release",
                "echo no such thing&& exit 7",
                {},
                cwd=tmp_path,
                env=os.environ,
                screen=Quiet(),
            )

        assert (
            "hook pre_release exited with status 7: echo no such thing&& exit 7\n    no such thing"
        ) == caught.value.message
        assert (
            "Run it by hand, repair it, or take it out of hooks.pre_release; then run again. "
            "Hooks run without credentials, in the tree of the release commit."
        ) == caught.value.hint
        assert 1 == caught.value.exit_code

    @POSIX
    def test_a_signal_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(HookFailed, match=r"hook build was ended by signal 9: kill -9 \$\$"):
            run_hook("build", "kill -9 $$", {}, cwd=tmp_path, env=os.environ, screen=Quiet())
