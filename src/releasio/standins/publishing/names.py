"""Which names a new project may have."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.standins.responses import HELP, Refused
from releasio.standins.uploads.forms import is_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEE = f"See {HELP}#project-name for more information."
_PROHIBITED = ("requirements-txt", "rrequirements-txt")  # the real list is long, and not public
# a sample of those with a dot; the others are all there
_MODULES = {*sys.stdlib_module_names, "concurrent.futures", "email.mime", "os.path", "xml.etree"}
_STANDARD = frozenset(map(canonicalize_name, _MODULES))


def refuse_name(name: str, existing_names: Iterable[str]) -> None:
    """
    Refuse a project called *name* that may not be created beside *existing_names*.

    Raises:
        Refused: With the index's words.
    """
    if not is_name(name):
        raise Refused(400, f"The name {name!r} is invalid.")
    if canonicalize_name(name) in _STANDARD:
        conflict = "(conflict with Python Standard Library module name)"
        raise Refused(400, f"The name {name!r} isn't allowed {conflict}. {_SEE}")
    if canonicalize_name(name) in _PROHIBITED:
        raise Refused(400, f"The name {name!r} isn't allowed. {_SEE}")
    if _at_a_glance(name) in map(_at_a_glance, existing_names):
        raise Refused(400, f"The name {name!r} is too similar to an existing project. {_SEE}")


def _at_a_glance(name: str) -> str:
    """Return what a hasty reader takes *name* for."""
    letters = (letter for letter in name.lower() if letter not in "._-")
    return "".join({"l": "1", "i": "1", "o": "0"}.get(letter, letter) for letter in letters)
