"""The record of built files, held against the files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import DISAGREES
from releasio.errors.files.distribution import RecordDisagrees, RecordMissing
from releasio.rules.contents.record import RECORD_NAME, BuiltFile, Record
from releasio.world.build.dist_folder import DistFolder, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WHEEL, SDIST = "demo-1.2.0-py3-none-any.whl", "demo-1.2.0.tar.gz"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def recorded(paths: Iterable[Path]) -> Record:
    return record_of(
        paths,
        project="demo",
        version="1.2.0",
        tag="v1.2.0",
        commit="c" * 40,
        epoch=1_700_000_000,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SDIST).write_bytes(b"an sdist")
    (tmp_path / WHEEL).write_bytes(b"a wheel")
    return tmp_path


@pytest.fixture
def record(folder: Path) -> Record:
    return recorded([folder / SDIST, folder / WHEEL])


def keep(record: Record, folder: Path) -> None:
    (folder / RECORD_NAME).write_bytes(record.to_json().encode())


class TestAccept:
    def test_that_breaks_off_leaves_no_record_of_what_is_no_longer_there(
        self, folder: Path, record: Record
    ) -> None:
        keep(record, folder)
        kept = DistFolder(folder)
        staging = kept.empty_staging()
        (staging / WHEEL).write_bytes(b"another wheel")
        (staging / SDIST).write_bytes(b"another sdist")
        (folder / SDIST).unlink()
        (folder / SDIST / "in the way").mkdir(parents=True)

        with pytest.raises(OSError, match="irectory"):
            kept.accept(
                project="demo", version="1.2.0", tag="v1.2.0", commit="d" * 40, epoch=1_700_000_000
            )
        with pytest.raises(RecordMissing):
            kept.record()


class TestRecordOf:
    def test_names_each_file_with_size_and_hash(self, record: Record) -> None:
        assert (
            BuiltFile(WHEEL, 7, sha256(b"a wheel")),
            BuiltFile(SDIST, 8, sha256(b"an sdist")),
        ) == record.files

    def test_is_the_same_document_for_the_same_files(self, record: Record, folder: Path) -> None:
        again = recorded([folder / WHEEL, folder / SDIST])

        assert record.to_json() == again.to_json()


class TestReading:
    def test_returns_what_was_kept(self, record: Record, folder: Path) -> None:
        keep(record, folder)

        assert record == DistFolder(folder).record()

    def test_without_a_record_says_how_to_get_one(self, tmp_path: Path) -> None:
        with pytest.raises(RecordMissing) as caught:
            DistFolder(tmp_path).record()

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
            DistFolder(folder).record()

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

        assert record == DistFolder(folder).record()
