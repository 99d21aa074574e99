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
screen.say("  [x] upload")
"""
_CODE = re.compile(r"\x1b\[([\d;]*)([A-Za-z])")


def run_in_terminal(program: str) -> str:
    master, slave = pty.openpty()
    env = {**os.environ, "COLUMNS": "90", "TERM": "xterm", "GITHUB_ACTIONS": ""}
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
                case "J":
                    lines[row:] = [lines[row][:column]]
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
        f"    demo-{number}.whl [{'=' * 24}] 100 %  {number + 1}.0 MB" for number in range(4)
    ] == sorted(lines[2:-1])
    assert "  [x] upload" == lines[-1]


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
