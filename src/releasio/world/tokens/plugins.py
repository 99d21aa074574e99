"""The sources of credentials that other installed packages bring."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from releasio.credentials import NotHere, Refused, Secret, Token
from releasio.errors.auth.credential_source import PluginFailed
from releasio.world.processes.foreign import PATIENCE, foreign, in_time, kind_and_place

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

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

    def ask(self, question: Question, patience: float = PATIENCE) -> Token | NotHere:
        """
        Load it and call it; what it prints goes to standard error.

        Raises:
            PluginFailed: It cannot be loaded, broke down, gave something else, or nothing within
                *patience* seconds.
        """
        refused: Refused | None = None
        with foreign(self._failed):
            try:
                found, problem = in_time(partial(self._called, question), patience)
            except Refused as error:
                refused = error
        if refused is not None:
            reason, fix = _refusal(refused)
            raise PluginFailed(self.name, self.package, reason, hint=fix)
        if problem:
            raise PluginFailed(self.name, self.package, f"it gave {problem}")
        return cast("Token | NotHere", found)

    def _called(self, question: Question) -> tuple[object, str]:
        found: object = self.entry.load()(question)
        return found, _wrong(found)

    def _failed(self, error: BaseException) -> PluginFailed:
        # its words may hold what it was about to give
        return PluginFailed(self.name, self.package, kind_and_place(error, self.entry.value))


def installed() -> tuple[Plugin, ...]:
    """Return all of them by name; of two of one name the package that comes first."""
    if not _any_here():
        return ()
    from importlib.metadata import entry_points  # 100 ms; few have any

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


def _wrong(found: object) -> str:
    """Say what is wrong with what a source gave; empty when nothing is."""
    if isinstance(found, Token):
        return _wrong_secret(found) or _wrong_user(found) or _wrong_end(found)
    if not isinstance(found, NotHere):
        return f"{_kind(found)}, neither a Token nor NotHere"
    reason: object = found.reason
    told = isinstance(reason, str) and reason.strip()
    return "" if told else "a NotHere without a reason"


def _wrong_secret(token: Token) -> str:
    # a class of the package's own need not have called ours
    missing = [name for name in ("secret", "user", "expires") if not hasattr(token, name)]
    if missing:
        return f"a Token without its {' and '.join(missing)}"
    secret: object = token.secret
    text: object = secret.reveal() if isinstance(secret, Secret) else secret
    if not isinstance(secret, Secret) or not isinstance(text, str):
        return f"a Token of {_kind(text)}, where text is wanted"
    return "" if text.strip() else "an empty Token"


def _wrong_user(token: Token) -> str:
    user: object = token.user
    if user is None or isinstance(user, str):
        return ""
    return f"a Token with {_kind(user)} as its user, where text is wanted"


def _wrong_end(token: Token) -> str:
    end: object = token.expires
    if end is None:
        return ""
    if not isinstance(end, datetime):
        return f"a Token with {_kind(end)} as its end, where a datetime is wanted"
    return "" if end.utcoffset() is not None else "a moment without a time zone"


def _kind(found: object) -> str:
    """Name the type of *found*; its value may be a secret."""
    name = type(found).__name__
    return "None" if found is None else f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _refusal(error: Refused) -> tuple[str, str]:
    """Return the reason and the remedy, which people of the package wrote."""
    told: tuple[object, object] = (getattr(error, "reason", None), getattr(error, "fix", None))
    reason, fix = (one if isinstance(one, str) else "" for one in told)
    return reason or f"{type(error).__name__} without a reason", fix
