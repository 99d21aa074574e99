"""Which extra of a distribution brings a module that is missing without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MISSING = re.compile(r"ModuleNotFoundError: No module named '([^']+)'")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)""")
_OF_ENTRY_POINT = re.compile(r"\[([^\]]+)\]\s*$")
_SHORTEST = 3  # letters; fewer are part of nearly every name
# what no part of the distribution's name tells
_OTHERWISE = {"bs4": "beautifulsoup4", "cv2": "opencv", "sklearn": "scikit-learn"}


def missing_module(tail: Sequence[str]) -> str:
    """Return the module that a program missed, by its last lines; empty: it was none."""
    match = _MISSING.search(tail[-1]) if tail else None
    return match[1] if match else ""


def extra_with(module: str, requirements: Iterable[str]) -> str:
    """
    Return the extra that brings *module*; empty: none does, by all that its names tell.

    Args:
        module: Dotted; the first part counts.
        requirements: The `Requires-Dist` fields of the distribution.
    """
    top = module.partition(".")[0]
    distribution = _OTHERWISE.get(top, canonicalize_name(top))
    for text in requirements:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            continue
        extra = _EXTRA.search(str(requirement.marker or ""))
        if extra and _is_alike(distribution, canonicalize_name(requirement.name)):
            return extra[1]
    return ""


def extra_of_entry_point(target: str) -> str:
    """Return the extra that an entry point asks for, as in `demo.cli:main [cli]`."""
    match = _OF_ENTRY_POINT.search(target)
    return match[1].strip() if match else ""


def _is_alike(module: str, name: str) -> bool:
    return module == name or (len(module) >= _SHORTEST and module in name)
