"""Which names a new project may have."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.rehearsal.answers import HELP, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

PROHIBITED = frozenset({"requirements-txt", "rrequirements-txt"})  # a sample of the real list
_DOTTED = frozenset({"concurrent-futures", "email-mime", "os-path", "xml-etree"})  # a sample
_STANDARD = _DOTTED | {canonicalize_name(name) for name in sys.stdlib_module_names}
_VALID = re.compile(r"[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9]", re.IGNORECASE | re.ASCII)
_CONFUSABLE = str.maketrans({".": None, "_": None, "-": None, "l": "1", "i": "1", "o": "0"})
_SEE = f"See {HELP}#project-name for more information."


def refuse_name(name: str, taken: Iterable[str]) -> None:
    """
    Refuse a project called *name* that may not be created beside the *taken* ones.

    Raises:
        Refused: With the index's words.
    """
    normalised = canonicalize_name(name)
    if not is_valid(name):
        raise Refused(400, f"The name {name!r} is invalid.")
    if normalised in _STANDARD:
        conflict = "(conflict with Python Standard Library module name)"
        raise Refused(400, f"The name {name!r} isn't allowed {conflict}. {_SEE}")
    if normalised in PROHIBITED:
        raise Refused(400, f"The name {name!r} isn't allowed. {_SEE}")
    if _looks_like(name) in {_looks_like(other) for other in taken}:
        raise Refused(400, f"The name {name!r} is too similar to an existing project. {_SEE}")


def is_valid(name: str) -> bool:
    """Whether *name* is a project name at all."""
    return _VALID.fullmatch(name) is not None


def _looks_like(name: str) -> str:
    return name.lower().translate(_CONFUSABLE)
