"""How the process ends: at once, and not before everything has been said and given back."""

from __future__ import annotations

import os
import subprocess
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program

LATE = """
import os
class Late:
    def __del__(self, write=os.write):
        write(1, b"taken apart")
late = Late()
"""
LAST = """
import atexit
atexit.register(print, "given back")
"""
WAITED_FOR = """
import threading
def work():
    threading.main_thread().join()
    print("done")
threading.Thread(target=work).start()
"""


def driver(first: str, name: str = "program") -> tuple[str, str]:
    return "-c", f"{first}\nfrom releasio.__main__ import {name}\n{name}()\n"


class TestProgram:
    @pytest.mark.parametrize(
        ("words", "code"), [(["--version"], 0), (["explain", "tag-taken"], 0), (["nonsense"], 2)]
    )
    def test_says_and_exits_with_what_main_does(
        self, releasio: Program, words: list[str], code: int
    ) -> None:
        releasio.driver = driver("", "main")
        expected = releasio(*words)
        releasio.driver = driver("")
        run = releasio(*words)

        assert code == run.code
        assert expected == run
        assert run.out or run.err

    def test_does_not_take_itself_apart(self, releasio: Program) -> None:
        releasio.driver = driver(LATE, "main")
        expected = releasio("--version")
        releasio.driver = driver(LATE)
        run = releasio("--version")

        assert "taken apart" in expected.out
        assert expected.out.replace("taken apart", "") == run.out

    def test_has_everything_given_back(self, releasio: Program) -> None:
        releasio.driver = driver(LATE + LAST)
        run = releasio("--help")

        assert run.out.endswith("given back\n")

    def test_waits_for_a_thread_that_python_waits_for(self, releasio: Program) -> None:
        releasio.driver = driver(WAITED_FOR)
        run = releasio("--help")

        assert run.out.endswith("done\n")

    def test_leaves_a_profiler_its_end(self, releasio: Program) -> None:
        releasio.driver = ("-m", "cProfile", "-m", "releasio")
        done = subprocess.run(
            releasio.command("--help"),
            cwd=releasio.path,
            env=releasio.environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert "function calls" in done.stdout

    @pytest.mark.parametrize("unbuffered", ["", "1"])
    @pytest.mark.parametrize("word", ["--version", "-V", "--help"])
    @pytest.mark.parametrize("name", ["main", "program"])
    def test_that_nobody_reads_is_no_traceback(
        self, releasio: Program, name: str, word: str, unbuffered: str
    ) -> None:
        releasio.driver = driver("", name)
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "wb") as nobody:
            done = said_into(releasio, nobody, word, PYTHONUNBUFFERED=unbuffered)

        assert (1, "") == (done.returncode, done.stderr)

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")  # noqa: PTH110 -- no path of ours
    @pytest.mark.parametrize("unbuffered", ["", "1"])
    @pytest.mark.parametrize("name", ["main", "program"])
    @pytest.mark.parametrize("word", ["--version", "--help"])
    def test_what_cannot_be_written_is_told(
        self, releasio: Program, word: str, name: str, unbuffered: str
    ) -> None:
        releasio.driver = driver("", name)
        with open("/dev/full", "wb") as full:  # noqa: PTH123 -- no path of ours
            done = said_into(releasio, full, word, PYTHONUNBUFFERED=unbuffered)

        expected = "releasio: the output cannot be written: No space left on device\n"
        assert (1, expected) == (done.returncode, done.stderr)

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")  # noqa: PTH110 -- no path of ours
    def test_what_a_command_cannot_write_is_no_fault_of_the_repository_s_disk(
        self, releasio: Program
    ) -> None:
        with open("/dev/full", "wb") as full:  # noqa: PTH123 -- no path of ours
            done = said_into(releasio, full, "config")

        first, hint, *_ = done.stderr.splitlines()
        assert "error: the output: No space left on device" == first
        assert "  Make space there, then run again." == hint


def said_into(
    releasio: Program, file: IO[bytes], word: str, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        releasio.command(word),
        cwd=releasio.path,
        env=releasio.environment(**env),
        stdout=file,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
