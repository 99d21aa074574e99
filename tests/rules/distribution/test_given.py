from __future__ import annotations

import pytest

from releasio.rules.distribution.given import is_beside, is_outdated


@pytest.mark.parametrize(
    ("name", "outdated"),
    [
        ("some_thing-1.0.zip", True),
        ("Some.Thing-1.0.zip", True),
        ("some_thing-1.0-py3.11.egg", True),
        ("another-1.0.zip", False),
        ("docs.zip", False),
        ("some_thing-1.0.tar.gz", False),
        ("some_thing-1.0.tar.gz.asc", False),
    ],
)
def test_eggs_and_zipped_sdists_of_the_project_are_outdated(name: str, *, outdated: bool) -> None:
    assert outdated == is_outdated(name, "some-thing")


def test_lists_of_the_files_lie_beside_them() -> None:
    names = ("releasio.json", "SHA256SUMS", "x.publish.attestation", "NOTES.txt")

    assert [True, True, False, False] == [is_beside(name) for name in names]
