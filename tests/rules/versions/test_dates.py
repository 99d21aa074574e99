from __future__ import annotations

from datetime import date

import pytest
from packaging.version import Version

from releasio.rules.versions.dates import looks_like_date, resembling_pattern

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("version", "others", "expected"),
    [
        ("2024.1", "", True),
        ("2026.10.20", "", True),
        ("26.1.0", "25.3.0 25.1.0 24.2.0", True),
        ("25.4.0", "25.3.0 24.1.0", True),
        # a year of two digits may be any number
        ("26.1.0", "", False),
        ("26.1.0", "26.0.0", False),
        ("26.1.0", "1.0.0 2.0.0 25.0.0", False),
        ("24.1.0", "24.0.0 23.0.0", False),
        ("27.1.0", "26.0.0 25.0.0", False),
        ("1!26.1.0", "25.0.0", False),
        ("1.2.0", "1.1.0", False),
    ],
)
def test_years_are_known(version: str, others: str, *, expected: bool) -> None:
    versions = {Version(one) for one in (version, *others.split())}

    assert expected is looks_like_date(Version(version), lambda: versions, TODAY)


@pytest.mark.parametrize(
    ("version", "others", "expected"),
    [
        ("2026.10.2", "", "YYYY.MM.MICRO"),
        ("2026.3.0", "2026.1.0 2025.12.0 2025.10.1", "YYYY.MM.MICRO"),
        ("2026.3.0", "2026.1.0 2026.2.0 2025.1.0 2025.2.0", "YYYY.MINOR.MICRO"),
        ("2026.0.1", "", "YYYY.MINOR.MICRO"),
        ("2026.13.1", "", "YYYY.MINOR.MICRO"),
        ("2026.7.22", "2026.4.5 2026.1.31 2025.10.4 2025.11.12", "YYYY.MM.DD"),
        ("2026.7.3", "2026.7.2 2026.7.1 2025.10.1 2025.11.1", "YYYY.MM.MICRO"),
        ("2026.4", "2025.10 2025.4", "YYYY.MM"),
        ("2026.2", "2026.1 2025.2 2025.1", "YYYY.MINOR"),
        ("2026", "2025", "YYYY"),
        ("26.1.0", "25.4.0 25.3.0 25.2.0 25.1.0", "YY.MINOR.MICRO"),
        ("26.1.0", "25.11.0 25.9.0 25.1.0", "YY.MM.MICRO"),
        # what was released before there were dates says nothing
        ("2026.3.0", "0.15.0 1.0.0 2026.1.0", "YYYY.MM.MICRO"),
    ],
)
def test_the_pattern_is_guessed(version: str, others: str, expected: str) -> None:
    existing = [Version(one) for one in others.split()]

    assert expected == resembling_pattern(Version(version), existing)
