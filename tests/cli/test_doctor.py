"""`releasio doctor` as a whole: what it says, to whom, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

MANIFEST = """\
[project]
name = "demo"
version = "1.2.0"
requires-python = ">=3.9"
"""
PINNED = "0123456789abcdef0123456789abcdef01234567"
SOUND = f"""\
name: Release
on:
  push:
    tags: ["v*"]
permissions: {{}}
concurrency: release
jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    environment: pypi
    permissions:
      id-token: write
    steps:
      - uses: actions/download-artifact@{PINNED} # v6.0.0
        with:
          name: dist
          path: dist/
      - uses: pypa/gh-action-pypi-publish@{PINNED} # v1.13.0
"""
WORKFLOW = ".github/workflows/release.yml"


@pytest.fixture
def doctor(repo: Repository) -> Program:
    """The program in a project without a fault, which does not use releasio."""
    repo.git("remote", "add", "origin", "https://github.com/acme/demo.git")
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST, WORKFLOW: SOUND})
    repo.tag("v1.2.0")
    return Program(repo.path)


def without_identity(repo: Repository) -> None:
    repo.write(WORKFLOW, SOUND.replace("      id-token: write\n", "      contents: read\n"))


class TestSound:
    def test_says_what_was_looked_at(self, doctor: Program) -> None:
        run = doctor("doctor", "--offline", "--strict")

        assert (0, "") == (run.code, run.err)
        assert (
            "Nothing to complain about.\n"
            "Looked at demo and 1 workflow (1 job publishes); no index was asked (--offline).\n"
            "What the index's form asks for: releasio doctor --publisher\n"
        ) == run.out

    def test_names_the_index_that_answered(
        self, repo: Repository, doctor: Program, index: EmbeddedIndex
    ) -> None:
        repo.write(WORKFLOW, "on: push\njobs: {}\n")

        run = doctor(
            "doctor",
            RELEASIO_PUBLISH_REGISTRY="mine",
            RELEASIO_REGISTRIES=json.dumps({"mine": {"url": index.upload_url}}),
        )

        assert 0 == run.code
        assert "Looked at demo, 1 workflow and mine.\n" in run.out

    def test_knows_the_pipeline_of_gitlab(self, repo: Repository, doctor: Program) -> None:
        repo.git("rm", "-rq", ".github")
        repo.git("remote", "set-url", "origin", "https://gitlab.com/acme/demo.git")
        repo.write(
            ".gitlab-ci.yml",
            "publish:\n"
            "  rules:\n"
            "    - if: $CI_COMMIT_TAG\n"
            "  environment: pypi\n"
            "  id_tokens:\n"
            "    PYPI_ID_TOKEN:\n"
            "      aud: pypi\n"
            "  script:\n"
            "    - twine upload dist/*\n",
        )

        run = doctor("doctor", "--offline")

        assert 0 == run.code
        assert "Looked at demo and the pipeline (1 job publishes); " in run.out

    def test_without_a_workflow_says_what_writes_one(
        self, repo: Repository, doctor: Program
    ) -> None:
        repo.git("rm", "-rq", ".github")

        run = doctor("doctor", "--offline")

        assert 0 == run.code
        assert (
            "Looked at demo and no workflow; no index was asked (--offline).\n"
            "There is no workflow that publishes; `releasio init` writes one.\n"
        ) in run.out


class TestFinding:
    def test_has_place_reason_and_edit(self, repo: Repository, doctor: Program) -> None:
        without_identity(repo)

        run = doctor("doctor", "--offline")

        assert 1 == run.code
        assert run.out.startswith(
            "error: job publish publishes to pypi without a token, but has no `id-token: write`\n"
            f"  {WORKFLOW}:12  (identity-not-allowed)\n"
            "  why: "
        )
        assert "    +      id-token: write\n" in run.out
        assert "\nTo make these edits: releasio doctor --fix\n" in run.out

    def test_is_mended_by_fix(self, repo: Repository, doctor: Program) -> None:
        without_identity(repo)

        run = doctor("doctor", "--offline", "--fix")

        assert 0 == run.code
        assert run.out.startswith(f"mended {WORKFLOW}\n    @@ ")
        assert "\n    +      id-token: write\n" in run.out
        assert "\n\nNothing to complain about.\n" in run.out
        assert "      contents: read\n      id-token: write\n" in repo.read(WORKFLOW)

    def test_that_is_a_warning_counts_where_it_is_asked(
        self, repo: Repository, doctor: Program
    ) -> None:
        repo.write("demo/__init__.py", '__version__ = "1.1.0"\n')

        usual, strict = doctor("doctor", "--offline"), doctor("doctor", "--offline", "--strict")

        assert (0, 1) == (usual.code, strict.code)
        assert usual.out == strict.out
        assert "\n1 warning\n" in usual.out

    def test_of_one_kind_are_shown_together(self, repo: Repository, doctor: Program) -> None:
        steps = "".join(f'      - run: echo "{number}"\n' for number in range(3))
        jobs = "".join(
            f"  job{number}:\n    runs-on: x\n    timeout-minutes: 1\n    steps:\n{steps}"
            "      - uses: pypa/gh-action-pypi-publish@release/v1\n"
            for number in range(5)
        )
        repo.write(WORKFLOW, SOUND.partition("jobs:")[0] + "jobs:\n" + jobs)

        short, whole = doctor("doctor", "--offline"), doctor("doctor", "--offline", "--verbose")

        assert 3 == short.out.count("publishes to pypi without a token")
        assert f"  and 2 more: {WORKFLOW}:" in short.out
        assert 5 == whole.out.count("publishes to pypi without a token")

    def test_in_json_is_whole(self, repo: Repository, doctor: Program) -> None:
        without_identity(repo)

        document = json.loads(doctor("doctor", "--offline", "--json").out)

        (finding,) = document["findings"]
        assert ("identity-not-allowed", "error", WORKFLOW, 12) == (
            finding["code"],
            finding["severity"],
            finding["path"],
            finding["line"],
        )
        assert finding["diff"].startswith(f"--- a/{WORKFLOW}\n+++ b/{WORKFLOW}\n")
        assert {
            "project": "demo",
            "folder": "",
            "workflows": [WORKFLOW],
            "publishing_jobs": [f"{WORKFLOW}: publish"],
            "indexes": [],
            "offline": True,
        } == document["looked_at"]


class TestJob:
    def test_gets_annotations_and_a_page(
        self, repo: Repository, doctor: Program, tmp_path: Path
    ) -> None:
        without_identity(repo)
        page = tmp_path / "page.md"

        run = doctor("doctor", "--offline", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(page))

        begin = (
            f"::error title=releasio%3A identity-not-allowed,file={WORKFLOW},line=12::job publish"
        )
        assert [begin] == [line[: len(begin)] for line in run.err.splitlines()]
        text = page.read_text(encoding="utf-8")
        assert text.startswith("## releasio doctor: 1 error\n\n```")
        assert "job publish publishes to pypi without a token" in text

    def test_that_may_ask_is_shown_beside_its_publisher(
        self, doctor: Program, index: EmbeddedIndex
    ) -> None:
        job = index.issuer.job(repository="acme/demo")

        run = doctor("doctor", RELEASIO_PUBLISH_REGISTRY=index.upload_url, **job)

        assert "This job can publish where its publisher is:\n" in run.out
        assert "repository = acme/demo" in run.out
        shown_lines = (run.out + run.err).splitlines()
        unmasked_lines = [line for line in shown_lines if not line.startswith("::add-mask::")]
        assert job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] not in "\n".join(unmasked_lines)


HOSTILE = "\x1b[31m\r\n::error::owned"


class TestHostileNames:
    def test_reach_no_terminal_and_no_runner(
        self, repo: Repository, doctor: Program, tmp_path: Path
    ) -> None:
        key = json.dumps(f"publish{HOSTILE}```")
        repo.write(WORKFLOW, SOUND.replace("  publish:", f"  {key}:").replace("id-token", "checks"))
        page = tmp_path / "page.md"

        run = doctor("doctor", "--offline", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(page))

        assert 1 == run.code
        text = page.read_text(encoding="utf-8")
        assert "\x1b" not in run.out + run.err + text
        lines = [line.strip() for line in (run.out + run.err).splitlines()]
        assert not any(line.startswith("::error::owned") for line in lines)
        fence = text.splitlines()[2].removesuffix("text")
        assert [fence] == [line for line in text.splitlines()[3:] if line.startswith("```")]

    def test_are_escaped_in_the_path_of_an_annotation(
        self, repo: Repository, doctor: Program
    ) -> None:
        text = SOUND.replace("id-token: write", "contents: read")
        repo.write(".github/workflows/a,line=1::b.yml", text)

        run = doctor("doctor", "--offline", GITHUB_ACTIONS="true")

        assert "file=.github/workflows/a%2Cline=1%3A%3Ab.yml,line=12::" in run.err


class TestPlace:
    def test_outside_of_a_repository_is_told(self, tmp_path: Path) -> None:
        run = Program(tmp_path)("doctor", "--offline")

        assert (2, "") == (run.code, run.out)
        assert "error: . is not inside a git repository\n" in run.err

    def test_in_a_bare_repository_is_told(self, repo: Repository, tmp_path: Path) -> None:
        repo.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))

        run = Program(tmp_path / "bare")("doctor", "--offline")

        assert 2 == run.code
        assert "is a bare repository" in run.err

    def test_before_the_first_commit_files_are_looked_at(self, repo: Repository) -> None:
        repo.write("pyproject.toml", MANIFEST)

        run = Program(repo.path)("doctor", "--offline")

        assert 0 == run.code
        assert run.out.startswith("Nothing to complain about.\nLooked at demo and no workflow;")

    def test_with_a_detached_head_is_as_good(self, repo: Repository, doctor: Program) -> None:
        repo.git("checkout", "--quiet", "--detach")

        run = doctor("doctor", "--offline")

        assert (0, "") == (run.code, run.err)
        assert run.out.startswith("Nothing to complain about.\n")

    def test_without_a_project_only_workflows_are_looked_at(
        self, repo: Repository, doctor: Program
    ) -> None:
        repo.write("docs/index.md", "# Demo\n")
        repo.commit("docs: begin")

        run = doctor("doctor", "--offline", "docs")

        assert 0 == run.code
        assert run.out.startswith("note: there is no docs/pyproject.toml; the project around it is")
        assert "Looked at 1 workflow (1 job publishes);" in run.out

    def test_in_the_folder_of_a_member_that_is_the_project(
        self, repo: Repository, doctor: Program
    ) -> None:
        manifest = MANIFEST.replace("demo", "member").replace(">=3.9", "^3.9")
        repo.commit("feat: more", **{"packages/member/pyproject.toml": manifest})

        run = doctor("doctor", "--offline", "packages/member")

        assert 1 == run.code
        assert "  packages/member/pyproject.toml:4  (metadata-invalid)\n" in run.out
