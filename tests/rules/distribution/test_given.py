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
    names = ("releasio.json", "releasio-0123456789ab.json", "releasio.bundle", "SHA256SUMS")
    other_names = ("x.publish.attestation", "NOTES.txt", "other-1.json")

    assert all(is_beside(name) for name in names)
    assert not any(is_beside(name) for name in other_names)
