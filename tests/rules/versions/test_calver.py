from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.errors.project.version import CalendarFull
from releasio.rules.versions.calver import read_calendar
from releasio.rules.versions.version import Level

NONE, PATCH, MINOR, MAJOR = Level
LEVELS = st.sampled_from([PATCH, MINOR, MAJOR])
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 30))
COUNTING = [
    "YYYY.MM.MICRO",
    "YYYY.0M.MICRO",
    "YY.MINOR.MICRO",
    "YYYY.MINOR",
    "YYYY.MM.DD.MICRO",
    "YYYY0M0D.MICRO",
    "0Y.0W.PATCH",
    "MAJOR.YYYY.MICRO",
    "YYYY.WW.MAJOR.MINOR.MICRO",
]


class TestNextVersion:
    @pytest.mark.parametrize(
        ("pattern", "last", "level", "today", "expected"),
        [
            ("YYYY.MM.MICRO", "2025.12.3", PATCH, "2026-01-02", "2026.1.0"),
            ("YYYY.MM.MICRO", "2026.1.0", PATCH, "2026-01-02", "2026.1.1"),
            ("YYYY.MM.MICRO", "2026.1.0", MAJOR, "2026-01-31", "2026.1.1"),
            ("YYYY.MM.MICRO", None, PATCH, "2026-01-31", "2026.1.0"),
            ("YYYY.0M.MICRO", "2026.01.0", PATCH, "2026-02-01", "2026.2.0"),
            ("YYYY.MM.DD", "2026.1.1", PATCH, "2026-01-02", "2026.1.2"),
            ("YYYY0M0D.MICRO", "20260101.4", PATCH, "2026-01-02", "20260102.0"),
            ("YYYY0M0D.MICRO", "20260102.0", PATCH, "2026-01-02", "20260102.1"),
            # what is counted by its own level, as pip does
            ("YY.MINOR.MICRO", "25.3.1", PATCH, "2026-01-02", "26.0.0"),
            ("YY.MINOR.MICRO", "26.0.0", PATCH, "2026-01-02", "26.0.1"),
            ("YY.MINOR.MICRO", "26.0.1", MINOR, "2026-01-02", "26.1.0"),
            ("YY.MINOR.MICRO", "26.0.1", MAJOR, "2026-01-02", "26.1.0"),
            ("YYYY.MINOR", "2026.1", PATCH, "2026-05-02", "2026.2"),
            ("YYYY.MINOR", "2025.3", PATCH, "2026-05-02", "2026.0"),
            ("MAJOR.YYYY.MICRO", "3.2025.4", PATCH, "2026-05-02", "3.2026.0"),
            ("MAJOR.YYYY.MICRO", "3.2025.4", MAJOR, "2026-05-02", "4.2026.0"),
            ("MAJOR.YYYY.MICRO", "3.2026.4", PATCH, "2026-05-02", "3.2026.5"),
            # the week's own year: 2027-01-01 is in week 53 of 2026
            ("YYYY.WW.MICRO", "2026.52.0", PATCH, "2027-01-01", "2026.53.0"),
            ("YYYY.MM.MICRO", "2026.12.0", PATCH, "2027-01-01", "2027.1.0"),
            # from other versions; what is not a date does not become one
            ("YYYY.MM.MICRO", "0.4.2", MINOR, "2026-01-02", "2026.1.0"),
            ("YYYY.MM.MICRO", "2026.1", PATCH, "2026-01-02", "2026.1.1"),
            ("YYYY.MM.MICRO", "20251231.4", PATCH, "2026-01-02", "2026.1.0"),
            # the date never goes back
            ("YYYY.MM.MICRO", "2026.3.0", PATCH, "2026-02-28", "2026.3.1"),
            ("YYYY.MM.MICRO", "2027.1.5", PATCH, "2026-12-31", "2027.1.6"),
            # a pre-release becomes final
            ("YYYY.MM.MICRO", "2026.1.0rc1", PATCH, "2026-01-05", "2026.1.0"),
            ("YYYY.MM.MICRO", "2026.1.0rc1", PATCH, "2026-02-05", "2026.2.0"),
            ("YYYY.MM.MICRO", "1!2026.1.0", PATCH, "2026-01-05", "1!2026.1.1"),
        ],
    )
    def test_is_that_of_the_day(
        self, pattern: str, last: str | None, level: Level, today: str, expected: str
    ) -> None:
        version = read_calendar(pattern).next_version(
            Version(last) if last else None, level, date.fromisoformat(today)
        )

        assert expected == str(version)

    def test_there_is_one_a_day_where_nothing_is_counted(self) -> None:
        with pytest.raises(CalendarFull) as caught:
            read_calendar("YYYY.MM.DD").next_version(
                Version("2026.1.2"), PATCH, date.fromisoformat("2026-01-02")
            )

        assert caught.value.message == (
            "2026.1.2 is released already, and YYYY.MM.DD makes no other version on the same date"
        )
        assert 'version.calver = "YYYY.MM.DD.MICRO"' in caught.value.hint

    @given(
        st.sampled_from(COUNTING),
        DAYS,
        st.lists(st.tuples(LEVELS, st.integers(-3, 400)), min_size=1, max_size=8),
    )
    def test_is_always_above_the_last(
        self, pattern: str, day: date, steps: list[tuple[Level, int]]
    ) -> None:
        """Whatever is released when, also where a clock goes back a few days."""
        calendar = read_calendar(pattern)
        version = calendar.next_version(None, PATCH, day)
        for level, days in steps:
            day = min(day + timedelta(days=days), date(2099, 12, 30))
            following = calendar.next_version(version, level, day)

            assert following > version
            version = following

    @given(st.sampled_from(COUNTING), DAYS, LEVELS)
    def test_spelling_does_not_change_it(self, pattern: str, day: date, level: Level) -> None:
        calendar = read_calendar(pattern)
        version = calendar.next_version(None, level, day)

        assert version == Version(calendar.spelled(version))


