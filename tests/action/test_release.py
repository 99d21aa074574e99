"""The action's own steps release a project, against an index and an issuer on loopback."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import Runner
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.action.runner import Result
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


PUBLISHER = {"repository": "ada/demo", "workflow": "release.yml"}
COMMANDS_OF_OURS = {"group", "endgroup", "add-mask", "error", "warning", "notice"}


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex() as index:
        yield index


@pytest.fixture
def origin(repo: Repository, tmp_path: Path) -> Repository:
    """A project with one release and a change since then; its remote."""
    static_project(repo)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
    return repo.add_remote(tmp_path / "origin.git")


@pytest.fixture
def runner(repo: Repository, origin: Repository, index: EmbeddedIndex, tmp_path: Path) -> Runner:
    """A job on the project's main branch, with releasio installed already."""
    temp = tmp_path / "runner"
    temp.mkdir()
    job = index.issuer.job(**PUBLISHER, ref="refs/heads/main", sha=origin.git("rev-parse", "main"))
    return Runner(
        repo.path,
        temp,
        env={**job, "RELEASIO_PUBLISH_REGISTRY": index.upload_url},
        done={"install": {"python": Path(sys.executable).as_posix()}},
    )


def commands_in(log: str) -> set[str]:
    """The commands that the runner would take from *log*."""
    return set(re.findall(r"^\s*::([\w-]+)", log, flags=re.MULTILINE))


def said(result: Result) -> str:
    return f"exit {result.code}\n{result.log}"


class TestRelease:
    def test_publishes_and_tells_the_job(
        self, runner: Runner, index: EmbeddedIndex, origin: Repository
    ) -> None:
        index.expect("demo", **PUBLISHER)

        result = runner.run({"command": "release"})

        assert not result.code, said(result)
        assert result.outputs["version"] == "0.1.1"
        assert result.outputs["tag"] == "v0.1.1"
        assert "demo 0.1.1" in result.summary
        document = json.loads(result.outputs["json"])
        assert ("release", 0) == (document["command"], document["exit_code"])
        assert "v0.1.1" == document["packages"][0]["release"]["tag"]
        assert origin.git("rev-parse", "main") == origin.git("rev-parse", "v0.1.1^{commit}")
        assert commands_in(result.log) <= COMMANDS_OF_OURS

    def test_a_dry_run_changes_nothing_and_still_tells(
        self, runner: Runner, repo: Repository, origin: Repository
    ) -> None:
        before = repo.head, origin.git("for-each-ref")

        result = runner.run({"command": "release", "dry-run": "true"})

        assert result.outputs["version"] == "0.1.1", said(result)
        assert before == (repo.head, origin.git("for-each-ref"))
        assert not repo.git("status", "--porcelain")

    def test_a_refusal_is_an_annotation_and_fails_the_step(self, runner: Runner) -> None:
        result = runner.run({"command": "release"})

        assert result.code == 5, said(result)
        assert "::error title=releasio%3A no-credential::" in result.log
        assert "[publisher-unknown]" in result.log

    def test_commits_give_no_commands_to_the_runner(
        self, runner: Runner, repo: Repository, index: EmbeddedIndex
    ) -> None:
        """
        Anyone whose commit is merged could set outputs or environment variables otherwise.
        """
        hostile = "::set-output name=tag::v9"
        repo.commit(f"fix: {hostile}\n\n{hostile}\n::stop-commands::x\n##[set-output name=a]b\n")
        repo.commit("::set-env name=PATH::/tmp\n\n%0A::set-output name=tag::v9")
        repo.git("push", "--quiet", "origin", "main")
        index.expect("demo", **PUBLISHER)

        result = runner.run({"command": "release"})

        assert not result.code, said(result)
        assert commands_in(result.log) <= COMMANDS_OF_OURS
        assert "##[" not in result.log
        assert result.outputs["tag"] == "v0.1.1"

    def test_no_credential_is_in_the_log(self, runner: Runner, index: EmbeddedIndex) -> None:
        index.expect("demo", **PUBLISHER)

        result = runner.run({"command": "release", "github-token": "ghs_made-up-for-this"})

        masks = set(re.findall(r"^::add-mask::(.*)$", result.log, flags=re.MULTILINE))
        others = re.sub(r"^::add-mask::.*$", "", result.log, flags=re.MULTILINE)
        assert masks, said(result)
        assert not [mask for mask in masks if mask in others or mask in result.summary]
        assert "ghs_made-up-for-this" not in others
