"""Where a run that fails leaves the release: the last words on the screen and of the summary."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.cli.context import App
from releasio.cli.doorway import doorway
from tests.cli.program import Program
from tests.fakes.repository import Repository
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex

pytestmark = pytest.mark.journey


AS_BEFORE = "This run made nothing public: branch, tags, index and work tree are as they were.\n"
PUBLIC = (
    "v0.1.1 is public, but not finished. As soon as nothing is in the way any more, the same "
    "command finishes it: what is done is found done.\n"
)
KILL = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"
UNKNOWN = "Whether v0.1.1 became public is not known; `releasio status` tells.\n"


class TestOnTheScreen:
    def test_before_the_push_nothing_has_happened(
        self, laptop: Program, project: Repository
    ) -> None:
        hook(project.path / ".git", "commit-msg", "raise SystemExit('No!')")
        run = laptop("release", "--execute")

        assert 1 == run.code
        assert run.err.endswith(AS_BEFORE)

    def test_after_it_the_same_command_finishes(
        self, laptop: Program, index: EmbeddedIndex
    ) -> None:
        index.fail(on="upload", how="read-only")
        failed = laptop("release", "--execute")
        again = laptop("release", "--execute")

        assert failed.err.endswith(PUBLIC)
        assert (0, 2) == (again.code, len(index.files("demo")))

    def test_which_files_are_there_is_said(self, laptop: Program, index: EmbeddedIndex) -> None:
        index.fail(on="upload", how="400-before", after=1)
        failed = laptop("release", "--execute")
        again = laptop("release", "--execute")

        wheel, sdist = "demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"
        assert failed.err.endswith(f" has 1 of 2 files ({wheel}); {sdist} is left. {PUBLIC}")
        assert (0, {wheel, sdist}) == (again.code, set(index.files("demo")))

    def test_after_everything_only_the_hook_is_left(
        self, laptop: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        text = project.read("pyproject.toml").replace(
            "[tool.releasio.hooks]", '[tool.releasio.hooks]\npost_release = ["exit 3"]'
        )
        project.commit("ci: hook", **{"pyproject.toml": text})
        failed = laptop("release", "--execute")
        again = laptop("release", "--execute")

        assert (1, 2) == (failed.code, len(index.files("demo")))
        assert "error: hook post_release exited with status 3: exit 3" in failed.err
        assert "  The release itself is complete. Run this hook by hand, for no later" in failed.err
        assert failed.err.endswith(
            "v0.1.1 is released. Only what follows it is left (workflows to start, post_release "
            "hooks), which no later run does.\n"
        )
        assert 0 == again.code
        assert "Nothing to release" in again.out

    @pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
    def test_of_a_push_without_an_answer_it_does_not_say_what_it_cannot_know(
        self, laptop: Program, tmp_path: Path
    ) -> None:
        gone = tmp_path / "gone.git"
        vanish = f"import os\nos.rename({str(tmp_path / 'origin.git')!r}, {str(gone)!r})"
        # in this order: it is gone before anybody can ask
        hook(tmp_path / "origin.git", "post-receive", f"{vanish}\n{KILL}")
        run = laptop("release", "--execute")

        assert 6 == run.code
        assert run.err.endswith(UNKNOWN)

    @pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
    def test_a_push_whose_answer_was_lost_is_found_done(
        self, laptop: Program, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        hook(tmp_path / "origin.git", "post-receive", KILL)
        run = laptop("release", "--execute")

        assert (0, 2) == (run.code, len(index.files("demo"))), run.err

    def test_what_never_began_needs_no_words(self, laptop: Program, project: Repository) -> None:
        project.write(".releasio.toml", "moed = 1\n")
        run = laptop("release", "--execute")

        assert 2 == run.code
        assert "public" not in run.err


class TestInAJob:
    def test_summary_says_what_failed_and_what_was_done(
        self, laptop: Program, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        summary = tmp_path / "summary"
        index.fail(on="upload", how="read-only")
        laptop("release", "--execute", GITHUB_STEP_SUMMARY=str(summary))
        text = summary.read_text(encoding="utf-8")

        assert text.startswith("## releasio release failed: demo 0.1.1\n\n")
        assert "Uploads are temporarily disabled.\n  The index takes no uploads for now." in text
        assert "releasio explain upload-refused" in text
        assert "  [x] obtain a credential" in text
        assert "  [x] push main and tag v0.1.1 to origin, both or neither\n" in text
        assert "  [!] upload demo 0.1.1 to " in text
        assert "  [ ] verify on " in text
        assert text.endswith(f"{PUBLIC}\n")

    def test_summary_says_what_is_left_of_stages_that_never_began(
        self, laptop: Program, project: Repository, tmp_path: Path
    ) -> None:
        summary = tmp_path / "summary"
        hook(project.path / ".git", "commit-msg", "raise SystemExit('No!')")
        laptop("release", "--execute", GITHUB_STEP_SUMMARY=str(summary))
        text = summary.read_text(encoding="utf-8")

        assert '  [!] commit as "chore(release): prepare v0.1.1"\n\nbuild\n  [ ] build' in text
        assert "\n\npublish\n  [ ] compare with what the last release has" in text

    def test_summary_of_a_preview_that_is_in_the_way(
        self, releasio: Program, project: Repository, tmp_path: Path
    ) -> None:
        summary = tmp_path / "summary"
        project.write("README.md", "changed\n")
        releasio("check", "--offline", GITHUB_STEP_SUMMARY=str(summary))
        text = summary.read_text(encoding="utf-8")

        assert text.startswith("## releasio check failed: demo 0.1.1\n\n")
        assert "1 tracked file changed and not committed: README.md" in text
        assert "public" not in text

    def test_outputs_name_the_version_and_that_it_was_not_released(
        self, laptop: Program, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        outputs = tmp_path / "outputs"
        index.fail(on="upload", how="read-only")
        laptop("release", "--execute", GITHUB_OUTPUT=str(outputs))
        lines = outputs.read_text(encoding="utf-8").splitlines()

        assert ["0.1.1", "v0.1.1", "false"] == lines[1:9:3]

    def test_json_has_the_same(self, laptop: Program, index: EmbeddedIndex) -> None:
        index.fail(on="upload", how="read-only")
        document = json.loads(laptop("release", "--execute", "--json").out)

        host = index.url.removeprefix("http://")
        assert f"{host} has none of the 2 files. {PUBLIC.strip()}" == document["standing"]
        assert [
            {
                "registry": host,
                "stored": [],
                "left": ["demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"],
            }
        ] == document["uploads"]

    def test_outputs_say_that_nothing_was_released_when_nothing_else_is_known(
        self, laptop: Program, project: Repository, tmp_path: Path
    ) -> None:
        outputs = tmp_path / "outputs"
        project.write(".releasio.toml", "moed = 1\n")
        laptop("release", "--execute", GITHUB_OUTPUT=str(outputs))
        lines = outputs.read_text(encoding="utf-8").splitlines()

        names = [line.partition("<<")[0] for line in lines if "<<end-" in line]
        assert (["released", "json"], "false") == (names, lines[1])

    def test_a_release_that_somebody_else_made_is_no_failure(
        self, laptop: Program, project: Repository, tmp_path: Path
    ) -> None:
        summary = tmp_path / "summary"
        slow = Program(project.clone(tmp_path / "slow").path, laptop.env)
        slow_repository = Repository(slow.path)
        slow_repository.git("remote", "set-url", "origin", str(tmp_path / "origin.git"))
        laptop("release", "--execute")
        run = slow("release", "--execute", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))

        assert 0 == run.code, run.err
        assert "::notice title=releasio%3A released-elsewhere::" in run.err
        assert summary.read_text(encoding="utf-8").startswith(
            "## releasio release had nothing to do\n\n"
        )

    @pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
    def test_summary_of_a_cancelled_job(
        self, laptop: Program, project: Repository, tmp_path: Path
    ) -> None:
        summary = tmp_path / "summary"
        cancel = 'hooks.build = "kill -TERM $PPID; sleep 20"\n'
        project.commit("ci: configure", **{".releasio.toml": cancel})
        run = laptop("release", "--execute", GITHUB_STEP_SUMMARY=str(summary))
        text = summary.read_text(encoding="utf-8")

        assert 143 == run.code, run.err
        assert text.startswith("## releasio release failed: demo 0.1.1\n\n```text\nInterrupted.")
        assert text.endswith(f"{AS_BEFORE}\n")

    def test_summary_of_a_run_that_broke_down(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        summary, outputs = tmp_path / "summary", tmp_path / "outputs"
        env = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
        with pytest.raises(SystemExit) as ended, doorway(App("release", tmp_path, env=env)):
            raise ZeroDivisionError

        shown = capsys.readouterr().err
        assert 1 == ended.value.code
        assert shown.startswith("Traceback (most recent call last):\n")
        assert shown.endswith("\nZeroDivisionError\n")
        assert (
            "## releasio release failed\n\n```text\n"
            "releasio broke down; the job's log has the traceback.\n```\n"
            == summary.read_text(encoding="utf-8")
        )
        assert "\nfalse\n" in outputs.read_text(encoding="utf-8")