@pytest.mark.parametrize(
    ("pattern", "version", "expected"),
    [
        ("YYYY.0M.MICRO", "2026.1.0", "2026.01.0"),
        ("YYYY.0M.0D", "2026.1.2", "2026.01.02"),
        ("0Y.0M", "6.1", "06.01"),
        ("0Y0M.MICRO", "601.3", "0601.3"),
        ("YYYY.MM.MICRO", "2026.10.0", "2026.10.0"),
        ("YYYY.MM.MICRO", "2026.1", "2026.1.0"),
    ],
)
def test_numbers_are_spelled_as_the_pattern_says(pattern: str, version: str, expected: str) -> None:
    assert expected == read_calendar(pattern).spelled(Version(version))


@pytest.mark.parametrize(
    ("pattern", "flaw"),
    [
        ("", "such as YYYY.MM.MICRO"),
        ("1.2.3", "such as YYYY.MM.MICRO"),
        ("vYYYY.MM", "such as YYYY.MM.MICRO"),
        ("YYYY-MM", "such as YYYY.MM.MICRO"),
        ("YYYY..MM", "such as YYYY.MM.MICRO"),
        ("MAJOR.MINOR", "with year"),
        ("MM.YYYY", "with year, month or week"),
        ("YYYY.DD.MM", "with year, month or week"),
        ("YYYY.MM.WW", "with year, month or week"),
        ("YYYYMM", "only tokens of two digits"),
        ("YYYYMICRO", "only tokens of two digits"),
        ("YYYY.MICRO.MINOR", "MAJOR, MINOR and MICRO in this order"),
        ("YYYY.MICRO.PATCH", "MAJOR, MINOR and MICRO in this order"),
    ],
)
def test_a_pattern_that_does_not_order_versions_is_none(pattern: str, flaw: str) -> None:
    with pytest.raises(ValueError, match=flaw):
        read_calendar(pattern)
