"""What many tests share is made as each test runs: away from the user's home, keyring and CI."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def environment(home: str) -> dict[str, str]:
    """Return the environment of now, without the place of *home* and the time of the test."""
    return {
        name: value.replace(home, "HOME")
        for name, value in os.environ.items()
        if name != "PYTEST_CURRENT_TEST"
    }


@pytest.fixture(scope="module")
def shared() -> dict[str, str]:
    return environment(os.environ["HOME"])


def test_a_shared_fixture_has_the_environment_of_a_test(
    shared: dict[str, str], sandbox: Path
) -> None:
    own = environment(str(sandbox))

    # the names alone: a value may be a secret
    assert [] == sorted(name for name in own | shared if own.get(name) != shared.get(name))
