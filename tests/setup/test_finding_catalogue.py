"""What doctor can find, by code."""

from __future__ import annotations

import pkgutil
from collections import Counter
from importlib import import_module
from inspect import get_annotations

from releasio.setup import findings
from releasio.setup.finding import Finding
from releasio.setup.finding_catalogue import finding_catalogue


def test_no_field_hides_behind_one_that_every_finding_has() -> None:
    own_names = {name for name in vars(Finding) if not name.startswith("_")} | {"path", "line"}

    hidden_fields = {
        code: own_names & get_annotations(kind).keys() for code, kind in finding_catalogue().items()
    }

    assert {} == {code: names for code, names in hidden_fields.items() if names}


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
