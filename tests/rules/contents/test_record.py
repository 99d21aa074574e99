"""The distribution manifest: written, and read back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from releasio.errors.files.distribution import RecordInvalid
from releasio.rules.contents.record import BuiltFile, Record

COMMIT = "c" * 40
WHEEL, SDIST = "demo-1.2.0-py3-none-any.whl", "demo-1.2.0.tar.gz"


@pytest.fixture
def record() -> Record:
    return Record(
        project="demo",
        version="1.2.0",
        tag="v1.2.0",
        commit=COMMIT,
        epoch=1_700_000_000,
        files=(BuiltFile(WHEEL, 7, "a" * 64), BuiltFile(SDIST, 8, "b" * 64)),
    )


class TestRecord:
    def test_reads_back_what_it_wrote(self, record: Record) -> None:
        assert record == Record.from_json(record.to_json())

    @pytest.mark.parametrize(
        ("name", "kind", "tag"),
        [
            (WHEEL, "wheel", "py3-none-any"),
            ("a_b-1-2-cp311-cp311-win_amd64.whl", "wheel", "cp311-cp311-win_amd64"),
            (SDIST, "sdist", ""),
        ],
    )
    def test_knows_kind_and_tag_of_a_file(self, name: str, kind: str, tag: str) -> None:
        file = BuiltFile(name, 1, "")

        assert (kind, tag) == (file.kind, file.tag)


class TestReading:
    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"schema_version": 2}, "schema_version is 2, this releasio reads 1"),
            ({"project": None}, "project is not a text"),
            ({"commit": 7}, "commit is not a text"),
            ({"epoch": "now"}, "epoch is not a whole number"),
            ({"files": []}, "files is not a list of files"),
            ({"files": ["a.whl"]}, "files[0] is not an object"),
            ({"files": [{"name": "../a.whl"}]}, "files[0] has no plain file name"),
            ({"files": [{"name": "C:a.whl"}]}, "files[0] has no plain file name"),
            ({"files": [{"name": "a.whl"}]}, "files[0] has no size"),
            ({"files": [{"name": "a.whl", "size": 1, "sha256": "x"}]}, "files[0] has no sha256"),
        ],
    )
    def test_says_what_is_wrong_with_a_record(
        self, record: Record, change: dict[str, Any], problem: str
    ) -> None:
        data = {**json.loads(record.to_json()), **change}

        with pytest.raises(RecordInvalid) as caught:
            Record.from_json(json.dumps(data), "dist/releasio.json")

        assert (
            f"dist/releasio.json is not a record of built files: {problem}"
        ) == caught.value.message
        assert "Build again: releasio build -x" == caught.value.hint

    def test_versions_that_are_equal_are_one_however_the_files_write_them(self) -> None:
        files = (BuiltFile(WHEEL, 7, "a" * 64), BuiltFile(SDIST, 8, "b" * 64))
        record = Record("demo", "1.2", "v1.2", COMMIT, 1_700_000_000, files)

        assert record == Record.from_json(record.to_json())

    @pytest.mark.parametrize(
        "other", [{"project": "other"}, {"version": "1.2.1"}, {"version": "no version"}]
    )
    def test_refuses_files_of_another_release(self, record: Record, other: dict[str, str]) -> None:
        data = {**json.loads(record.to_json()), **other}
        release = f"{data['project']} {data['version']}"

        with pytest.raises(RecordInvalid, match=f"{WHEEL} is not of {release}"):
            Record.from_json(json.dumps(data))

    @pytest.mark.parametrize("text", ["[]", "{}", "3"])
    def test_refuses_other_documents(self, text: str) -> None:
        with pytest.raises(RecordInvalid, match="it has no schema_version"):
            Record.from_json(text)

    def test_refuses_what_is_not_json(self) -> None:
        with pytest.raises(RecordInvalid, match=r"not JSON \(Expecting value"):
            Record.from_json("")
