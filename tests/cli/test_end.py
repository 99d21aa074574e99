"""How the process ends: at once, and not before everything has been said and given back."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

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

    def test_tells_like_python_that_nobody_reads(self, releasio: Program) -> None:
        ends = []
        env = releasio.environment()
        env.pop("PYTHONUNBUFFERED", None)  # it shows when the process ends, and not before
        for name in ("main", "program"):
            read, write = os.pipe()
            os.close(read)
            with os.fdopen(write, "wb") as nobody:
                done = subprocess.run(
                    [sys.executable, *driver("", name), "--version"],
                    cwd=releasio.path,
                    env=env,
                    stdout=nobody,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    check=False,
                )
            ends.append((done.returncode, done.stderr))

        assert ends[0] == ends[1]
        assert "Broken pipe" in ends[0][1] or "Invalid argument" in ends[0][1]
