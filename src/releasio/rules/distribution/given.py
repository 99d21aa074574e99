"""Given files that are no distributions of ours, by their names."""

from __future__ import annotations

from packaging.utils import canonicalize_name

from releasio.rules.contents.record import BUNDLE_NAME, RECORD_NAME
from releasio.rules.index.simple import belongs_to

_BESIDE = frozenset({RECORD_NAME, BUNDLE_NAME, "SHA256SUMS"})


def is_beside(name: str) -> bool:
    """Tell whether a file of this *name* lists distributions, so that nobody expects it to go."""
    return name in _BESIDE or (name.startswith("releasio-") and name.endswith(".json"))


def is_outdated(name: str, project: str) -> bool:
    """
    Tell whether *name* is that of an egg, or of a `.zip` sdist of *project*.

    Indexes took both once, so somebody may believe that they are uploaded. Any other
    `.zip` may be anything.
    """
    of = belongs_to(name) if name.endswith(".zip") else None
    return name.endswith(".egg") or (of is not None and of[0] == canonicalize_name(project))
