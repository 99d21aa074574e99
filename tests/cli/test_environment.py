"""What the environment holds that cannot be used."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.fakes.repository import Repository


class TestProxy:
    @pytest.mark.parametrize("words", [("check",), ("release", "--execute"), ("release",)])
    def test_that_is_none_is_named_without_its_password(
        self, laptop: Program, words: tuple[str, ...]
    ) -> None:
        run = laptop(*words, HTTPS_PROXY="http://ada:hunter22@proxy.example:port")

        assert 2 == run.code
        assert "error: HTTPS_PROXY names no usable proxy: it is not an address\n" in run.err
        assert "Traceback" not in run.err
        assert "hunter22" not in run.out + run.err


class TestToken:
    @pytest.mark.parametrize("token", ["pypi-one\ntwo", "pypi-one\x1btwo", "pypi-one\udcfftwo"])
    def test_with_something_stray_in_it_is_named_before_anything_is_pushed(
        self, laptop: Program, project: Repository, token: str
    ) -> None:
        before = project.git("ls-remote", "origin")
        run = laptop("release", "--execute", RELEASIO_TOKEN=token, GITHUB_ACTIONS="true")

        assert 5 == run.code
        assert "RELEASIO_TOKEN: refused: RELEASIO_TOKEN has a" in run.err
        assert "Traceback" not in run.err
        assert before == project.git("ls-remote", "origin")


@pytest.mark.skipif(sys.platform == "win32", reason="closed streams are a matter of POSIX shells")
class TestClosedStreams:
    @pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
    @pytest.mark.parametrize("words", ["check --offline", "release --execute --skip-publish"])
    def test_are_no_reason_to_fail(self, releasio: Program, words: str, closed: str) -> None:
        line = f"{shlex.join(releasio.command())} {words} {closed}"
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=releasio.path,
            env=releasio.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert (0, "") == (done.returncode, done.stderr)
