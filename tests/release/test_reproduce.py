"""The files of two builds, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.files.reproducible import NotReproducible
from releasio.release.checking.reproduce import compare_builds, raise_differing
from tests.fakes.wheels import sdist, wheel

if TYPE_CHECKING:
    from pathlib import Path


def test_files_that_only_one_build_made_are_named(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    one = (wheel(first, version="1.0.dev1"), sdist(first))
    other = (wheel(second, version="1.0.dev2"), sdist(second))
    with pytest.raises(NotReproducible) as caught:
        raise_differing(compare_builds(one, other))

    assert (
        "two builds of this commit differ in demo-1.0.dev1-py3-none-any.whl: only the first build "
        "made it; demo-1.0.dev2-py3-none-any.whl: only the second build made it"
    ) == caught.value.message
    assert (
        "The names differ, mostly by a time in the version: take the version from the tag, or "
        "write it down."
    ) == caught.value.hint


def test_the_same_bytes_are_nothing_to_raise(tmp_path: Path) -> None:
    made = (sdist(tmp_path),)
    found = compare_builds(made, made)
    raise_differing(found)

    assert ["the same bytes"] == [str(one) for one in found]
