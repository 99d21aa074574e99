"""Files of a release with more in them, or worse, than anybody should unpack."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from releasio.rules.distribution.members import Entry, dangers, made_up_secrets, secrets
from releasio.world.archives import unpacking
from releasio.world.build.archive import inspect, read_archive
from releasio.world.build.differences import differences
from tests.fakes.wheels import METADATA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"
TEXT = METADATA.format(name="demo", version="1.0").encode()
INFO = "demo-1.0.dist-info"
OUTSIDE = "lies outside of the folder that is unpacked into"
GIBI = 1 << 30


def wheel(folder: Path, *more: tuple[str, int, bytes]) -> Path:
    """Return a wheel with *more* in it: name, mode and content."""
    path = folder / WHEEL
    usual = [(f"{INFO}/{name}", 0, b"") for name in ("WHEEL", "RECORD")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, mode, content in (*usual, (f"{INFO}/METADATA", 0, TEXT), *more):
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            archive.writestr(member, content)
    return path


def sdist(folder: Path, *more: tarfile.TarInfo) -> Path:
    path = folder / SDIST
    with tarfile.open(path, "w:gz") as archive:
        info = member("PKG-INFO")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
        for one in more:
            archive.addfile(one)
    return path


def member(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", mode: int = 0o644
) -> tarfile.TarInfo:
    made = tarfile.TarInfo(f"demo-1.0/{name}")
    made.type, made.linkname, made.mode = kind, link, mode
    return made


def found(path: Path, *, strict: bool = True) -> Mapping[str, str]:
    errors = inspect([path], project="demo", version="1.0", strict=strict).errors
    return {error.code: error.message for error in errors}


class TestInAWheel:
    @pytest.mark.parametrize(
        ("name", "mode", "content", "how"),
        [
            ("../../evil.py", 0, b"", f"'../../evil.py' {OUTSIDE}"),
            ("demo/../../evil.py", 0, b"", f"'demo/../../evil.py' {OUTSIDE}"),
            ("/etc/evil", 0, b"", f"'/etc/evil' {OUTSIDE}"),
            ("C:/evil", 0, b"", f"'C:/evil' {OUTSIDE}"),
            ("..\\evil.py", 0, b"", rf"'..\\evil.py' {OUTSIDE}"),
            (
                "demo/x",
                stat.S_IFLNK | 0o777,
                b"../../etc/passwd",
                "'demo/x' is a link out of that folder, to 'demo/../../etc/passwd'",
            ),
            ("demo/x", stat.S_IFCHR | 0o644, b"", "'demo/x' is a device or a pipe"),
            (
                "demo/x",
                stat.S_IFREG | 0o4755,
                b"",
                "'demo/x' would run with the rights of its owner or group (setuid, setgid)",
            ),
        ],
    )
    def test_harm_is_named(
        self, tmp_path: Path, name: str, mode: int, content: bytes, how: str
    ) -> None:
        expected = f"{WHEEL} would do harm where it is unpacked: {how}"

        assert expected == found(wheel(tmp_path, (name, mode, content)))["members-dangerous"]

    def test_what_is_unusual_and_does_no_harm_may_be_there(self, tmp_path: Path) -> None:
        usual = [
            ("demo/..", stat.S_IFDIR | 0o2755, b""),
            ("demo/x", stat.S_IFLNK | 0o777, b"../demo/y"),
            ("demo/..hidden", stat.S_IFREG | 0o755, b""),
        ]

        assert {} == found(wheel(tmp_path, *usual))


class TestInAnSdist:
    @pytest.mark.parametrize(
        ("one", "how"),
        [
            (member("../../evil"), f"'demo-1.0/../../evil' {OUTSIDE}"),
            (
                member("x", tarfile.SYMTYPE, "../../etc/passwd"),
                "'demo-1.0/x' is a link out of that folder, to 'demo-1.0/../../etc/passwd'",
            ),
            (
                member("x", tarfile.SYMTYPE, "/etc/passwd"),
                "'demo-1.0/x' is a link out of that folder, to '/etc/passwd'",
            ),
            (
                member("x", tarfile.LNKTYPE, "../other"),
                "'demo-1.0/x' is a link out of that folder, to '../other'",
            ),
            (member("x", tarfile.CHRTYPE), "'demo-1.0/x' is a device or a pipe"),
            (member("x", tarfile.FIFOTYPE), "'demo-1.0/x' is a device or a pipe"),
            (
                member("x", mode=0o6755),
                "'demo-1.0/x' would run with the rights of its owner or group (setuid, setgid)",
            ),
            (member("x\x1b[2J"), r"'demo-1.0/x\x1b[2J' has a control character in its name"),
        ],
    )
    def test_harm_is_named(self, tmp_path: Path, one: tarfile.TarInfo, how: str) -> None:
        expected = f"{SDIST} would do harm where it is unpacked: {how}"

        assert expected == found(sdist(tmp_path, one))["members-dangerous"]

    def test_links_and_folders_as_they_are_usual_may_be_there(self, tmp_path: Path) -> None:
        usual = (
            member("docs", tarfile.DIRTYPE, mode=0o2755),
            member("docs/x", tarfile.SYMTYPE, "../PKG-INFO"),
            member("y", tarfile.LNKTYPE, "demo-1.0/PKG-INFO"),
        )

        assert {} == found(sdist(tmp_path, *usual))


class TestSecrets:
    @pytest.mark.parametrize(
        "name",
        [".env", ".pypirc", "src/.netrc", ".git/config", "sub/.git/HEAD", "id_rsa", ".SSH/known"],
    )
    def test_are_named_by_their_names(self, tmp_path: Path, name: str) -> None:
        expected = f"{SDIST} would publish demo-1.0/{name}"

        assert expected == found(sdist(tmp_path, member(name)))["secrets-inside"]

    def test_that_are_none_pass_where_the_settings_let_them(self, tmp_path: Path) -> None:
        assert {} == found(sdist(tmp_path, member("demo/.env")), strict=False)

    @pytest.mark.parametrize("name", [".env.example", ".gitignore", ".github/x", "demo/env.py"])
    def test_have_other_names_than_these(self, name: str) -> None:
        assert [] == secrets([Entry(f"demo-1.0/{name}")])

    def test_among_tests_they_are_a_note(self) -> None:
        """httpx publishes a tests/fixtures/.netrc, and always has."""
        entries = [Entry("demo-1.0/tests/fixtures/.netrc"), Entry("demo-1.0/tests.env")]

        assert [] == secrets(entries)
        assert ["demo-1.0/tests/fixtures/.netrc"] == made_up_secrets(entries)


def test_many_are_folded(tmp_path: Path) -> None:
    many = [(f"../{number}", 0, b"") for number in range(40)]

    assert found(wheel(tmp_path, *many))["members-dangerous"].endswith("; and 37 others")


class TestMoreThanAnybodyUnpacks:
    def test_is_left_where_the_limit_is(self, tmp_path: Path) -> None:
        """
        A member of six gigabytes, in a file of a few bytes: what is behind it is not read.
        """
        huge = member("huge")
        huge.size = 6 * GIBI
        path = tmp_path / SDIST
        path.write_bytes(gzip.compress(huge.tobuf() + bytes(1 << 20)))

        expected = {"archive-too-long": TOO_LONG.format(SDIST, "more than 4 GiB")}
        assert expected == found(path)
        assert read_archive(path).metadata is None

    def test_also_in_a_header(self, tmp_path: Path) -> None:
        header = member("x", tarfile.XHDTYPE)
        header.size = 3 * GIBI
        path = tmp_path / SDIST
        path.write_bytes(gzip.compress(header.tobuf()))

        (error,) = inspect([path], project="demo", version="1.0").errors
        assert TOO_LONG.format(SDIST, "a header of 3,221,225,472 bytes") == error.message

    def test_also_in_a_wheel_that_is_not_dense(self, tmp_path: Path) -> None:
        path = wheel(tmp_path, ("demo/x", 0, b"x"))
        with zipfile.ZipFile(path) as archive:
            where = archive.getinfo("demo/x").header_offset
        content = bytearray(path.read_bytes())
        size = (0xFFFFFFF0).to_bytes(4, "little")
        content[where + 22 : where + 26] = size
        entry = content.rindex(b"PK\x01\x02")
        content[entry + 24 : entry + 28] = size
        path.write_bytes(content)

        assert {} != found(path)

    def test_is_not_unpacked_to_explain_a_difference(self, tmp_path: Path) -> None:
        huge = member("huge")
        huge.size = 6 * GIBI
        one, other = tmp_path / "one.tar.gz", tmp_path / "other.tar.gz"
        one.write_bytes(gzip.compress(huge.tobuf()))
        other.write_bytes(gzip.compress(huge.tobuf() + b"x"))

        assert differences(one, other) is not None

    @pytest.mark.journey
    def test_is_not_listed_either(self, tmp_path: Path) -> None:
        path = tmp_path / SDIST
        block = member("x").tobuf()
        with gzip.open(path, "wb", compresslevel=1) as stream:
            for _ in range(unpacking.MEMBERS // 500 + 1):
                stream.write(block * 500)

        expected = {"archive-too-long": TOO_LONG.format(SDIST, "more than 250,000 members")}
        assert expected == found(path)


TOO_LONG = "{} has {} in it, and was not unpacked to be checked"


def test_no_usual_name_is_a_danger() -> None:
    names = ["demo/__init__.py", "demo-1.0/src/a b/ü.py", "demo.libs/libx-1.so.2", "a/..b/c", "."]

    assert [] == dangers([Entry(name, stat.S_IFREG | 0o755) for name in names])
