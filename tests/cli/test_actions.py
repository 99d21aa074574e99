"""In GitHub Actions: outputs, the job's summary, annotations, and commits that mean harm."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program, Run
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

EVIL = """\
feat: ::set-output name=version::9.9.9 ##[set-env name=PATH]x \x1b[31mred\x1b[0m \x1b]0;title\x07

::set-output name=version::9.9.9
##[set-output name=version]9.9.9
::add-mask::e
::stop-commands::evil
version<<EOF
9.9.9
EOF
version=9.9.9
\x1b[2J\x1b[H\r::error::gone

BREAKING CHANGE: ::set-output name=tag::v9
 ::endgroup::
"""


@pytest.fixture
def job(tmp_path: Path) -> dict[str, str]:
    """The environment of a job, as far as output goes."""
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }


def outputs(job: dict[str, str]) -> dict[str, str]:
    """Read the outputs as the runner does."""
    with open(job["GITHUB_OUTPUT"], encoding="utf-8") as file:  # noqa: PTH123 -- as the runner
        text = file.read()
    found = re.findall(r"^(\w+)<<(\S+)\n(.*?)\n?\2\n", text, re.MULTILINE | re.DOTALL)
    return {key: value for key, _, value in found}


def commands(run: Run) -> list[str]:
    """Return the lines of a log that the runner obeys."""
    lines = re.split("[\r\n]", f"{run.out}\n{run.err}")
    return [line for line in lines if line.strip().startswith("::") or "##[" in line]


def reasons(document: dict[str, Any]) -> list[str]:
    release: dict[str, list[str]] = document["packages"][0]["release"]
    return release["reasons"]


class TestOutputs:
    def test_of_a_preview(self, releasio: Program, job: dict[str, str]) -> None:
        releasio("release", "--offline", **job)

        assert {"version": "0.1.1", "tag": "v0.1.1"}.items() <= outputs(job).items()

    def test_of_nothing_are_empty(
        self, releasio: Program, project: Repository, job: dict[str, str]
    ) -> None:
        project.git("tag", "--force", "v0.1.0")
        releasio("release", "--offline", **job)

        assert ("", "", "false") == tuple(outputs(job)[k] for k in ("version", "tag", "released"))

    def test_of_a_title(self, releasio: Program, job: dict[str, str]) -> None:
        releasio("check-pr", **job, GITHUB_PR_TITLE="feat: more")
        good = outputs(job)
        releasio("check-pr", **job, GITHUB_PR_TITLE="more")

        assert ("true", "false") == (good["valid"], outputs(job)["valid"])

    def test_without_a_file_there_are_none(self, releasio: Program) -> None:
        assert 0 == releasio("release", "--offline", GITHUB_ACTIONS="true").code


class TestSummary:
    def test_of_a_release(
        self, laptop: Program, index: EmbeddedIndex, job: dict[str, str], tmp_path: Path
    ) -> None:
        run = laptop("release", "--execute", **job)
        text = (tmp_path / "summary").read_text(encoding="utf-8")

        assert 0 == run.code, run.err
        assert text.startswith("## Released demo 0.1.1 as v0.1.1.\n")
        assert index.upload_url in text
        assert "RELEASIO_TOKEN" in text
        assert "reet politely" in text
        assert laptop.env["RELEASIO_TOKEN"] not in text

    @pytest.mark.parametrize("command", ["check", "release", "update"])
    def test_of_a_preview(
        self, releasio: Program, job: dict[str, str], tmp_path: Path, command: str
    ) -> None:
        run = releasio(command, "--offline", **job)
        text = (tmp_path / "summary").read_text(encoding="utf-8")

        assert 0 == run.code, run.err
        assert text.startswith(f"## releasio {command}: demo 0.1.0 -> 0.1.1\n")
        assert "fix: greet politely (#7): fix raises the patch number" in text
        assert "\n- greet politely (#7)\n" in text
        assert "\nprepare  [ ] write pyproject.toml and CHANGELOG.md" in text
        acting = command.replace("check", "release")
        assert text.endswith(f"Nothing was changed. To do it: `releasio {acting} --execute`\n")

    @pytest.mark.parametrize("options", [[], ["--exit-code"]])
    def test_of_nothing(
        self,
        releasio: Program,
        project: Repository,
        job: dict[str, str],
        tmp_path: Path,
        options: list[str],
    ) -> None:
        project.git("tag", "--force", "v0.1.0")
        releasio("check", "--offline", *options, **job)

        text = (tmp_path / "summary").read_text(encoding="utf-8")
        expected = "## releasio check: nothing to release\n\n```text\nno commits since 0.1.0"
        assert text.startswith(expected)

    def test_of_a_preview_that_is_blocked_says_so_once(
        self, releasio: Program, project: Repository, job: dict[str, str], tmp_path: Path
    ) -> None:
        project.git("remote", "remove", "origin")
        releasio("check", "--offline", **job)

        text = (tmp_path / "summary").read_text(encoding="utf-8")
        assert text.startswith("## releasio check failed: demo 0.1.1\n")
        assert 1 == text.count("\n## ") + 1


class TestAnnotations:
    def test_of_an_error_with_its_place(
        self, releasio: Program, project: Repository, job: dict[str, str]
    ) -> None:
        project.write(".releasio.toml", "moed = 'direct'\n")
        run = releasio("check", "--offline", **job)
        (line,) = [line for line in run.err.splitlines() if line.startswith("::error ")]

        assert "title=releasio%3A unknown-setting" in line
        assert "file=.releasio.toml,line=1::" in line

    def test_of_a_hint_keep_to_their_line(
        self, releasio: Program, project: Repository, job: dict[str, str]
    ) -> None:
        project.write("README.md", "changed\n")
        run = releasio("release", "--offline", **job)
        (line,) = [line for line in run.err.splitlines() if line.startswith("::error ")]

        assert "README.md%0ACommit or stash them" in line

    def test_a_token_is_masked_before_anything_else_can_show_it(
        self, laptop: Program, job: dict[str, str]
    ) -> None:
        token = laptop.env["RELEASIO_TOKEN"]
        run = laptop("release", "--execute", **job)
        told = [line for line in run.err.splitlines() if token in line]

        assert [f"::add-mask::{token}"] == told
        assert token not in run.out

    @pytest.mark.parametrize("streams", [("stdout",), ("stderr",), ("stdout", "stderr")])
    def test_no_file_gets_a_token_to_mask(
        self, laptop: Program, job: dict[str, str], tmp_path: Path, streams: tuple[str, ...]
    ) -> None:
        token = laptop.env["RELEASIO_TOKEN"]
        with (tmp_path / "log").open("wb") as log:
            pipes = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
            run = subprocess.run(
                laptop.command("release", "--execute"),
                cwd=laptop.path,
                env=laptop.environment(**job),
                stdin=subprocess.DEVNULL,
                check=False,
                **{**pipes, **dict.fromkeys(streams, log)},
            )
        said = (run.stdout or b"") + (run.stderr or b"")

        assert 0 == run.returncode
        assert token not in (tmp_path / "log").read_text(encoding="utf-8")
        assert (2 > len(streams)) == (f"::add-mask::{token}".encode() in said)

    def test_a_document_stays_one_wherever_errors_go(
        self, laptop: Program, job: dict[str, str], tmp_path: Path
    ) -> None:
        with (tmp_path / "errors").open("wb") as errors:
            run = subprocess.run(
                laptop.command("release", "--execute", "--json"),
                cwd=laptop.path,
                env=laptop.environment(**job),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                check=False,
            )

        assert 0 == json.loads(run.stdout)["exit_code"]

    def test_stages_are_groups(self, laptop: Program, job: dict[str, str]) -> None:
        run = laptop("release", "--execute", "--skip-publish", **job)
        groups = [c for c in commands(run) if not c.startswith("::add-mask::")]

        assert ["::group::prepare", "::endgroup::", "::group::publish", "::endgroup::"] == groups

    def test_a_failed_build_does_not_hide_its_error_in_its_group(
        self, releasio: Program, project: Repository, job: dict[str, str]
    ) -> None:
        settings = project.read("pyproject.toml")
        broken = settings.replace("\nbuild = ", '\nbuild = "exit 3" # ')
        project.commit("build: break it", **{"pyproject.toml": broken})
        run = releasio("build", "--execute", **job)

        assert 1 == run.code
        assert ["::group::build", "::endgroup::"] == [
            line for line in commands(run) if "group" in line
        ]


class TestCommitsThatMeanHarm:
    @pytest.fixture(autouse=True)
    def harm(self, project: Repository) -> None:
        project.commit(EVIL, **{"src/demo/evil.py": "EVIL = True\n"})
        project.git("push", "--quiet", "origin", "main")

    @pytest.mark.parametrize(
        "words",
        [
            ("release", "--offline"),
            ("check", "--offline", "--verbose"),
            ("update",),
            ("release", "--offline", "--json"),
            ("changelog",),
            ("status", "--offline"),
        ],
        ids=" ".join,
    )
    def test_command_nothing(
        self, releasio: Program, job: dict[str, str], words: tuple[str, ...]
    ) -> None:
        run = releasio(*words, **job)

        assert 0 == run.code, run.err
        assert [] == commands(run)
        assert "\x1b" not in run.out + run.err

    def test_are_told_in_full_by_json(self, releasio: Program, job: dict[str, str]) -> None:
        document = json.loads(releasio("release", "--offline", "--json", **job).out)

        assert any("##[set-env name=PATH]x" in r for r in reasons(document))

    def test_set_no_output(self, releasio: Program, job: dict[str, str]) -> None:
        releasio("release", "--offline", **job)
        text = outputs(job)

        assert ("0.2.0", "v0.2.0") == (text["version"], text["tag"])
        assert set(text) == {"version", "tag", "released", "json"}

    def test_command_nothing_while_they_are_released(
        self, laptop: Program, job: dict[str, str], tmp_path: Path
    ) -> None:
        run = laptop("release", "--execute", "--verbose", **job)
        ours = re.compile(r"::(group::(prepare|build|publish)|endgroup::|add-mask::pypi-\S+)")
        summary = (tmp_path / "summary").read_text(encoding="utf-8")

        assert 0 == run.code, run.err
        assert [] == [line for line in commands(run) if not ours.fullmatch(line)]
        assert "\x1b" not in run.out + run.err + summary
        assert "0.2.0" == outputs(job)["version"]

    def test_a_title_commands_nothing(self, releasio: Program, job: dict[str, str]) -> None:
        title = "feat: x\n::set-output name=valid::true\n##[error]x"
        run = releasio("check-pr", "--title", title, **job)

        assert [] == [c for c in commands(run) if not c.startswith("::error title=releasio")]
        assert {"json", "valid"} == set(outputs(job))
