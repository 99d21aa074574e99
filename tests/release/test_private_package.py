"""Packages with a `Private ::` classifier: whom they are released to."""

from __future__ import annotations

import pytest

from releasio.release.decision import Refused, decide
from releasio.rules.bump.request import Request
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from tests.fakes.index import PRIVATE
from tests.known import facts

TABLES = 'classifiers = ["Private :: Do Not Upload"]\n'


@pytest.mark.parametrize(
    ("registry", "request_", "expected"),
    [
        (PYPI, Request(), ["private-package"]),
        (TESTPYPI, Request(), ["private-package"]),
        (PRIVATE, Request(), []),
        (PYPI, Request(publish=False), []),
    ],
)
def test_is_released_to_no_public_index(
    registry: Registry, request_: Request, expected: list[str]
) -> None:
    decision = decide(facts(registry=registry, request=request_, tables=TABLES))

    problems = decision.problems if isinstance(decision, Refused) else ()
    assert expected == [error.code for error in problems]


def test_is_told_what_to_do() -> None:
    decision = decide(facts(registry=PYPI, tables=TABLES))
    assert isinstance(decision, Refused)
    (error,) = decision.problems

    assert (
        "pyproject.toml says 'Private :: Do Not Upload', and pypi is a public index"
        == error.message
    )
    assert error.hint.startswith("Release it to an index of your own with publish.registry")
