"""What a terminal shows only until something else is there, drawn by rich."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.filesize import decimal
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Column, Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

_WIDTH = 24  # characters of a bar
_ROOM = len("     100 %  999.9 MB of 999.9 MB ") + _WIDTH


class Drawing:
    """
    A line that counts seconds, or bars of what is under way, at the bottom of a terminal.

    All text must be safe to be shown. Whoever writes something else pauses it meanwhile.

    Args:
        styled: Whether to colour.
    """

    def __init__(self, *, styled: bool) -> None:
        self._console = _Terminal(
            color_system="auto" if styled else None, force_terminal=True, highlight=False
        )
        self._files: dict[str, tuple[int, int]] = {}  # bytes that are through, and all
        self._units: dict[str, str] = {}  # by label, where they are no bytes
        self._working: tuple[str, float] | None = None  # what takes its time, and since when
        self._still = False
        self._live: Live | None = None

    def work(self, text: str, *, still: bool) -> None:
        """Show what is done and count its seconds; where it is *still*, draw it only once."""
        self.clear()
        self._working, self._still = (text, time.monotonic()), still
        self.resume()

    def expect(self, sizes: Mapping[str, int]) -> None:
        """Begin a batch, label to bytes, whose sum has a bar, too, until all of it is through."""
        self._files = {label: (0, size) for label, size in sizes.items()}

    def advance(self, label: str, count: int, total: int, unit: str) -> None:
        """Show that *count* of *total* of *label*, in *unit*, are through; of all, a line stays."""
        self._files[label] = (count, total)
        self._units[label] = unit
        if count == total:
            self._console.print(self._rows({label: (count, total)}))
        if count == total or self._live is None:
            self.resume()

    def clear(self) -> None:
        """Take everything away, and do not draw it again."""
        self._working, self._files = None, {}
        self.pause()

    def pause(self) -> None:
        """Take away what is drawn; `resume` brings it back."""
        if self._still:
            self._working = None
        if self._live:
            self._live.stop()
            self._live = None

    def resume(self) -> None:
        """Draw what there is to be drawn."""
        picture = self._picture()
        if picture is None:
            self.pause()
        elif self._live is None:
            self._live = Live(
                console=self._console,
                auto_refresh=not self._still,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
                get_renderable=lambda: self._picture() or "",
            )
            self._live.start(refresh=True)

    def _picture(self) -> RenderableType | None:
        files = dict(self._files)
        under_way = {name: part for name, part in files.items() if 0 < part[0] < part[1]}
        if under_way:
            if len(files) > 1:
                parts, wholes = zip(*files.values(), strict=True)
                through = sum(count == total for count, total in files.values())
                under_way[f"{through} of {len(files)} files"] = (sum(parts), sum(wholes))
            return self._rows(under_way)
        if self._working is None:
            return None
        text, since = self._working
        seconds = int(time.monotonic() - since)
        took = f"  {seconds} s" if seconds else ""
        line = Text(text, "dim", no_wrap=True)
        line.truncate(max(self._console.width - 1 - len(took), 0), overflow="crop")
        return line.append(took)

    def _rows(self, files: Mapping[str, tuple[int, int]]) -> RenderableType:
        """Return a bar for each of *files*, name to bytes that are through and all."""
        columns = [Column(no_wrap=True, overflow="crop") for _ in range(4)]
        table = Table.grid(*columns, padding=(0, 1))
        room = max(self._console.width - _ROOM, 8)
        for name, (count, total) in files.items():
            bar = ProgressBar(total, count, _WIDTH, complete_style="green", finished_style="green")
            amount = _amount(count, total, self._units.get(name, "bytes"))
            label = Text(f"    {_short(name, room)}")  # a `str` may be markup
            table.add_row(label, bar, f"{100 * count // total:3d} %", amount)
        return table


class _Terminal(Console):
    """Never hides the cursor: who is killed cannot bring it back."""

    def show_cursor(self, show: bool = True) -> bool:  # noqa: FBT001, FBT002 -- rich's own form
        """Leave the cursor as it is."""
        return not show


def _amount(count: int, total: int, unit: str) -> str:
    if unit == "bytes":
        return decimal(total) if count == total else f"{decimal(count)} of {decimal(total)}"
    return f"{total:,} {unit}" if count == total else f"{count:,} of {total:,} {unit}"


def _short(label: str, room: int) -> str:
    """Leave out the middle: wheels of one release begin alike, and their tags come last."""
    if len(label) <= room:
        return label
    head = (room - 3) // 2
    return f"{label[:head]}...{label[len(label) - (room - 3 - head) :]}"
