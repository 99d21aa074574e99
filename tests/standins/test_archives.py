from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.standins.packages import Package, piped, sdist, tarred, wheel, zipped

if TYPE_CHECKING:
    from tests.standins.conftest import Visitor

START = "400 Invalid distribution file. "


def with_data(package: Package, data: bytes) -> Package:
    return replace(package, data=data)


def members(package: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestWheel:
    def zip_refusal(self, why: str) -> str:
        return f"{START}ZIP archive not accepted: {why}. See …/help/#archives for more information"

    def test_must_be_a_zip_file(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(with_data(wheel(), b"nonsense"), token)

        assert f"{START}File is not a zipfile" == refusal

    def test_may_not_be_two_things(self, visitor: Visitor, token: str) -> None:
        both = gzip.decompress(sdist().data) + wheel().data

        refusal = visitor.refusal(with_data(wheel(), both), token)
        assert f"{START}File is both a zip and a tar file" == refusal

    def test_may_not_have_data_behind_it(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(with_data(wheel(), wheel().data + b"x"), token)

        assert self.zip_refusal("Trailing data") == refusal

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_may_not_have_a_file_twice(self, visitor: Visitor, token: str) -> None:
        buffer = io.BytesIO(wheel().data)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("demo.py", b"other")

        refusal = visitor.refusal(with_data(wheel(), buffer.getvalue()), token)
        assert self.zip_refusal("Duplicate filename in local headers") == refusal

    def test_may_not_have_data_descriptors(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(with_data(wheel(), piped(members(wheel()))), token)

        assert self.zip_refusal("ZIP contains a data descriptor") == refusal

    def test_may_not_lie_about_sizes(self, visitor: Visitor, token: str) -> None:
        data = bytearray(wheel().data)
        data[18] ^= 1  # compressed size in the first local header

        refusal = visitor.refusal(with_data(wheel(), bytes(data)), token)
        assert self.zip_refusal("Mis-matched data size") == refusal

    def test_may_not_hide_files_from_the_directory(self, visitor: Visitor, token: str) -> None:
        data = wheel().data.replace(b"demo.py", b"damo.py", 1)

        refusal = visitor.refusal(with_data(wheel(), data), token)
        assert self.zip_refusal("Filename not in central directory") == refusal

    def test_may_be_stored_or_deflated(self, visitor: Visitor, token: str) -> None:
        stored = with_data(wheel(), zipped(members(wheel()), zipfile.ZIP_STORED))
        squeezed = with_data(wheel("other"), zipped(members(wheel("other")), zipfile.ZIP_BZIP2))

        assert 200 == visitor.upload(stored, token).status_code
        assert (f"{START}File does not use a supported compression type") == visitor.refusal(
            squeezed, token
        )

    @pytest.mark.parametrize(
        ("missing", "wanted"),
        [
            ("WHEEL", f"{START}WHEEL not found at demo-1.0.dist-info/WHEEL"),
            (
                "RECORD",
                (
                    "400 Wheel 'demo-1.0-py3-none-any.whl' does not contain the required RECORD "
                    "file: demo-1.0.dist-info/RECORD"
                ),
            ),
            (
                "METADATA",
                (
                    "400 Wheel 'demo-1.0-py3-none-any.whl' does not contain the required METADATA "
                    "file: demo-1.0.dist-info/METADATA"
                ),
            ),
        ],
    )
    def test_must_have_its_parts(
        self, visitor: Visitor, token: str, missing: str, wanted: str
    ) -> None:
        assert wanted == visitor.refusal(wheel(without=missing), token)

    @pytest.mark.parametrize(
        "text", [b"[console_scripts]\na b = c:d\n", b"\xff", b"nonsense", b"[g]\nx: y\n"]
    )
    def test_must_have_readable_entry_points(
        self, visitor: Visitor, token: str, text: bytes
    ) -> None:
        refusal = visitor.refusal(wheel(entry_points=text), token)

        assert (
            "400 Wheel 'demo-1.0-py3-none-any.whl' has invalid entry points defined in the "
            "entry_points.txt file"
        ) == refusal

    def test_may_have_entry_points(self, visitor: Visitor, token: str) -> None:
        text = b"[console_scripts]\ndemo = demo:main\n"

        assert 200 == visitor.upload(wheel(entry_points=text), token).status_code

    def test_must_have_the_licences_it_names(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(wheel(), token, metadata_version="2.4", license_file="LICENSE")

        assert (
            "400 License-File LICENSE does not exist in distribution file "
            "demo-1.0-py3-none-any.whl at demo-1.0.dist-info/licenses/LICENSE"
        ) == refusal


class TestSdist:
    def test_must_be_a_tar_file(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(with_data(sdist(), b"nonsense"), token)

        assert f"{START}File is not a tarfile" == refusal

    def test_must_be_whole(self, visitor: Visitor, token: str) -> None:
        noise = bytes((7 * i * i + i // 3) % 256 for i in range(50_000))
        whole = tarred({"demo-1.0/PKG-INFO": b"x", "demo-1.0/noise": noise})

        refusal = visitor.refusal(with_data(sdist(), whole[: len(whole) // 2]), token)
        assert f"{START}None" == refusal

    @pytest.mark.parametrize(
        ("files", "wanted"),
        [
            (
                {"demo-1.0/PKG-INFO": b"", "other/x": b""},
                "Incorrect number of top-level directories in sdist",
            ),
            ({"demo-1.0/setup.py": b""}, "PKG-INFO not found at demo-1.0/PKG-INFO"),
        ],
    )
    def test_must_have_its_parts(
        self, visitor: Visitor, token: str, files: dict[str, bytes], wanted: str
    ) -> None:
        assert START + wanted == visitor.refusal(with_data(sdist(), tarred(files)), token)

    def test_may_not_have_holes(self, visitor: Visitor, token: str) -> None:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
            info = tarfile.TarInfo("demo-1.0/PKG-INFO")
            info.type = tarfile.GNUTYPE_SPARSE
            archive.addfile(info)

        refusal = visitor.refusal(with_data(sdist(), gzip.compress(buffer.getvalue())), token)
        assert (
            f"{START}tar archive not accepted: Sparse members are not allowed. "
            "See …/help/#archives for more information"
        ) == refusal

    def test_must_have_the_licences_it_names(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(sdist(), token, metadata_version="2.4", license_file="COPYING")

        assert (
            "400 License-File COPYING does not exist in distribution file demo-1.0.tar.gz at "
            "demo-1.0/COPYING"
        ) == refusal


class TestPart:
    @pytest.mark.parametrize("kind", ["image/png", ""])
    def test_must_be_typed_as_a_file(self, visitor: Visitor, token: str, kind: str) -> None:
        refusal = visitor.refusal(wheel(), token, content_type=kind)

        assert "400 Invalid distribution file." == refusal
