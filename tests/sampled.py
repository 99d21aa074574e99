"""A sample of many cases for `make test`; the rest of them is in `make journeys`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable


def sampled(cases: Iterable[Any], every: int) -> list[Any]:
    """Return *cases* for `parametrize`; all but each *every*-th one are marked as journeys."""
    return [case if number % every == 0 else _journey(case) for number, case in enumerate(cases)]


def _journey(case: Any) -> Any:  # noqa: ANN401 -- whatever is a parameter
    if hasattr(case, "marks"):  # a `pytest.param`
        return pytest.param(*case.values, id=case.id, marks=(*case.marks, pytest.mark.journey))
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.journey)
