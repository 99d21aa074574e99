from __future__ import annotations

from datetime import date

import pytest

from releasio.rules.changelog.heading_date import date_like, find_date


class TestDateLike:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (" - 2024-01-31", " - 2025-08-02"),
            (" (2024/01/31)", " (2025/08/02)"),
            (" (2024.01.31)", " (2025.08.02)"),
            (" (July 2, 2025)", " (August 2, 2025)"),
            (" - January 31st, 2024", " - August 2nd, 2025"),
            (" (Jan 31, 2024)", " (Aug 2, 2025)"),
            (" (Sept. 01 2024)", " (Aug. 02 2025)"),
            (" - 31 December 2024", " - 2 August 2025"),
            (" - May 1, 2024", " - August 2, 2025"),
            (', 2024-01-31 "Amber"', ', 2025-08-02 "Amber"'),
            (" - unreleased", None),
            (" (1.2.3)", None),
            (" of 2024", None),
        ],
    )
    def test_keeps_the_format(self, text: str, expected: str | None) -> None:
        assert expected == date_like(text, date(2025, 8, 2))

    @pytest.mark.parametrize(
        ("day", "expected"), [(1, "1st"), (3, "3rd"), (11, "11th"), (12, "12th"), (22, "22nd")]
    )
    def test_counts_days_as_english_does(self, day: int, expected: str) -> None:
        assert f"August {expected}, 2025" == date_like("July 4th, 2024", date(2025, 8, day))


@pytest.mark.parametrize("month", ["JANUARY", "january", "Sept", "\u017feptember"])
def test_a_month_counts_in_any_case(month: str) -> None:
    match = find_date(f"1.0.0 (31 {month} 2024)")

    assert match is not None
    assert f"31 {month} 2024" == match[0]
