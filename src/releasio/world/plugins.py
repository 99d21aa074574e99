"""The sources of credentials that other installed packages bring."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.credentials import NotHere, Refused, Token
from releasio.errors.credential import PluginFailed

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from types import TracebackType

    from releasio.credentials import Question

GROUP = "releasio.credentials"


@dataclass(frozen=True)
class Plugin:
    """
    One entry point; nothing of it is loaded before it is asked.

    Attributes:
        name: What its package calls it, and settings do.
        package: Name and version of the package.
        entry: Where its function is.
    """

    name: str
    package: str
    entry: EntryPoint

    def ask(self, question: Question) -> Token | NotHere:
        """
        Load it and call it; what it prints goes to standard error.

        Raises:
            PluginFailed: It cannot be loaded, broke down, or gave something else.
        """
        try:
            with redirect_stdout(sys.stderr):  # standard output may be one JSON document
                found: object = self.entry.load()(question)
        except Refused as error:
            raise PluginFailed(self.name, self.package, error.reason, remedy=error.fix) from None
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- somebody else's code
            # its words may hold what it was about to give
            raise PluginFailed(self.name, self.package, _where(error)) from None
        if isinstance(found, Token):
            _check(found, self)
        elif not isinstance(found, NotHere):
            problem = f"it gave a {type(found).__name__}, neither a Token nor NotHere"
            raise PluginFailed(self.name, self.package, problem)
        return found


def installed() -> tuple[Plugin, ...]:
    """Return all of them by name; of two of one name the package that comes first."""
    if not _any_here():
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 -- 100 ms; few have any

    found: dict[str, Plugin] = {}
    for entry in entry_points(group=GROUP):
        package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else "an unknown package"
        made = Plugin(entry.name, package, entry)
        found[entry.name] = min(found.get(entry.name, made), made, key=lambda one: one.package)
    return tuple(found[name] for name in sorted(found))


def _any_here() -> bool:
    """Tell whether any installed package names the group, in a fiftieth of the library's time."""
    group = GROUP.encode()
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            if any(group in _entry_points(entry) for entry in entries):
                return True
    return False


def _entry_points(entry: os.DirEntry[str]) -> bytes:
    if not entry.name.endswith((".dist-info", ".egg-info")):
        return b""
    try:
        return Path(entry.path, "entry_points.txt").read_bytes()
    except OSError:
        return b""


def _check(token: Token, plugin: Plugin) -> None:
    if token.expires is not None and token.expires.tzinfo is None:
        problem = "it gave a moment without a time zone"
        raise PluginFailed(plugin.name, plugin.package, problem)


def _where(error: BaseException) -> str:
    """Return what kind of error it is, and where it came up."""
    at: TracebackType | None = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None:
        return f"{type(error).__name__}"
    place = at.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(error).__name__} in {place}, line {at.tb_lineno}"
