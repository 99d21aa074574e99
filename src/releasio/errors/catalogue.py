"""All errors, by code."""

from __future__ import annotations

from releasio.errors import (
    base,
    build,
    changelog,
    config,
    credential,
    distribution,
    git,
    index,
    manifest,
    registry,
    release,
    request,
    version,
)
from releasio.errors.base import ReleasioError

_TOPICS = (
    base,
    build,
    changelog,
    config,
    credential,
    distribution,
    git,
    index,
    manifest,
    registry,
    release,
    request,
    version,
)


def catalogue() -> dict[str, type[ReleasioError]]:
    """Return every error by its code, in alphabetical order."""
    classes = (
        one
        for topic in _TOPICS
        for one in vars(topic).values()
        if isinstance(one, type) and issubclass(one, ReleasioError) and "code" in vars(one)
    )
    return {one.code: one for one in sorted(classes, key=lambda one: one.code)}
