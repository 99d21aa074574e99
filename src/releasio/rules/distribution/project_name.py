"""Which names a new project may have, in the index's words."""

from __future__ import annotations

import re
import sys

from packaging.utils import canonicalize_name

PROHIBITED = frozenset({"requirements-txt", "rrequirements-txt"})  # a sample of the real list
_DOTTED = frozenset({"concurrent-futures", "email-mime", "os-path", "xml-etree"})  # a sample
_STANDARD = _DOTTED | {canonicalize_name(name) for name in sys.stdlib_module_names}
_VALID = re.compile(r"[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9]", re.IGNORECASE | re.ASCII)


def name_flaw(name: str) -> str | None:
    """
    Return why no new project may be called *name*.

    None: nothing that can be known here. The index's list of prohibited names is not public,
    and which names are taken or look like taken ones only the index knows.
    """
    normalised = canonicalize_name(name)
    if not is_valid(name):
        return f"The name {name!r} is invalid."
    if normalised in _STANDARD:
        conflict = "(conflict with Python Standard Library module name)"
        return f"The name {name!r} isn't allowed {conflict}."
    if normalised in PROHIBITED:
        return f"The name {name!r} isn't allowed."
    return None


def is_valid(name: str) -> bool:
    """Whether *name* is a project name at all."""
    return _VALID.fullmatch(name) is not None
