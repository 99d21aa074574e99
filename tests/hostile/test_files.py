"""Files of a project that are none: links to anywhere, pipes without end, devices."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.errors.auth.attestation import TrustConfigUnusable
from releasio.errors.config import ConfigProblems
from releasio.release.journal import read
from releasio.world.build.dist_folder import DistFolder
from releasio.world.plain_file import read_plain
from releasio.world.sigstore.attestation_folder import AttestationFolder
from releasio.world.sigstore.trust import read_trust
from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = [".releasio.toml", "releasio.toml", "pyproject.toml"]


def link(path: Path) -> str:
    target = path.with_name("elsewhere")
    target.write_text("[releasio]\n", encoding="utf-8")
    path.symlink_to(target)
    return f"it is a link to {target}"


def pipe(path: Path) -> str:
    os.mkfifo(path)
    return "it is a device or a pipe"


def long(path: Path) -> str:
    with path.open("wb") as file:
        file.truncate(1 << 30)  # of zeros, which take no room
    return "it has 1,073,741,824 bytes"


MADE = [
    link,
    pytest.param(pipe, marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no such")),
    long,
]


class TestSettings:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("make", MADE)
    def test_are_not_read_from_it(
        self, tmp_path: Path, make: Callable[[Path], str], name: str
    ) -> None:
        problem = make(tmp_path / name)

        with pytest.raises(ConfigProblems) as caught:
            load(tmp_path, {})

        (one,) = caught.value.problems
        assert f"{name}: cannot be read: {problem}" == str(one)
        assert "It must be a file, and you must be allowed to read it." == one.hint

    @pytest.mark.parametrize("make", MADE)
    def test_beside_them_it_is_no_second_one(
        self, tmp_path: Path, make: Callable[[Path], str]
    ) -> None:
        (tmp_path / ".releasio.toml").write_text("[publish]\n", encoding="utf-8")
        make(tmp_path / "pyproject.toml")

        assert () == load(tmp_path, {}).notices


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such")
class TestAPipe:
    def test_in_place_of_the_settings_ends_the_program(self, tmp_path: Path) -> None:
        repo = Repository.create(tmp_path / "repo")
        static_project(repo)
        os.mkfifo(repo.path / ".releasio.toml")
        run = Program(repo.path)("check", "--offline")

        assert 2 == run.code
        assert "error: .releasio.toml: cannot be read: it is a device or a pipe" in run.err

    def test_in_place_of_the_manifest_ends_the_program(self, tmp_path: Path) -> None:
        repo = Repository.create(tmp_path / "repo")
        static_project(repo)
        (repo.path / "pyproject.toml").unlink()
        os.mkfifo(repo.path / "pyproject.toml")
        run = Program(repo.path)("check", "--offline")

        assert 2 == run.code
        assert "error: pyproject.toml: cannot be read: it is a device or a pipe" in run.err

    def test_is_no_journal_record_attestation_or_trust(self, tmp_path: Path) -> None:
        for name in ("journal.jsonl", "releasio.json", "x.json"):
            os.mkfifo(tmp_path / name)

        assert [] == [*read(tmp_path / "journal.jsonl")]
        with pytest.raises(OSError, match="it is no file"):
            DistFolder(tmp_path).record()
        kept = AttestationFolder(tmp_path)
        assert "x" not in kept
        with pytest.raises(TrustConfigUnusable, match="cannot be read: it is no file"):
            read_trust(tmp_path / "x.json", "x.json")


def test_a_file_is_read_up_to_a_length(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"four")

    assert b"four" == read_plain(path, 4)
    with pytest.raises(OSError, match="it has 4 bytes"):
        read_plain(path, 3)
