"""The published schema describes what the commands print about a release that is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/reference/report.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture
def project(repo: Repository, tmp_path: Path) -> Repository:
    static_project(repo)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
    repo.add_remote(tmp_path / "origin.git")
    return repo


def document(repo: Repository, *words: str, **env: str) -> dict[str, Any]:
    """Run releasio and return what it printed, after the schema has seen it."""
    done = subprocess.run(
        [sys.executable, "-m", "releasio", *words, "--json"],
        cwd=repo.path,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    printed: dict[str, Any] = json.loads(done.stdout)
    VALIDATOR.validate(printed)
    assert done.returncode == printed["exit_code"]
    return printed


class TestSchema:
    """What needs no index is in tests/cli/test_json.py."""

    def test_is_one(self) -> None:
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_release_then_status_then_verify(self, project: Repository) -> None:
        with EmbeddedIndex() as index:
            env = {
                "RELEASIO_PUBLISH_REGISTRY": index.upload_url,
                "RELEASIO_TOKEN": index.user_token(),
            }
            released = document(project, "release", "--execute", **env)
            status = document(project, "status", **env)
            verified = document(project, "verify", **env)

        assert [stage["stage"] for stage in released["stages"]] == ["prepare", "build", "publish"]
        assert status["journal"]
        assert set(verified["release"]["files"].values()) == {"same"}
