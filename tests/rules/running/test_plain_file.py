from __future__ import annotations

import pytest

from releasio.rules.running.plain_file import FILE, FOLDER, SUBMODULE, folders_of, link_to, obstacle

THERE = {
    "CHANGELOG.md": link_to("docs/changes.md"),
    "VERSION": FILE,
    "docs": FOLDER,
    "docs/old": link_to("/elsewhere"),
    "docs/old/new": FOLDER,
    "vendor": SUBMODULE,
    "NEWS.md": FOLDER,
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("VERSION", ""),
        ("docs/changes.md", ""),
        ("not/there/yet.md", ""),
        ("CHANGELOG.md", "is a symbolic link to docs/changes.md"),
        ("NEWS.md", "is a directory"),
        ("VERSION/x", "lies in VERSION, which is a file"),
        ("vendor/a/VERSION", "lies in vendor, which is a submodule"),
        ("docs/old/new/c.md", "lies in docs/old, which is a symbolic link to /elsewhere"),
    ],
)
def test_obstacle(path: str, expected: str) -> None:
    assert expected == obstacle(path, THERE.get)


def test_folders_of() -> None:
    assert ["a", "a/b"] == folders_of("a/b/c")
    assert [] == folders_of("c")
