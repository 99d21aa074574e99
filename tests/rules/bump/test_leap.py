from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.rules.bump.leap import leap_words
from releasio.rules.versions.version import Level, final_version, raise_number


def said(last: str, version: str) -> str:
    return leap_words(Version(last), Version(version))


@pytest.mark.parametrize(
    ("last", "version", "following"),
    [
        ("1.2.0", "1.20.0", "1.3.0"),
        ("1.2.0", "1.3.1", "1.3.0"),
        ("1.2.0", "3.0.0", "2.0.0"),
        ("1.2.0", "2026.1", "2.0.0"),
        ("1.2.0", "1.2.2", "1.2.1"),
        ("1.0", "1.2", "1.1"),
        ("1.3.0rc1", "1.5.0", "1.4.0"),
    ],
)
def test_what_a_version_leaves_out_is_said(last: str, version: str, following: str) -> None:
    expected = (
        f"{version} leaves out versions from {following} on: no later release can go back there"
    )

    assert expected == said(last, version)


@pytest.mark.parametrize(
    ("last", "version"),
    [
        ("1.2.0", "1.3.0"),
        ("1.2.0", "2.0.0rc1"),
        ("1.2.0", "1.2.0.post1"),
        ("1.2.3.4", "1.2.3.5"),
        ("1.2", "1.2.1"),
        ("2024.5.1", "2026.11.0"),
        ("1.3.0rc1", "1.3.0"),
    ],
)
def test_nothing_is_said_where_nothing_is_left_out(last: str, version: str) -> None:
    assert not said(last, version)


def test_a_first_release_leaves_out_nothing() -> None:
    assert not leap_words(None, Version("4.0"))


def test_an_epoch_has_no_way_back_either() -> None:
    expected = (
        "the epoch becomes 1: all versions of epoch 0 count as older from now on, whatever their "
        "numbers"
    )

    assert expected == said("2024.5", "1!1.0")


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.sampled_from([Level.PATCH, Level.MINOR, Level.MAJOR]),
)
def test_what_is_counted_up_never_leaves_out_anything(numbers: list[int], level: Level) -> None:
    last = Version(".".join(map(str, numbers)))

    assert not leap_words(last, final_version(raise_number(last, level)))
