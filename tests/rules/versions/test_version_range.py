from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.versions.version_range import VersionRange


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("1.2.x", "1.2.x"),
        ("1.x", "1.x"),
        ("1.2", "1.2.x"),
        ("v1.2", "1.2.x"),
        ("release/1.2", "1.2.x"),
        ("release-1.2.x", "1.2.x"),
        ("maint/1.X", "1.x"),
        ("stable/1.2.*", "1.2.x"),
        ("1.2-maintenance", "1.2.x"),
        ("1!2.x", "1!2.x"),
        ("main", "None"),
        ("next", "None"),
        ("release/one", "None"),
        ("1.2.x.y", "None"),
    ],
)
def test_names_of_branches_say_it(name: str, expected: str) -> None:
    assert expected == str(VersionRange.of_branch(name))


@pytest.mark.parametrize("text", ["release/1.2", "", "x", "1.2rc1", ">=1.2"])
def test_a_setting_says_nothing_else(text: str) -> None:
    assert VersionRange.of_setting(text) is None


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        ("1.2.x", "1.2.0", True),
        ("1.2.x", "1.2.7rc1", True),
        ("1.2.x", "1.2", True),
        ("1.2.x", "1.2.0.post1", True),
        ("1.2.x", "1.20.0", False),
        ("1.2.x", "1.3.0a1", False),
        ("1.x", "1.9", True),
        ("1.0.x", "1", True),
        ("1.x", "1!1.0", False),
        ("1!1.x", "1!1.0", True),
    ],
)
def test_versions_that_begin_alike_are_in_it(text: str, version: str, *, expected: bool) -> None:
    version_range = VersionRange.of_setting(text)

    assert version_range is not None
    assert expected is (Version(version) in version_range)
