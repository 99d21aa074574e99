"""
What we reach for in speed, as ratios measured here and now.

They are no tests: a shared machine drifts, so the last column only says what
was reached this time.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.build import BUILD_REACH, builds
from bench.repositories import DEMO, NAMES, THIS, repository
from bench.timing import Command, medians, peak_memory, releasio
from bench.upload import LOADS, MEGABYTE, uploads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.upload import Measured

_LOG = ("git", "log", "-z", "--format=%H%n%P%n%ct%n%aN%n%aE%n%B")
_NOTHING = "python -c pass"
_MOST_MEMORY = 60  # MB
_MOST_WHILE_UPLOADING = 50  # MB
_FEW = 10  # files
_BY_DEFAULT = "releasio publish, 8 at once"
_OF_WAITING = 0.3  # of a peer's time, where many files each wait for an answer
QUICK = 5  # rounds
# what any Python program has to do for the same answer: three git processes and the parsing
_THREE_GITS = """
import subprocess, re
def git(*args):
    return subprocess.run(["git", *args], capture_output=True, check=True).stdout.decode()
tags = git("for-each-ref", "--format=%(refname:strip=2)", "refs/tags").split()
number = lambda tag: tuple(map(int, re.findall("[0-9]+", tag)))
last = max(tags, key=number, default="")
git("status", "--porcelain", "--untracked-files=no")
log = git("log", "-z", "--format=%H%n%an%n%ae%n%B", (last and last + "..") + "HEAD").split(chr(0))
kinds = [re.match("([a-z]+)", entry.split(chr(10), 3)[3]) for entry in log if entry]
"""
_CLICK = "import click"
_FLOORS = {"Python and three gits": _THREE_GITS, "with click": f"{_CLICK}\n{_THREE_GITS}"}
_REACH = {"Python and three gits": 2.5, "with click": 1.5}
_GROWTH = 1.4  # from 1,000 to 100,000 commits
_WHOLE = 1.8  # times `git log`


@dataclass(frozen=True)
class Row:
    """
    One line of a table.

    Attributes:
        what: The command.
        value: As it was measured, in words.
        ratio: To what it is compared with.
        to: What it is compared with.
        reach: What we reach for; None: only for orientation.
    """

    what: str
    value: str
    ratio: float
    to: str
    reach: float | None = None

    def __str__(self) -> str:
        said = f"{self.what:<38} {self.value:>14} {self.ratio:>7.2f} x {self.to:<28}"
        if self.reach is None:
            return said.rstrip()
        return f"{said} <= {self.reach:<5.2g} {'reached' if self.ratio <= self.reach else 'MISSED'}"


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="runs of each command")
    parser.add_argument(
        "--quick", action="store_true", help=f"{QUICK} runs, no repository over 20,000, one load"
    )
    parser.add_argument("--fresh", action="store_true", help="make the repositories anew")
    options = parser.parse_args(argv)
    rounds = QUICK if options.quick else options.rounds
    names = [name for name in NAMES if not options.quick or name in {DEMO, THIS, "1k", "20k"}]
    print(f"Python {platform.python_version()}, {_line('git', '--version')}, {rounds} rounds\n")
    folders = {name: repository(name, fresh=options.fresh) for name in names}
    for title, rows in _tables(folders, rounds):
        print(title)
        for row in rows:
            print(f"  {row}")
        print()


def _tables(folders: Mapping[str, Path], rounds: int) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "1. Start-up", _start_up(rounds)
    yield "2. check --offline", _checks(folders, rounds)
    largest = list(folders)[-1] if "100k" not in folders else "100k"
    yield f"3. changelog --all ({largest})", _changelog(folders[largest], rounds)
    yield "4. Build of a tiny hatchling project", _build(max(3, rounds // 3))
    loads = LOADS[:1] if rounds <= QUICK else LOADS
    for measured in uploads(loads, max(3, rounds // 5)):
        yield f"5. Upload ({measured.load}; memory beside it)", _upload(measured)


def _start_up(rounds: int) -> Iterator[Row]:
    here = Path(__file__).parent
    found = medians(
        [
            _python(_NOTHING, "pass", here),
            _python(f"python -c {_CLICK!r}", _CLICK, here),
            releasio("--version", here, "--version"),
            releasio("--help", here, "--help"),
        ],
        rounds,
    )
    floor = found[_NOTHING]
    reach = {"--version": 3.0, "--help": 5.0}
    for name, seconds in found.items():
        yield Row(name, _ms(seconds), seconds / floor, _NOTHING, reach.get(name))


def _checks(folders: Mapping[str, Path], rounds: int) -> Iterator[Row]:
    commands = [_python(_NOTHING, "pass", Path(__file__).parent)]
    for name, folder in folders.items():
        commands.append(releasio(f"check {name}", folder, "check", "--offline"))
        commands += [_python(f"{floor} {name}", _FLOORS[floor], folder) for floor in _FLOORS]
        commands += _peer(f"git-cliff {name}", folder, "--unreleased")
    found = medians(commands, rounds)
    smallest = found.get("check 1k")
    for name in folders:
        mine = found.get(f"check {name}")
        if mine is None:
            continue
        what, value = f"check --offline, {name}", _ms(mine)
        if name in {DEMO, THIS, "1k"} or not smallest:
            yield Row(what, value, mine / found[_NOTHING], _NOTHING)
        else:
            reach = _GROWTH if name == "100k" else None
            yield Row(what, value, mine / smallest, "check on 1k", reach)
        for floor, reach in _REACH.items():
            yield Row("", "", mine / found[f"{floor} {name}"], floor, reach)
        if peer := found.get(f"git-cliff {name}"):
            yield Row("", "", mine / peer, "git-cliff", 0.4 if name == "12k-tags" else None)


def _changelog(folder: Path, rounds: int) -> Iterator[Row]:
    commands = [
        Command("git log", _LOG, folder),
        _python("start-up", _CLICK, folder),
        releasio("changelog --all", folder, "changelog", "--all"),
        Command("page", (sys.executable, str(Path(__file__).with_name("page.py"))), folder),
        *_peer("git-cliff", folder),
    ]
    found = medians(commands, max(3, rounds // 3))
    mine, log = found.get("changelog --all"), found["git log"]
    yield Row("git log with the same fields", _ms(log), 1.0, "itself")
    if mine is None:
        return
    yield Row("changelog --all", _ms(mine), mine / log, "git log", _WHOLE)
    yield Row("", "", mine / (log + found["start-up"]), "git log, and Python with click")
    if page := found.get("page"):
        what = "a release's page, all in one range"
        yield Row(
            what, _ms(page), page / (log + found["start-up"]), "git log, and Python with click"
        )
    if peer := found.get("git-cliff"):
        yield Row("", "", mine / peer, "git-cliff", 1 / 6)
    if peak := peak_memory(folder, "changelog", "--all"):
        most = f"{_MOST_MEMORY} MB"
        yield Row(
            "its memory", f"{peak / MEGABYTE:.0f} MB", peak / MEGABYTE / _MOST_MEMORY, most, 1
        )


def _build(rounds: int) -> Iterator[Row]:
    """Compare ours, with uv and with pip, with the peers."""
    with builds() as commands:
        found = medians(commands, rounds)
    peers = [name for name in found if name not in BUILD_REACH]
    for name in found:
        reach = BUILD_REACH.get(name, {})
        for number, peer in enumerate(peers if name in BUILD_REACH else [name]):
            what, value = ("", "") if number else (name, _ms(found[name]))
            yield Row(what, value, found[name] / found[peer], peer, reach.get(peer))


def _upload(measured: Measured) -> Iterator[Row]:
    """Compare each of ours with each peer; what we reach for is said of the default."""
    seconds, load = measured.seconds, measured.load
    peers = [name for name in seconds if not name.startswith("releasio")]
    for name, taken in seconds.items():
        peak = measured.peak[name]
        value = f"{taken:.2f} s" + (f", {peak / MEGABYTE:.0f} MB" if peak else "")
        if name in peers:
            yield Row(name, value, 1.0, "itself")
            continue
        reach = _OF_WAITING if load.files > _FEW and load.latency else 1.0
        for number, peer in enumerate(peers):
            what, said = ("", "") if number else (name, value)
            # who sends and does nothing else is ahead where nothing has to be waited for
            counts = name == _BY_DEFAULT and (load.latency or not peer.startswith("uv"))
            yield Row(what, said, taken / seconds[peer], peer, reach if counts else None)
    if peaks := [peak for name, peak in measured.peak.items() if peak and name not in peers]:
        share = max(peaks) / MEGABYTE / _MOST_WHILE_UPLOADING
        yield Row("the most memory of ours", "", share, f"{_MOST_WHILE_UPLOADING} MB", 1)


def _python(name: str, text: str, folder: Path) -> Command:
    return Command(name, [sys.executable, "-c", text], folder)


def _peer(name: str, folder: Path, *args: str) -> list[Command]:
    """Return git-cliff's command, if it is installed here or on PATH."""
    here = str(Path(sys.executable).parent)
    found = shutil.which("git-cliff", path=here) or shutil.which("git-cliff")
    return [Command(name, [found, *args], folder)] if found else []


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _line(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
