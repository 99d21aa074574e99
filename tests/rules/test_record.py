"""The distribution manifest: written, read back, and held against the files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from releasio.errors import DISAGREES, RecordDisagrees, RecordInvalid, RecordMissing
from releasio.rules.record import RECORD_NAME, BuiltFile, Record, record_schema

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "c" * 40
WHEEL, SDIST = "demo-1.2.0-py3-none-any.whl", "demo-1.2.0.tar.gz"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SDIST).write_bytes(b"an sdist")
    (tmp_path / WHEEL).write_bytes(b"a wheel")
    return tmp_path


@pytest.fixture
def record(folder: Path) -> Record:
    return Record.of_files(
        [folder / SDIST, folder / WHEEL],
        project="demo",
        version="1.2.0",
        tag="v1.2.0",
        commit=COMMIT,
        epoch=1_700_000_000,
    )


def keep(record: Record, folder: Path) -> None:
    (folder / RECORD_NAME).write_bytes(record.to_json().encode())


class TestRecord:
    def test_names_each_file_with_size_and_hash(self, record: Record) -> None:
        assert (
            BuiltFile(WHEEL, 7, sha256(b"a wheel")),
            BuiltFile(SDIST, 8, sha256(b"an sdist")),
        ) == record.files

    def test_is_the_same_document_for_the_same_files(self, record: Record, folder: Path) -> None:
        again = Record.of_files(
            [folder / WHEEL, folder / SDIST],
            project="demo",
            version="1.2.0",
            tag="v1.2.0",
            commit=COMMIT,
            epoch=1_700_000_000,
        )

        assert record.to_json() == again.to_json()

    def test_reads_back_what_it_wrote(self, record: Record, folder: Path) -> None:
        keep(record, folder)

        assert record == Record.from_json(record.to_json())
        assert record == Record.read(folder)

    def test_fits_its_schema(self, record: Record) -> None:
        jsonschema.Draft202012Validator(record_schema()).validate(json.loads(record.to_json()))

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
    def test_without_a_record_says_how_to_get_one(self, tmp_path: Path) -> None:
        with pytest.raises(RecordMissing) as caught:
            Record.read(tmp_path)

        assert f"{tmp_path} has no releasio.json" == caught.value.message
        assert (
            "Build first: releasio build -x; in CI, hand the whole dist/ folder on to the job that "
            "publishes."
        ) == caught.value.hint
        assert DISAGREES == caught.value.exit_code

    def test_names_every_file_that_is_missing_or_different(
        self, record: Record, folder: Path
    ) -> None:
        keep(record, folder)
        (folder / SDIST).unlink()
        (folder / WHEEL).write_bytes(b"another")

        with pytest.raises(RecordDisagrees) as caught:
            Record.read(folder)

        assert (
            f"{folder} does not hold the files that were built: {SDIST} is missing; {WHEEL} has "
            f"sha256 {sha256(b'another')}, recorded was {sha256(b'a wheel')}"
        ) == caught.value.message
        assert (
            "Take the files from the build that made the record, or build again: releasio build -x"
        ) == caught.value.hint

    def test_ignores_other_files_in_the_folder(self, record: Record, folder: Path) -> None:
        keep(record, folder)
        (folder / "demo-0.9.0.tar.gz").write_bytes(b"from last month")

        assert record == Record.read(folder)

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

    @pytest.mark.parametrize("text", ["[]", "{}", "3"])
    def test_refuses_other_documents(self, text: str) -> None:
        with pytest.raises(RecordInvalid, match="it has no schema_version"):
            Record.from_json(text)

    def test_refuses_what_is_not_json(self) -> None:
        with pytest.raises(RecordInvalid, match=r"not JSON \(Expecting value"):
            Record.from_json("")
