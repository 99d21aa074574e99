"""Tags that move along: `v1` to each 1.x.y, and never back."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.versions.floating import floating_names, next_move, releases_among
from releasio.rules.versions.tag_form import TagForm

FORM = TagForm("v")
BOTH = ("major", "minor")


class TestNames:
    @pytest.mark.parametrize(
        ("version", "expected"),
        [
            ("1.2.3", ("v1", "v1.2")),
            ("1.2.3.post1", ("v1", "v1.2")),
            ("0.4.0", ("v0", "v0.4")),
            ("2024.5", ("v2024",)),
            ("7", ()),
            ("1.3.0rc1", ()),
            ("1.3.0.dev4", ()),
            ("1!2.0.0", ("v1!2", "v1!2.0")),
        ],
    )
    def test_are_the_first_numbers_of_a_final_version(
        self, version: str, expected: tuple[str, ...]
    ) -> None:
        assert expected == floating_names(FORM, Version(version), BOTH)

    def test_have_the_form_of_the_releases(self) -> None:
        form = TagForm("demo-", "-final")

        assert ("demo-1-final",) == floating_names(form, Version("1.2.3"), ("major",))


@pytest.mark.parametrize(
    ("name", "commits", "expected"),
    [
        # the release is v1.2.3 of commit c; what else is there, and where v1 is
        ("v1", {}, "to do"),
        ("v1", {"v1": "b", "v1.2.2": "b"}, "to do"),
        ("v1", {"v1": "c"}, "done"),
        ("v1", {"v1": "b", "v1.3.0": "b"}, "newer"),
        ("v1", {"v1.3.0": "b"}, "newer"),
        ("v1.2", {"v1.3.0": "b", "v1.2": "a", "v1.2.0": "a"}, "to do"),
        ("v1", {"v1": "b", "v1.3.0rc1": "b"}, "to do"),
        ("v1", {"v1": "x"}, "stray"),
        ("v1", {"v1": "b", "v1.2": "b", "v1.2.2": "b"}, "to do"),
        ("v1", {"v1": "b", "v1.2.2": "b", "v10.0.0": "z"}, "to do"),
        ("v1", {"v1": "x", "v1.2": "x"}, "stray"),
        ("v1.2", {"v1.2": "c", "v1": "b"}, "done"),
        ("latest", {"latest": "b"}, "stray"),
    ],
)
def test_moves_forward_by_version_only(name: str, commits: dict[str, str], expected: str) -> None:
    known = {"v1.2.3": "c", **commits}

    assert expected == next_move(name, "v1.2.3", Version("1.2.3"), known, FORM)


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        ({"v1.2.3": "c", "v1.2": "c", "v1": "c"}, ["v1.2.3"]),
        ({"v1.2.3": "c", "v1.2": "b"}, ["v1.2.3", "v1.2"]),
        ({"v1": "a", "v2": "b"}, ["v1", "v2"]),
        ({"v1.2.3": "c", "latest": "c"}, ["v1.2.3", "latest"]),
    ],
)
def test_what_moves_along_is_no_release(commits: dict[str, str], expected: list[str]) -> None:
    assert expected == releases_among(commits, FORM)
