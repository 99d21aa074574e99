"""What a terminal shows of bars, notes and lines that several threads write."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminal to run it in", allow_module_level=True)

import pty

PROGRAM = """
import os, threading
from releasio.cli.screen import Terminal

screen = Terminal(dict(os.environ))
screen.chatty = False
sizes = {f"demo-{number}.whl": 1_000_000 * (number + 1) for number in range(4)}
screen.say("publish")
screen.passing("  ... upload")
screen.expect(sizes)
noted = threading.Event()

def send(name, total):
    for done in range(0, total // 2, 50_000):
        screen.progress(name, done, total)
    noted.wait(10)
    for done in range(total // 2, total + 1, 50_000):
        screen.progress(name, done, total)

threads = [threading.Thread(target=send, args=each) for each in sizes.items()]
for thread in threads:
    thread.start()
screen.note("trying again in 1 s")
noted.set()
for thread in threads:
    thread.join()
screen.clear()
screen.say("  [x] upload")
"""
_CODE = re.compile(r"\x1b\[([\d;]*)([A-Za-z])")
BAR = "━" * 24


def run_in_terminal(program: str, **more: str) -> str:
    master, slave = pty.openpty()
    env = {**os.environ, "COLUMNS": "90", "TERM": "xterm", "GITHUB_ACTIONS": "", **more}
    child = subprocess.Popen([sys.executable, "-c", program], env=env, stdout=slave)
    os.close(slave)
    written = b""
    try:
        while piece := os.read(master, 65536):
            written += piece
    except OSError:  # how Linux says that the other end was closed
        pass
    os.close(master)
    assert 0 == child.wait()
    return written.decode()


def shown(written: str) -> list[str]:
    """Play what was written on a sheet of paper that can be rubbed out."""
    lines, row, column, at = [""], 0, 0, 0
    while at < len(written):
        if code := _CODE.match(written, at):
            at = code.end()
            match code[2]:
                case "A":
                    row -= int(code[1] or 1)
                case "K":
                    assert "2" == code[1]
                    lines[row] = ""
                case "m":
                    pass
                case other:
                    raise AssertionError(other)
            continue
        match written[at]:
            case "\r":
                column = 0
            case "\n":
                row += 1
                lines += [""] * (row == len(lines))
            case letter:
                line = lines[row].ljust(column)
                lines[row] = f"{line[:column]}{letter}{line[column + 1 :]}"
                column += 1
        at += 1
    return [line.rstrip() for line in lines if line.strip()]


def test_bars_stay_one_below_the_other_and_leave_one_line_for_each_file() -> None:
    lines = shown(run_in_terminal(PROGRAM))

    assert ["publish", "  note: trying again in 1 s"] == lines[:2]
    assert [
        f"    demo-{number}.whl {BAR} 100 % {number + 1}.0 MB" for number in range(4)
    ] == sorted(lines[2:-1])
    assert "  [x] upload" == lines[-1]


SENDING = """
import os, time
from releasio.cli.screen import Terminal

screen = Terminal(dict(os.environ))
screen.expect({sizes})
for each in {progress}:
    screen.progress(*each)
time.sleep(0.6)
os._exit(0)  # what is drawn stays
"""


def drawn(sizes: dict[str, int], *progress: tuple[str | int, ...], **env: str) -> list[str]:
    """Return what is on the terminal after *progress* of a batch of *sizes*."""
    return shown(run_in_terminal(SENDING.format(sizes=sizes, progress=progress), **env))


class TestBars:
    def test_each_file_has_one_and_all_of_them_another(self) -> None:
        sizes = {"a.whl": 1000, "b.whl": 3000, "c.tar.gz": 4000}
        lines = drawn(sizes, ("a.whl", 500, 1000), ("b.whl", 1500, 3000), NO_COLOR="1")

        assert [
            "    a.whl        ━━━━━━━━━━━━              50 % 500 bytes of 1.0 kB",
            "    b.whl        ━━━━━━━━━━━━              50 % 1.5 kB of 3.0 kB",
            "    0 of 3 files ━━━━━━                    25 % 2.0 kB of 8.0 kB",
        ] == lines

    def test_what_is_no_bytes_has_its_unit(self) -> None:
        progress = (("objects", 1000, 1000, "objects"), ("work tree", 1500, 3000, "files"))
        lines = drawn({}, *progress)

        assert f"    objects {BAR} 100 % 1,000 objects" == lines[0]
        assert "50 % 1,500 of 3,000 files" in " ".join(lines)

    def test_a_file_that_is_through_leaves_its_bar_behind(self) -> None:
        progress = (("a.whl", 1000, 1000), ("b.whl", 1500, 3000))
        lines = drawn({"a.whl": 1000, "b.whl": 3000}, *progress)

        assert f"    a.whl {BAR} 100 % 1.0 kB" == lines[0]
        assert "1 of 2 files" in lines[-1]
        assert "62 % 2.5 kB of 4.0 kB" in lines[-1]

    def test_nothing_else_is_left_when_all_are_through(self) -> None:
        progress = (("a.whl", 500, 1000), ("a.whl", 1000, 1000), ("b.whl", 3000, 3000))
        lines = drawn({"a.whl": 1000, "b.whl": 3000}, *progress)

        assert [
            f"    a.whl {BAR} 100 % 1.0 kB",
            f"    b.whl {BAR} 100 % 3.0 kB",
        ] == lines

    def test_a_single_file_needs_no_sum(self) -> None:
        (line,) = drawn({"a.whl": 1000}, ("a.whl", 250, 1000))

        assert line.startswith("    a.whl ━")

    def test_a_file_that_is_sent_again_begins_anew(self) -> None:
        progress = (("a.whl", 1000, 1000), ("a.whl", 500, 1000))
        lines = drawn({"a.whl": 1000, "b.whl": 1000}, *progress)

        assert "25 % 500 bytes of 2.0 kB" in lines[-1]

    @pytest.mark.parametrize("columns", [20, 40, 60, 80])
    def test_no_line_is_wider_than_the_terminal(self, columns: int) -> None:
        name = f"demo-{'long-' * 30}1.0-py3-none-any.whl"
        sizes = {name: 1000, "b.whl": 3000}
        lines = drawn(sizes, (name, 500, 1000), COLUMNS=str(columns))

        assert 2 == len(lines)
        assert max(map(len, lines)) <= columns

    def test_what_was_never_finished_is_gone_with_its_step(self) -> None:
        program = SENDING.replace(
            "time.sleep", "screen.clear(); screen.passing('next'); time.sleep"
        )
        program = program.replace("screen.expect", "screen.chatty = False; screen.expect")
        written = run_in_terminal(program.format(sizes={}, progress=[("a.whl", 500, 1000)]))

        assert "500 bytes" in written
        assert ["next"] == shown(written)

    def test_a_long_name_keeps_both_ends(self) -> None:
        name = f"demo-{'long-' * 30}1.0-py3-none-any.whl"
        (line,) = drawn({name: 1000}, (name, 500, 1000))

        assert line.startswith("    demo-long")
        assert "...y3-none-any.whl ━" in line

    def test_what_a_label_holds_is_text(self) -> None:
        (line,) = drawn({"[red]:tada:.whl": 1000}, ("[red]:tada:.whl", 500, 1000))

        assert line.startswith("    [red]:tada:.whl ━")

    def test_an_encoding_that_lacks_letters_gets_others(self) -> None:
        sizes = {"dünn.whl": 1000}
        (line,) = drawn(sizes, ("dünn.whl", 500, 1000), PYTHONIOENCODING="ascii")

        assert line.startswith("    d?nn.whl ----")


def test_nothing_of_it_is_loaded_in_a_pipe() -> None:
    program = """
import os, sys
from releasio.cli.screen import Terminal

screen = Terminal(dict(os.environ))
screen.chatty = False
screen.passing("  ... build")
screen.expect({"a.whl": 1000})
screen.progress("a.whl", 500, 1000)
print({name.partition(".")[0] for name in sys.modules} & {"rich", "pygments"})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert b"  ... build\nset()\n" == done.stdout


def test_what_worries_nobody_is_not_in_the_colour_of_what_does() -> None:
    program = """
import os
from releasio.cli.screen import Terminal

screen = Terminal({"TERM": "xterm"})
screen.note("the token expires today")
screen.detail("GitLab CI: does not apply: not in a CI")
assert ["the token expires today", "GitLab CI: does not apply: not in a CI"] == screen.notes
"""
    worrying, other = run_in_terminal(program).splitlines()

    assert "\x1b[33m  note: the token expires today\x1b[0m" == worrying
    assert "\x1b[2m  note: GitLab CI: does not apply: not in a CI\x1b[0m" == other
