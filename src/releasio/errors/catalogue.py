"""All errors, by code."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from releasio import errors
from releasio.errors.base import ReleasioError


def catalogue() -> dict[str, type[ReleasioError]]:
    """Return every error by its code, in alphabetical order."""
    topics = [
        import_module(topic.name)
        for topic in pkgutil.walk_packages(errors.__path__, f"{errors.__name__}.")
    ]
    classes = (
        one
        for topic in topics
        for one in vars(topic).values()
        if isinstance(one, type) and issubclass(one, ReleasioError) and has_own_code(one)
    )
    return {one.code: one for one in sorted(classes, key=lambda one: one.code)}


def has_own_code(kind: type[ReleasioError]) -> bool:
    """Tell whether *kind* has a code, and no other error that it is one of has the same."""
    return getattr(kind, "code", None) != getattr(kind.__base__, "code", None)
