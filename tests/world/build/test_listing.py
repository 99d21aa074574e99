"""Real archives, opened and compared."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from releasio.world.build.differences import differences

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.contents.differences import Differences


def zipped(path: Path, text: str = "A = 1", *, year: int = 2020, level: int = 6) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("demo.py", (year, 1, 1, 0, 0, 0))
        archive.writestr(entry, text * 50, zipfile.ZIP_DEFLATED, level)
    return path


def tarred(
    path: Path, text: str = "A = 1", *, time: int = 1, around: int = 0, uid: int = 0
) -> Path:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("demo", tarfile.DIRTYPE), ("demo/link", tarfile.SYMTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "demo.py" * (kind == tarfile.SYMTYPE)
            archive.addfile(entry)
        entry = tarfile.TarInfo("demo/demo.py")
        entry.size, entry.mtime, entry.uid = len(text), time, uid
        archive.addfile(entry, io.BytesIO(text.encode()))
    path.write_bytes(gzip.compress(buffer.getvalue(), mtime=around))
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    return tmp_path / "one", tmp_path / "other"


def said(found: Differences | None) -> str:
    assert found is not None
    return str(found)


class TestWheels:
    def test_of_the_same_bytes_do_not_differ(self, pair: tuple[Path, Path]) -> None:
        one, other = (zipped(folder / "demo.whl") for folder in pair)

        assert differences(one, other) is None

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"year": 2021}, "only time stamps inside differ: demo.py"),
            ({"text": "A = 2"}, "demo.py (content)"),
            ({"level": 0}, "the archive itself (packing)"),
        ],
    )
    def test_differ_by_member(
        self, pair: tuple[Path, Path], change: dict[str, object], expected: str
    ) -> None:
        one, other = zipped(pair[0] / "demo.whl"), zipped(pair[1] / "demo.whl", **change)  # type: ignore[arg-type]

        assert expected == said(differences(one, other))


class TestSdists:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"time": 2}, "only time stamps inside differ: demo/demo.py"),
            ({"around": 2}, "only time stamps inside differ: the archive itself"),
            ({"text": "A = 2", "uid": 7}, "demo/demo.py (content, owner)"),
        ],
    )
    def test_differ_by_member_and_header(
        self, pair: tuple[Path, Path], change: dict[str, object], expected: str
    ) -> None:
        one, other = tarred(pair[0] / "demo.tar.gz"), tarred(pair[1] / "demo.tar.gz", **change)  # type: ignore[arg-type]

        assert expected == said(differences(one, other))


class TestWhatIsNoArchive:
    @pytest.mark.parametrize("name", ["demo.whl", "demo.tar.gz"])
    def test_differs_as_a_whole(self, pair: tuple[Path, Path], name: str) -> None:
        for folder in pair:
            (folder / name).write_text(folder.name, encoding="utf-8")

        assert "the archive itself (packing)" == said(differences(pair[0] / name, pair[1] / name))

    def test_and_is_not_there_is_not_hidden(self, pair: tuple[Path, Path]) -> None:
        zipped(pair[0] / "demo.whl")

        with pytest.raises(FileNotFoundError):
            differences(pair[0] / "demo.whl", pair[1] / "demo.whl")
