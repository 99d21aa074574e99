"""What doctor can find, by code."""

from __future__ import annotations

import pkgutil
from collections import Counter
from importlib import import_module

from releasio.setup import findings
from releasio.setup.finding import Finding


def test_no_code_stands_for_two_findings() -> None:
    topics = [
        import_module(topic.name)
        for topic in pkgutil.walk_packages(findings.__path__, f"{findings.__name__}.")
    ]
    kinds = {
        kind
        for topic in topics
        for kind in vars(topic).values()
        if isinstance(kind, type) and issubclass(kind, Finding) and "code" in vars(kind)
    }

    codes = Counter(kind.code for kind in kinds)

    assert [] == [code for code, number in codes.items() if number > 1]
