"""The embedded index, driven by the tools it plays to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.standins.packages import sdist, wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor

UV = Path(sys.executable).with_name("uv")


def run(*command: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "NO_COLOR": "1", **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def dist(tmp_path: Path) -> list[Path]:
    paths = []
    for package in (wheel("demo-project"), sdist("demo-project")):
        path = tmp_path / "dist" / package.filename
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(package.data)
        paths.append(path)
    return paths


def twine(index: EmbeddedIndex, token: str, dist: list[Path]) -> subprocess.CompletedProcess[str]:
    return run(
        *(sys.executable, "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar"),
        *("--repository-url", index.upload_url, *dist),
        TWINE_USERNAME="__token__",
        TWINE_PASSWORD=token,
    )


def uv_publish(
    index: EmbeddedIndex, dist: list[Path], *options: str, **env: str
) -> subprocess.CompletedProcess[str]:
    return run(
        *(UV, "publish", "--no-config", "--publish-url", index.upload_url, *options, *dist), **env
    )


class TestTwine:
    def test_uploads_and_repeats(self, index: EmbeddedIndex, token: str, dist: list[Path]) -> None:
        index.fail(on="upload", how="500-after")
        first = twine(index, token, dist)

        assert 0 == first.returncode, first.stdout + first.stderr
        assert {path.name for path in dist} == set(index.files("demo-project"))
        assert [500, 200, 200] == [request.status for request in index.log]

    def test_shows_the_reason_of_a_refusal(
        self, index: EmbeddedIndex, token: str, dist: list[Path]
    ) -> None:
        index.create_project("demo-project", owner="ada")
        refused = twine(index, token, dist)

        assert 1 == refused.returncode
        assert "403" in refused.stdout
        assert "isn't allowed to upload to project 'demo-project'" in " ".join(
            refused.stdout.split()
        )


class TestUv:
    def test_publishes_what_is_not_there_yet(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, dist: list[Path]
    ) -> None:
        visitor.upload(wheel("demo-project"), token)
        done = uv_publish(
            index,
            dist,
            *("--trusted-publishing", "never", "--check-url", index.simple_url),
            UV_PUBLISH_TOKEN=token,
        )

        assert 0 == done.returncode, done.stderr
        assert {path.name for path in dist} == set(index.files("demo-project"))
        uploads = [request for request in index.log if request.kind == "upload"]
        assert [wheel("demo-project").filename, sdist("demo-project").filename] == [
            request.filename for request in uploads
        ]


class TestPip:
    def test_installs(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, tmp_path: Path
    ) -> None:
        visitor.upload(wheel("demo-project"), token)
        report = tmp_path / "report.json"
        done = run(
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--isolated"),
            *("--disable-pip-version-check", "--target", tmp_path / "site", "--no-cache-dir"),
            *("--index-url", index.simple_url, "--report", report, "demo_project==1.0"),
        )

        assert 0 == done.returncode, done.stderr
        assert (tmp_path / "site" / "demo_project.py").exists()
        [installed] = json.loads(report.read_text(encoding="utf-8"))["install"]
        assert (
            wheel("demo-project").sha256
            == (installed["download_info"]["archive_info"]["hashes"]["sha256"])
        )
        asked = [request.path.rpartition(".")[2] for request in index.log[1:]]
        assert ["/simple/demo-project/", "metadata", "whl"] == asked
