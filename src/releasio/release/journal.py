"""One JSON line per step begun and ended: evidence for people and for `releasio status`."""

from __future__ import annotations

import os
from os import SEEK_END
from typing import TYPE_CHECKING

from releasio.errors.git.surroundings import ChangedUnderway
from releasio.frozen import frozen
from releasio.release.plans.plan import tags_of
from releasio.world.plain_file import open_log, own_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from releasio.release.preview import Preview
    from releasio.world.world import World


@frozen
class Entry:
    """
    One line of the journal.

    Attributes:
        time: ISO 8601, UTC.
        tag: The release it belongs to.
        stage: `prepare`, `build`, `publish` or `yank`.
        step: The step's own text, as the preview shows it.
        event: `run` (a run begins), `begin`, `end`, `skip` (done already, or left out) or `fail`.
        detail: The error's code, or why it was skipped.
        mark: What a later run finds it by, whatever its text; empty: none looks for it.
    """

    time: str
    tag: str
    stage: str
    step: str
    event: str
    detail: str = ""
    mark: str = ""


class Journal:
    """
    Appends entries to a file that outlives the process.

    Each line is written and flushed at once, so a killed run leaves all that
    it began. Steps ask the world instead; only where an index shows nothing of
    what it took does the end of an upload, written here, count (`unfinished`).
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self._clock = clock
        self._last_state: tuple[int, ...] = ()  # how the file was left by the last line of ours
        self._touched = False

    def write(
        self, tag: str, stage: str, step: str, event: str, detail: str = "", mark: str = ""
    ) -> None:
        """
        Append one entry.

        Raises:
            LinkInTheWay: The journal, or its folder, is a link.
        """
        import json  # 3 ms, and a preview writes nothing

        own_folder(self.path.parent)
        moment = self._clock().isoformat(timespec="seconds")
        entry = Entry(moment, tag, stage, step, event, detail, mark)
        line = json.dumps(entry.__dict__, ensure_ascii=False) + "\n"
        with open_log(self.path) as file:
            self._touched |= self._last_state not in {(), _file_state(file)}
            file.seek(-1 if file.tell() else 0, SEEK_END)
            # what a kill cut short must not take this line with it
            is_torn = file.read() not in {b"", b"\n"}
            file.write(b"\n" * is_torn + line.encode())
            file.flush()
            self._last_state = _file_state(file)

    def require_untouched(self) -> None:
        """
        Stop where somebody else wrote into the journal since this run began; its lock is held.

        Raises:
            ChangedUnderway: Somebody did.
        """
        if self._touched:
            raise ChangedUnderway(["the journal"])


def begin_journal(world: World, preview: Preview) -> Journal:
    """Return the journal of this repository, with the beginning of a run written down."""
    journal = Journal(world.state / "journal.jsonl", world.clock)
    if preview.releases:
        headlines = "; ".join(release.headline for release in preview.releases)
        journal.write(", ".join(tags_of(preview.releases)), "", headlines, "run")
    return journal


def _file_state(file: BinaryIO) -> tuple[int, ...]:
    status = os.fstat(file.fileno())
    return status.st_ino, status.st_size, status.st_mtime_ns


def read(path: Path) -> Iterator[Entry]:
    """Yield what was written, oldest first; a line cut short by a kill is passed over."""
    from releasio.text.json_text import read_json  # 3 ms, and a preview reads none

    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                yield Entry(**read_json(line))
            except (ValueError, TypeError):
                continue


def last_event(path: Path, tag: str, mark: str) -> str:
    """Return the last event of that mark and *tag* in the journal at *path*; empty: none."""
    events = [entry.event for entry in read(path) if (entry.tag, entry.mark) == (tag, mark)]
    return events[-1] if events else ""


def last_run(path: Path) -> list[Entry]:
    """Return the entries of the newest release in the journal at *path*, oldest first."""
    entries = list(read(path))
    if not entries:
        return []
    start = max((number for number, entry in enumerate(entries) if entry.event == "run"), default=0)
    return entries[start:]
