"""A release in whose way the index has a file of other bytes, for nothing replaces that."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.fakes.wheels import METADATA, sdist, sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

    Stuck = Callable[..., None]

pytestmark = pytest.mark.journey


HINT = (
    "  A file on an index is never replaced, so 0.1.1 cannot be finished on {host}, and by itself "
    "releasio would try again. Go on with the next version: releasio release --version 0.1.2 "
    "--execute\n"
)
STANDING = "v0.1.1 is public, and can never be finished.\n"


def put_there(index: EmbeddedIndex, token: str, path: Path, version: str) -> None:
    """Upload an sdist by hand, as somebody with another build did."""
    form = {
        ":action": "file_upload",
        "protocol_version": "1",
        "metadata_version": "2.1",
        "name": "demo",
        "version": version,
        "filetype": "sdist",
        "pyversion": "source",
        "sha256_digest": sha256(path),
    }
    httpx.post(
        index.upload_url,
        data=form,
        files={"content": (path.name, path.read_bytes())},
        auth=("__token__", token),
        trust_env=False,
    ).raise_for_status()


@pytest.fixture
def stuck(laptop: Program, index: EmbeddedIndex, tmp_path: Path) -> Stuck:
    """A release that was pushed and not uploaded, until somebody else's file was there."""

    def begin(*words: str, version: str = "0.1.1") -> None:
        index.fail(on="upload", how="400-before", times=9)
        laptop("release", "-x", *words)
        index.heal()
        folder = tmp_path / "theirs"
        folder.mkdir()
        metadata = METADATA.format(name="demo", version=version)
        theirs = sdist(folder, version=version, metadata=metadata)
        put_there(index, laptop.env["RELEASIO_TOKEN"], theirs, version)

    return begin


def command_in(text: str) -> list[str]:
    """Return the words of the command that *text* tells to run, without `releasio`."""
    found = re.search(r"releasio (release .*? --execute)", text)

    assert found, text
    return shlex.split(found[1])


class TestNeverFinished:
    def test_says_so_and_how_to_go_on(
        self, laptop: Program, index: EmbeddedIndex, stuck: Stuck
    ) -> None:
        stuck()
        run = laptop("release", "--execute")

        host = index.url.removeprefix("http://")
        assert 4 == run.code
        assert HINT.format(host=host) in run.err
        assert run.err.endswith(STANDING)

    def test_the_preview_knows_it_too(
        self, laptop: Program, index: EmbeddedIndex, stuck: Stuck
    ) -> None:
        stuck()
        run = laptop("release")

        assert 4 == run.code
        assert HINT.format(host=index.url.removeprefix("http://")) in run.err
        assert "the release's tag names " in run.err
        assert "Nothing was changed. To do it" not in run.out

    def test_it_stays_in_the_way_of_what_was_done_since(
        self, laptop: Program, project: Repository, stuck: Stuck
    ) -> None:
        stuck()
        project.commit("feat: go on", **{"src/demo/on.py": "ON = True\n"})

        assert 4 == laptop("release", "--execute").code

    def test_the_command_goes_on_and_so_does_every_release_after_it(
        self, laptop: Program, project: Repository, index: EmbeddedIndex, stuck: Stuck
    ) -> None:
        stuck()
        told = command_in(laptop("release", "--execute").err)
        next_one = laptop(*told)
        project.commit("fix: go on", **{"src/demo/on.py": "ON = True\n"})
        after = laptop("release", "--execute")

        assert (0, 0) == (next_one.code, after.code), next_one.err + after.err
        names = sorted(name for name in index.files("demo") if name.endswith(".tar.gz"))
        assert ["demo-0.1.1.tar.gz", "demo-0.1.2.tar.gz", "demo-0.1.3.tar.gz"] == names

    def test_after_a_candidate_comes_the_next_one(
        self, laptop: Program, index: EmbeddedIndex, stuck: Stuck
    ) -> None:
        stuck("--prerelease", "rc", version="0.1.1rc1")
        told = command_in(laptop("release", "--execute", "--prerelease", "rc").err)
        run = laptop(*told)

        assert ["release", "--version", "0.1.1rc2", "--execute"] == told
        assert 0 == run.code, run.err
        assert "demo-0.1.1rc2.tar.gz" in index.files("demo")

    def test_verify_does_not_promise_the_missing_files(
        self, laptop: Program, index: EmbeddedIndex, stuck: Stuck
    ) -> None:
        stuck()
        run = laptop("verify")

        assert 4 == run.code
        assert HINT.format(host=index.url.removeprefix("http://")) in run.err
        assert "uploads what is left" not in run.err
        assert "  It will never be there: the release cannot be finished.\n" in run.err

    def test_a_name_that_was_used_before_is_as_final(
        self, laptop: Program, index: EmbeddedIndex, stuck: Stuck
    ) -> None:
        stuck()
        index.delete_file("demo-0.1.1.tar.gz")
        document = json.loads(laptop("release", "--execute", "--json").out)

        (error,) = document["errors"]
        assert "upload-refused" == error["code"]
        assert error["hint"].endswith(
            "names are never used twice: release a new version (releasio release --version "
            "0.1.2 --execute)."
        )
        assert document["standing"].endswith(STANDING.strip())
