"""What a release lacks, or has otherwise, beside the one before it."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.contents.record import BuiltFile
from releasio.rules.contents.release_comparison import compare_with
from releasio.rules.index.previous_release import previous_release
from releasio.rules.index.simple import IndexFile

KIB = 1024


def there(*names: str, size: int | None = 1000, provenance: str | None = None) -> list[IndexFile]:
    return [IndexFile(name, f"/{name}", size=size, provenance=provenance) for name in names]


def here(*names: str, size: int = 1000) -> list[BuiltFile]:
    return [BuiltFile(name, size, "0" * 64) for name in names]


def wheels(version: str, *tags: str) -> list[str]:
    return [f"demo-{version}-{tag}.whl" for tag in tags]


def lost(before: list[str], now: list[str]) -> tuple[str, ...]:
    previous = previous_release(there(*before), "demo", Version("1.1"))
    assert previous is not None
    return compare_with(previous, here(*now), attested=None).lost


class TestWhatIsLost:
    @pytest.mark.parametrize(
        ("before", "now", "expected"),
        [
            (["py3-none-any"], ["py3-none-any"], ()),
            (["py2.py3-none-any"], ["py3-none-any"], ()),
            (["cp311-cp311-win_amd64"], ["py3-none-any"], ()),
            (
                ["cp311-cp311-win_amd64", "py3-none-any"],
                ["py3-none-any"],
                ("wheels for cp311 on win_amd64",),
            ),
            (["py3-none-any", "py3-none-win32"], ["py3-none-any"], ("wheels for py3 on win32",)),
            (["py2.py3-none-any", "cp311-abi3-win32"], ["cp39-abi3-win32", "py3-none-any"], ()),
            (
                ["cp311-cp311-win_amd64", "cp311-cp311-macosx_11_0_arm64"],
                ["cp311-cp311-macosx_11_0_arm64"],
                ("wheels for cp311 on win_amd64",),
            ),
            (
                ["cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64"],
                ["cp311-cp311-manylinux_2_28_x86_64"],
                (),
            ),
            (
                ["cp311-cp311-manylinux2014_x86_64", "cp311-cp311-musllinux_1_1_x86_64"],
                ["cp311-cp311-manylinux2014_x86_64"],
                ("wheels for cp311 on musllinux x86_64",),
            ),
            (["cp311-cp311-macosx_10_9_x86_64"], ["cp311-cp311-macosx_11_0_universal2"], ()),
            (
                ["cp311-cp311-macosx_11_0_universal2"],
                ["cp311-cp311-macosx_11_0_arm64"],
                ("wheels for cp311 on macOS x86_64",),
            ),
            (["cp311-cp311-win32", "cp312-cp312-win32"], ["cp39-abi3-win32"], ()),
            (["cp39-abi3-win32"], ["cp311-cp311-win32"], ()),
            (["cp39-abi3-win32"], ["cp311-abi3-win32"], ()),
            (
                ["cp312-cp312-win32"],
                ["cp311-none-win32"],
                ("wheels for cp312 on win32",),
            ),
            (["cp311-abi3-win32"], ["cp311-cp311-win32"], ("wheels for cp311 and newer on win32",)),
            (
                ["cp311-cp311-win32", "cp312-cp312-win32"],
                ["cp311-cp311-win32"],
                ("wheels for cp312 on win32",),
            ),
            (["cp39-cp39-win32", "cp311-cp311-win32"], ["cp311-cp311-win32"], ()),
            (
                ["cp313-cp313-win32", "cp313-cp313t-win32"],
                ["cp313-cp313-win32"],
                ("wheels for cp313t on win32",),
            ),
            (["pp310-pypy310_pp73-win32"], ["cp310-cp310-win32"], ("wheels for pp310 on win32",)),
        ],
    )
    def test_among_the_wheels(
        self, before: list[str], now: list[str], expected: tuple[str, ...]
    ) -> None:
        assert expected == lost(wheels("1.0", *before), wheels("1.1", *now))

    def test_is_said_in_one_when_it_is_all_of_them(self) -> None:
        before = [*wheels("1.0", "py3-none-any"), "demo-1.0.tar.gz"]

        assert ("every wheel",) == lost(before, ["demo-1.1.tar.gz"])

    def test_is_the_sdist(self) -> None:
        before = [*wheels("1.0", "py3-none-any"), "demo-1.0.tar.gz"]

        assert ("the sdist",) == lost(before, wheels("1.1", "py3-none-any"))

    def test_is_not_told_without_end(self) -> None:
        pythons = [f"cp3{minor}-cp3{minor}-win32" for minor in range(10, 20)]

        found = lost(wheels("1.0", *pythons), wheels("1.1", "cp310-cp310-win32"))

        assert ("wheels for cp311 on win32", "4 more") == (found[0], found[-1])
        assert 6 == len(found)

    def test_is_nothing_where_files_have_names_nobody_understands(self) -> None:
        assert () == lost(["demo-1.0.tar.gz", "demo-1.0-x.whl"], ["demo-1.1.tar.gz"])


class TestRemarks:
    @pytest.mark.parametrize(
        ("before", "now", "worth_it"),
        [
            (200 * KIB, 601 * KIB, True),
            (200 * KIB, 599 * KIB, False),
            (601 * KIB, 200 * KIB, True),
            (1 * KIB, 90 * KIB, False),
            (None, 900 * KIB, False),
        ],
    )
    def test_are_made_of_sizes_that_jump(
        self, before: int | None, now: int, *, worth_it: bool
    ) -> None:
        files = there("demo-1.0.tar.gz", size=before)
        previous = previous_release(files, "demo", Version("1.1"))
        assert previous is not None

        found = compare_with(previous, here("demo-1.1.tar.gz", size=now), attested=None)

        told = f"demo-1.1.tar.gz has {now // KIB} KiB; that of 1.0 has {(before or 0) // KIB} KiB"
        assert ((told,) if worth_it else ()) == found.remarks

    def test_name_a_python_that_was_outgrown(self) -> None:
        names = wheels("1.0", "cp39-cp39-win32", "cp311-cp311-win32")
        previous = previous_release(there(*names), "demo", Version("1.1"))
        assert previous is not None

        found = compare_with(previous, here(*wheels("1.1", "cp311-cp311-win32")), attested=None)

        assert ("1.0 has wheels for cp39 on win32, this release has none",) == found.remarks

    @pytest.mark.parametrize(("attested", "said"), [(False, 1), (True, 0), (None, 0)])
    def test_name_attestations_that_are_gone(self, *, attested: bool | None, said: int) -> None:
        files = there("demo-1.0.tar.gz", provenance="https://example.org/p")
        previous = previous_release(files, "demo", Version("1.1"))
        assert previous is not None

        found = compare_with(previous, here("demo-1.1.tar.gz"), attested=attested)

        told = "the files of 1.0 have attestations, those of this release get none"
        assert (told,) * said == found.remarks
