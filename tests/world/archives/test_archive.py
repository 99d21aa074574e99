"""Reading real files, whole and broken."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tarfile
import warnings
import zipfile
from typing import TYPE_CHECKING

import pytest

from releasio.errors.index.answers import DistributionUnreadable
from releasio.world.build.archive import inspect, read_archive
from releasio.world.build.builder import build
from releasio.world.build.description import description_problems
from releasio.world.build.metadata import upload_fields
from tests.fakes.projects import static_project
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

WHEEL, SDIST = "demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"
METADATA = (
    "Metadata-Version: 2.4\nName: demo\nVersion: 0.1.0\n"
    "Description-Content-Type: text/markdown\n\n# demo\n"
)


def wheel(folder: Path, *, kind: int = zipfile.ZIP_DEFLATED, **more: str) -> Path:
    path = folder / WHEEL
    info = "demo-0.1.0.dist-info"
    members = {f"{info}/METADATA": METADATA, f"{info}/WHEEL": "", f"{info}/RECORD": ""}
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, text in {**members, **more}.items():
            archive.writestr(name, text)
    return path


def sdist(folder: Path, *names: str, text: str = METADATA) -> Path:
    path = folder / SDIST
    with tarfile.open(path, "w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def complaints(path: Path) -> list[str]:
    before = f"the index would refuse {path.name}: "
    found = inspect([path], project="demo", version="0.1.0").errors
    return [error.message.removeprefix(before) for error in found]


class TestInspect:
    def test_finds_nothing_wrong_with_what_was_built(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        static_project(repo)
        files = build(repo.path, tmp_path, epoch=0, env=os.environ, screen=Quiet())

        assert ((), ()) == inspect(files, project="demo", version="0.1.0")

    def test_names_what_is_wrong_in_all_files_together(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        wrong = {
            "version": "0.2.0",
            "tag": "py3-none-linux_x86_64",
            "metadata": ["Classifier: Private :: X"],
        }
        static_project(repo, readme="", inline=wrong)
        files = build(repo.path, tmp_path, epoch=0, env=os.environ, screen=Quiet())

        codes = [error.code for error in inspect(files, project="demo", version="0.1.0").errors]

        assert [
            "metadata-disagrees",
            "metadata-refused",
            "platform-tag-refused",
        ] == codes

    def test_notes_that_the_description_is_missing(self, repo: Repository, tmp_path: Path) -> None:
        static_project(repo, readme="")
        files = build(repo.path, tmp_path, epoch=0, env=os.environ, screen=Quiet())

        errors, (remark,) = inspect(files, project="demo", version="0.1.0")

        assert () == errors
        assert (
            f"twine warns of {WHEEL} and {SDIST}: `long_description_content_type` missing. "
            "defaulting to `text/x-rst`. `long_description` missing. An index shows as the "
            'project\'s page what pyproject.toml names, by its ending: readme = "README.md"; in '
            "setup.cfg, long_description and long_description_content_type = text/markdown"
        ) == remark


class TestReadArchive:
    def test_reads_a_minimal_wheel_and_sdist(self, tmp_path: Path) -> None:
        assert [] == complaints(wheel(tmp_path))
        assert [] == complaints(sdist(tmp_path, "demo-0.1.0/PKG-INFO", "demo-0.1.0/demo.py"))

    @pytest.mark.parametrize(("name", "kind"), [(WHEEL, "zipfile"), (SDIST, "tarfile")])
    @pytest.mark.parametrize("content", [b"", b"<html>not found</html>", b"\x1f\x8b\x08\x00"])
    def test_of_something_else_says_what_it_is_not(
        self, tmp_path: Path, name: str, kind: str, content: bytes
    ) -> None:
        (tmp_path / name).write_bytes(content)

        assert f"Invalid distribution file. File is not a {kind}" in complaints(tmp_path / name)

    def test_sees_a_truncated_sdist(self, tmp_path: Path) -> None:
        path = sdist(tmp_path, "demo-0.1.0/PKG-INFO", *(f"demo-0.1.0/{i}" for i in range(50)))
        path.write_bytes(path.read_bytes()[:-100])

        assert ["Invalid distribution file. None"] == complaints(path)

    def test_sees_two_top_folders(self, tmp_path: Path) -> None:
        path = sdist(tmp_path, "demo-0.1.0/PKG-INFO", "stray/file")

        assert [
            "Invalid distribution file. Incorrect number of top-level directories in sdist"
        ] == complaints(path)

    def test_sees_that_pkg_info_is_missing(self, tmp_path: Path) -> None:
        assert [
            "Invalid distribution file. PKG-INFO not found at demo-0.1.0/PKG-INFO"
        ] == complaints(sdist(tmp_path, "demo-0.1.0/README.md"))

    def test_sees_a_name_with_a_control_character(self, tmp_path: Path) -> None:
        assert [
            "Invalid distribution file. ZIP archive not accepted: Invalid character in filename."
        ] == complaints(wheel(tmp_path, **{"demo\x1b.py": ""}))

    def test_sees_a_wheel_that_is_too_dense(self, tmp_path: Path) -> None:
        assert ["Invalid distribution file. File exceeds compression ratio of 50"] == complaints(
            wheel(tmp_path, zeros="\0" * (65 << 20))
        )

    def test_lets_an_sdist_be_dense(self, tmp_path: Path) -> None:
        path = tmp_path / SDIST
        with tarfile.open(path, "w:gz", compresslevel=1) as archive:
            for name, content in (("PKG-INFO", METADATA.encode()), ("zeros", bytes(65 << 20))):
                member = tarfile.TarInfo(f"demo-0.1.0/{name}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))

        assert [] == complaints(path)

    def test_sees_trailing_data(self, tmp_path: Path) -> None:
        path = wheel(tmp_path)
        path.write_bytes(path.read_bytes() + b"more")

        assert [
            "Invalid distribution file. ZIP archive not accepted: Trailing data."
        ] == complaints(path)

    @pytest.mark.parametrize("name", ["demo.py", "PK.py"])
    def test_sees_that_it_is_a_tar_as_well(self, tmp_path: Path, name: str) -> None:
        path = wheel(tmp_path)
        packed = sdist(tmp_path, name)
        path.write_bytes(gzip.decompress(packed.read_bytes()) + path.read_bytes())

        said = ["Invalid distribution file. File is both a zip and a tar file"]
        assert said == complaints(path)

    def test_sees_duplicate_names(self, tmp_path: Path) -> None:
        path = wheel(tmp_path)
        with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
            warnings.simplefilter("ignore")
            archive.writestr("demo.py", "a")
            archive.writestr("demo.py", "b")
        (words,) = complaints(path)

        assert "ZIP archive not accepted: Duplicate filename in local headers." in words

    def test_sees_a_comment(self, tmp_path: Path) -> None:
        path = wheel(tmp_path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = b"hello"

        assert [
            "Invalid distribution file. ZIP archive not accepted: Comment in central directory."
        ] == complaints(path)

    def test_sees_a_member_that_cannot_be_unpacked(self, tmp_path: Path) -> None:
        path = wheel(tmp_path, kind=zipfile.ZIP_STORED, **{"demo.py": "NAME = 'demo'"})
        path.write_bytes(path.read_bytes().replace(b"'demo'", b"'dome'"))

        (error,) = inspect([path], project="demo", version="0.1.0").errors

        assert f"nobody could install {WHEEL}: demo.py cannot be unpacked" == error.message

    def test_remarks_that_the_record_is_incomplete(self, tmp_path: Path) -> None:
        path = wheel(tmp_path, **{"demo.py": "NAME = 'demo'"})

        (remark,) = inspect([path], project="demo", version="0.1.0").remarks

        assert remark.startswith(
            f"RECORD of {WHEEL} does not list: demo-0.1.0.dist-info/METADATA, "
            "demo-0.1.0.dist-info/WHEEL, demo.py: indexes take the file"
        )

    def test_sees_an_unusual_compression(self, tmp_path: Path) -> None:
        assert [
            "Invalid distribution file. File does not use a supported compression type"
        ] == complaints(wheel(tmp_path, kind=zipfile.ZIP_BZIP2))


class TestDescription:
    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            ("# demo", "text/markdown", ()),
            ("# demo", "text/markdown; charset=UTF-8; variant=GFM", ()),
            ("demo", "text/plain", ()),
            ("demo\n====\n", "text/x-rst", ()),
            ("", "text/markdown", ()),
            (" \n", None, ()),
            (None, None, ()),
            ("demo", None, ()),
        ],
    )
    def test_is_judged_as_the_index_does(
        self, text: str | None, kind: str | None, expected: tuple[str, ...]
    ) -> None:
        assert expected == description_problems(text, kind)

    def test_that_does_not_render_names_the_line(self) -> None:
        (problem,) = description_problems("demo\n\n.. nosuch:: x\n\n   y\n", "text/x-rst")

        assert problem.startswith("it does not render as text/x-rst: line 3: Unknown directive")

    @pytest.mark.parametrize(
        ("readme", "kind"),
        [
            ("# demo", "text/markdown"),
            ("demo", "text/rst"),
            (".. nosuch::", "text/x-rst"),
            ("# demo", ""),
            (".. nosuch::", ""),
        ],
    )
    def test_agrees_with_twine(self, tmp_path: Path, readme: str, kind: str) -> None:
        head = METADATA.partition("Description")[0]
        info = "demo-0.1.0.dist-info"
        field = f"Description-Content-Type: {kind}\n" if kind else ""
        text = f"{head}{field}" + (f"\n{readme}" if readme else "")
        path = wheel(tmp_path, **{f"{info}/METADATA": text})
        twine = subprocess.run(
            [sys.executable, "-m", "twine", "check", str(path)],
            capture_output=True,
            check=False,
        )

        assert bool(twine.returncode) == bool(complaints(path))

    def test_is_refused_with_a_way_out(self, tmp_path: Path) -> None:
        head = METADATA.partition("Description")[0]
        path = wheel(tmp_path, **{"demo-0.1.0.dist-info/METADATA": f"{head}\n.. nosuch::\n"})

        (error,) = inspect([path], project="demo", version="0.1.0").errors

        assert error.message.startswith(
            f"the description in {WHEEL} is not fit for the index: without a content type it "
            "counts as text/x-rst, and does not render as that: line "
        )
        assert (
            'Correct the file that [project] readme names: readme = "README.md" is Markdown by its '
            "ending, .rst reStructuredText. In setup.cfg and setup.py the content type stands "
            "beside long_description: long_description_content_type = text/markdown."
        ) == error.hint

    def test_without_a_content_type_is_a_note_where_it_renders(self, tmp_path: Path) -> None:
        head = METADATA.partition("Description")[0]
        path = wheel(tmp_path, **{"demo-0.1.0.dist-info/METADATA": f"{head}\n# demo\n"})

        errors, notes = inspect([path], project="demo", version="0.1.0")

        assert () == errors
        assert notes[0].startswith(
            f"twine warns of {WHEEL}: `long_description_content_type` missing. defaulting to "
            "`text/x-rst`. An index shows as the project's page what pyproject.toml names, by its "
            'ending: readme = "README.md"; in setup.cfg,'
        )


def test_reading_does_not_hide_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_archive(tmp_path / WHEEL)


@pytest.mark.parametrize("kind", ["wheel", "wheel packed with LZMA", "sdist"])
def test_damage_anywhere_is_no_breakdown(tmp_path: Path, kind: str) -> None:
    """Whichever byte is wrong, there are words for it, or nothing that we read is harmed."""
    if kind == "sdist":
        whole = sdist(tmp_path, "demo-0.1.0/PKG-INFO")
    else:
        packed = zipfile.ZIP_LZMA if "LZMA" in kind else zipfile.ZIP_DEFLATED
        whole = wheel(tmp_path, kind=packed)
    content = whole.read_bytes()
    refused = 0
    for place in range(len(content)):
        whole.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        found = bool(complaints(whole))
        try:
            upload_fields(whole)
        except DistributionUnreadable:
            found = True
        refused += found

    assert refused > len(content) // 2


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_metadata_as_long_as_a_book_is_refused_before_the_upload(tmp_path: Path, kind: str) -> None:
    text = METADATA + "x" * (17 << 20)
    if kind == "wheel":
        path = wheel(tmp_path, **{"demo-0.1.0.dist-info/METADATA": text})
    else:
        path = sdist(tmp_path, "demo-0.1.0/PKG-INFO", text=text)

    assert [
        f"{path.name} has metadata of more than 16 MiB in it, and was not unpacked to be checked"
    ] == complaints(path)


@pytest.mark.parametrize(("length", "expected"), [(16 << 20, 16 << 20), ((16 << 20) + 1, None)])
def test_metadata_that_claims_to_be_a_book_is_not_read(
    tmp_path: Path, length: int, expected: int | None
) -> None:
    path = tmp_path / "demo-0.1.0.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("demo-0.1.0/PKG-INFO", b" " * length)

    metadata = read_archive(path).metadata
    assert expected == (None if metadata is None else len(metadata))
