"""The sources of credentials that other installed packages bring."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from releasio.credentials import NotHere, Refused, Secret, Token
from releasio.errors.auth.credential_source import PluginFailed
from releasio.frozen import frozen
from releasio.world.processes.foreign import PATIENCE, foreign, in_time, kind_and_place

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from releasio.credentials import Question

GROUP = "releasio.credentials"


@frozen
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
        refusal: Refused | None = None
        with foreign(self._failed):
            try:
                answer, problem = in_time(partial(self._answer, question), patience)
            except Refused as error:
                refusal = error
        if refusal is not None:
            reason, fix = _refusal(refusal)
            raise PluginFailed(self.name, self.package, reason, hint=fix)
        if problem:
            raise PluginFailed(self.name, self.package, f"it gave {problem}")
        return cast("Token | NotHere", answer)

    def _answer(self, question: Question) -> tuple[object, str]:
        answer: object = self.entry.load()(question)
        return answer, _fault(answer)

    def _failed(self, error: BaseException) -> PluginFailed:
        # its words may hold what it was about to give
        return PluginFailed(self.name, self.package, kind_and_place(error, self.entry.value))


def installed() -> tuple[Plugin, ...]:
    """Return all of them by name; of two of one name the package that comes first."""
    if not _any_here():
        return ()
    from importlib.metadata import entry_points  # 100 ms; few have any

    plugins: dict[str, Plugin] = {}
    for entry in entry_points(group=GROUP):
        package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else "an unknown package"
        plugin = Plugin(entry.name, package, entry)
        plugins[entry.name] = min(
            plugins.get(entry.name, plugin), plugin, key=lambda candidate: candidate.package
        )
    return tuple(plugins[name] for name in sorted(plugins))


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


def _fault(answer: object) -> str:
    """Say what is wrong with what a source gave; empty when nothing is."""
    if isinstance(answer, Token):
        return _secret_fault(answer) or _user_fault(answer) or _end_fault(answer)
    if not isinstance(answer, NotHere):
        return f"{_kind_of(answer)}, neither a Token nor NotHere"
    reason: object = answer.reason
    has_reason = isinstance(reason, str) and reason.strip()
    return "" if has_reason else "a NotHere without a reason"


def _secret_fault(token: Token) -> str:
    # a class of the package's own need not have called ours
    missing_fields = [name for name in ("secret", "user", "expires") if not hasattr(token, name)]
    if missing_fields:
        return f"a Token without its {' and '.join(missing_fields)}"
    secret: object = token.secret
    text: object = secret.reveal() if isinstance(secret, Secret) else secret
    if not isinstance(secret, Secret) or not isinstance(text, str):
        return f"a Token of {_kind_of(text)}, where text is wanted"
    return "" if text.strip() else "an empty Token"


def _user_fault(token: Token) -> str:
    user: object = token.user
    if user is None or isinstance(user, str):
        return ""
    return f"a Token with {_kind_of(user)} as its user, where text is wanted"


def _end_fault(token: Token) -> str:
    end: object = token.expires
    if end is None:
        return ""
    if not isinstance(end, datetime):
        return f"a Token with {_kind_of(end)} as its end, where a datetime is wanted"
    return "" if end.utcoffset() is not None else "a moment without a time zone"


def _kind_of(value: object) -> str:
    """Name the type of *value*, which may be a secret itself."""
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _refusal(error: Refused) -> tuple[str, str]:
    """Return the reason and the remedy, which people of the package wrote."""
    texts: tuple[object, object] = (getattr(error, "reason", None), getattr(error, "fix", None))
    reason, fix = (text if isinstance(text, str) else "" for text in texts)
    return reason or f"{type(error).__name__} without a reason", fix
