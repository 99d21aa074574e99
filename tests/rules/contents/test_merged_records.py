from __future__ import annotations

import pytest

from releasio.errors.files.handed_on import RecordsDiffer
from releasio.rules.contents.merged_records import merged
from releasio.rules.contents.record import BuiltFile, Record

WHEEL = BuiltFile("demo-1.0-py3-none-any.whl", 1, "a" * 64)
SDIST = BuiltFile("demo-1.0.tar.gz", 2, "b" * 64)


def record(*files: BuiltFile, commit: str = "c" * 40, version: str = "1.0") -> Record:
    return Record("demo", version, "v1.0", commit, 0, files)


class TestRecords:
    def test_of_one_build_are_it(self) -> None:
        assert record(WHEEL) == merged({"a.json": record(WHEEL)})

    def test_of_several_builds_are_one_by_name(self) -> None:
        records = {"a.json": record(SDIST), "b.json": record(WHEEL), "c.json": record(WHEEL)}

        assert record(WHEEL, SDIST) == merged(records)

    def test_of_two_releases_are_refused_with_what_each_says(self) -> None:
        records = {"a.json": record(SDIST), "b.json": record(WHEEL, commit="d" * 40, version="2.0")}
        expected = [
            "version is 1.0 in a.json and 2.0 in b.json",
            f"commit is {'c' * 40} in a.json and {'d' * 40} in b.json",
        ]

        with pytest.raises(RecordsDiffer) as caught:
            merged(records)
        assert expected == caught.value.points

    def test_that_know_one_file_differently_are_refused_with_both_hashes(self) -> None:
        other = BuiltFile(WHEEL.name, 1, "e" * 64)
        expected = [f"{WHEEL.name} has sha256 {'a' * 64} in a.json and {'e' * 64} in b.json"]

        with pytest.raises(RecordsDiffer) as caught:
            merged({"a.json": record(WHEEL), "b.json": record(other)})
        assert expected == caught.value.points
        assert "each file in one job only" in caught.value.hint
