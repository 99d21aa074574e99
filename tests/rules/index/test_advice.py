from __future__ import annotations

import pytest

from releasio.rules.index.advice import before_the_tag, command_after, going_on


@pytest.mark.parametrize(
    ("version", "following"),
    [
        ("1.2.3", "1.2.4"),
        ("0.9", "0.9.1"),
        ("1.2.3.post1", "1.2.4"),
        ("1.2.3a1", "1.2.3a2"),
        ("1.2.3rc2", "1.2.3rc3"),
        ("1.2.3.dev20260102030405", "1.2.3.dev20260102030406"),
        ("1.2.3rc1.dev4", "1.2.3rc1.dev5"),
        ("no version", "V"),
    ],
)
def test_the_next_version_is_of_the_same_kind(version: str, following: str) -> None:
    assert f"releasio release --version {following} --execute" == command_after(version)


def test_advice_gets_the_command_it_means() -> None:
    expected = "So release a new version (releasio release --version 1.0.1 --execute). Or wait."

    assert expected == going_on("So release a new version. Or wait.", "1.0")


@pytest.mark.parametrize(
    ("advice", "version"), [("Wait.", "1.0"), ("So release a new version.", "")]
)
def test_other_advice_stays_as_it_is(advice: str, version: str) -> None:
    assert advice == going_on(advice, version)


def test_before_the_tag_the_same_version_is_released() -> None:
    assert "Commit that, and run the same command again." == before_the_tag(
        "Commit that, and release a new version."
    )
