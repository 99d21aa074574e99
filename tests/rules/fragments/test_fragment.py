"""How much fragments ask for."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import CommitsConfig
from releasio.rules.bump.level import level_of, why
from releasio.rules.commits.reading import Reading
from releasio.rules.fragments.fragment import Fragment, writes_changelog


def reading(*types: str) -> Reading:
    return Reading(fragments=tuple(Fragment(f"n/1.{type_}", type_) for type_ in types))


@pytest.mark.parametrize(
    ("types", "level"),
    [
        ((), "none"),
        (("misc",), "patch"),
        (("doc", "bugfix"), "patch"),
        (("bugfix", "feature"), "minor"),
        (("removal",), "minor"),
        (("added", "fixed"), "minor"),
        (("removed", "added"), "major"),
        (("breaking",), "major"),
    ],
)
def test_the_highest_counts(types: tuple[str, ...], level: str) -> None:
    assert level == level_of(reading(*types), CommitsConfig()).label


def test_settings_about_types_come_first() -> None:
    settings = CommitsConfig(types_patch=("feature",), types_major=("doc",))

    assert "patch" == level_of(reading("feature"), settings).label
    assert "major" == level_of(reading("doc"), settings).label


def test_the_reasons_name_file_and_setting() -> None:
    reasons = why(reading("feature", "bugfix"), CommitsConfig())

    assert ["n/1.feature: feature raises the minor number (changelog.fragments)"] == [
        str(reason) for reason in reasons
    ]


def test_many_are_counted() -> None:
    *_, last = why(reading(*["feature"] * 13), CommitsConfig())

    assert "3 more fragments raise the minor number" == str(last)


@pytest.mark.parametrize(
    ("tool", "types", "expected"),
    [
        ("towncrier", (), True),
        ("scriv", (), False),
        ("scriv", ("added",), True),
        (None, (), False),
    ],
)
def test_scriv_fails_where_there_are_none(
    tool: str | None, types: tuple[str, ...], *, expected: bool
) -> None:
    assert expected is writes_changelog(tool, reading(*types).fragments)
