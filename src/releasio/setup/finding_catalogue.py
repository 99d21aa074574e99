"""All findings, by code."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from releasio.setup import findings
from releasio.setup.finding import Finding


def finding_catalogue() -> dict[str, type[Finding]]:
    """Return everything that doctor can find by its code, in alphabetical order."""
    topics = [
        import_module(topic.name)
        for topic in pkgutil.walk_packages(findings.__path__, f"{findings.__name__}.")
    ]
    kinds = {
        kind.code: kind
        for topic in topics
        for kind in vars(topic).values()
        if isinstance(kind, type) and issubclass(kind, Finding) and "code" in vars(kind)
    }
    return dict(sorted(kinds.items()))
