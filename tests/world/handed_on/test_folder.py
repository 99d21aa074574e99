from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.files.distribution import RecordDisagrees
from releasio.rules.contents.merged_records import merged
from releasio.world.build.dist_folder import record_of
from releasio.world.handed_on.folder import (
    bring_together,
    keep_apart,
    named,
    read_records,
    unrecorded,
)
from tests.fakes.wheels import sdist, wheel

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.contents.record import Record


def recorded(folder: Path, *paths: Path) -> Record:
    """Record *paths*, in *folder*, as a build does."""
    of = {"project": "demo", "version": "1.0", "tag": "v1.0", "commit": "c" * 40, "epoch": 0}
    record = record_of(paths, **of)
    (folder / "releasio.json").write_text(record.to_json(), encoding="utf-8")
    keep_apart(folder, record)
    return record


def part(folder: Path, name: str, *makers: object) -> Path:
    inner = folder / name
    inner.mkdir()
    recorded(inner, *(make(inner) for make in makers))  # type: ignore[operator] # wheel or sdist
    return inner


class TestRecords:
    def test_have_a_name_of_their_own_beside_the_usual_one(self, tmp_path: Path) -> None:
        recorded(tmp_path, wheel(tmp_path))

        names = sorted(path.name for path in tmp_path.glob("*.json"))
        assert [26, 13] == [len(name) for name in names]
        assert "releasio.json" == names[1]

    def test_are_found_in_the_folder_and_in_those_in_it(self, tmp_path: Path) -> None:
        part(tmp_path, "one", wheel)
        part(tmp_path, "two", sdist)
        (tmp_path / ".hidden").mkdir()
        record = merged(read_records(tmp_path))

        assert ["demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"] == [f.name for f in record.files]

    def test_of_an_earlier_build_of_the_same_files_go(self, tmp_path: Path) -> None:
        recorded(tmp_path, wheel(tmp_path))
        path = wheel(tmp_path, text="# again\n")
        record = recorded(tmp_path, path)

        assert 2 == len([*tmp_path.glob("releasio*.json")])
        assert record == merged(read_records(tmp_path))

    def test_that_lie_are_refused(self, tmp_path: Path) -> None:
        recorded(tmp_path, wheel(tmp_path))
        wheel(tmp_path, text="# other\n")

        with pytest.raises(RecordDisagrees):
            read_records(tmp_path)


class TestFiles:
    def test_that_no_record_names_are_told_if_they_are_of_the_version(self, tmp_path: Path) -> None:
        record = recorded(tmp_path, wheel(tmp_path))
        sdist(tmp_path)
        sdist(tmp_path, version="0.9")

        assert ("demo-1.0.tar.gz",) == unrecorded(tmp_path, record)

    def test_are_brought_together_and_stay_where_they_were(self, tmp_path: Path) -> None:
        one, two = part(tmp_path, "one", wheel), part(tmp_path, "two", sdist)
        record = merged(read_records(tmp_path))
        bring_together(tmp_path, record)
        bring_together(tmp_path, record)

        assert record == merged(read_records(tmp_path))
        assert () == unrecorded(tmp_path, record)
        for folder, name in ((one, "demo-1.0-py3-none-any.whl"), (two, "demo-1.0.tar.gz")):
            assert (folder / name).read_bytes() == (tmp_path / name).read_bytes()

    def test_are_looked_for_behind_no_link(self, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "releasio.bundle").touch()
        folder = tmp_path / "dist"
        folder.mkdir()
        (folder / "link").symlink_to(outside)

        assert () == named(folder, "releasio.bundle")
        assert () == named(tmp_path / "nowhere", "releasio.bundle")
