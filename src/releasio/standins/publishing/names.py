"""Which names a new project may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.distribution.project_name import is_valid, look_alike, name_flaw
from releasio.standins.responses import HELP, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEE = f"See {HELP}#project-name for more information."


def refuse_name(name: str, taken: Iterable[str]) -> None:
    """
    Refuse a project called *name* that may not be created beside the *taken* ones.

    Raises:
        Refused: With the index's words.
    """
    if words := name_flaw(name):
        raise Refused(400, f"{words} {_SEE}" if is_valid(name) else words)
    if any(look_alike(name, other) for other in taken):
        raise Refused(400, f"The name {name!r} is too similar to an existing project. {_SEE}")
