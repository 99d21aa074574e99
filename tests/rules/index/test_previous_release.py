"""Which release of an index counts as the one before."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.index.previous_release import previous_release
from releasio.rules.index.simple import IndexFile
from tests.rules.contents.test_release_comparison import there, wheels


class TestWhichReleaseIsBefore:
    @pytest.mark.parametrize(
        ("version", "expected"),
        [("2.0", "1.10"), ("1.10", "1.9"), ("1.9.1", "1.9"), ("2.0rc1", "1.10"), ("1.9", None)],
    )
    def test_the_highest_final_one_below(self, version: str, expected: str | None) -> None:
        names = ["demo-1.9.tar.gz", "demo-1.10.tar.gz", "demo-1.11rc1.tar.gz", "x-1.9.1.tar.gz"]

        previous = previous_release(there(*names, "notes.txt"), "Demo", Version(version))

        assert expected == (str(previous.version) if previous else None)

    def test_one_that_was_yanked_is_none(self) -> None:
        yanked = IndexFile("demo-1.0.tar.gz", "/x", yanked="broken")

        previous = previous_release([yanked, *there("demo-0.9.tar.gz")], "demo", Version("1.1"))

        assert previous is not None
        assert "0.9 has an sdist" == str(previous)

    @pytest.mark.parametrize(
        ("names", "provenance", "expected"),
        [
            (["demo-1.0.tar.gz"], None, "1.0 has an sdist"),
            (wheels("1.0", "py3-none-any"), None, "1.0 has 1 wheel"),
            (
                [*wheels("1.0", "cp311-cp311-win32", "cp312-cp312-win32"), "demo-1.0.tar.gz"],
                "/provenance",
                "1.0 has 2 wheels and an sdist, with attestations",
            ),
        ],
    )
    def test_is_told_by_what_it_has(
        self, names: list[str], provenance: str | None, expected: str
    ) -> None:
        previous = previous_release(there(*names, provenance=provenance), "demo", Version("2"))

        assert expected == str(previous)
