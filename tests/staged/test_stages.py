"""A release in three jobs: prepared, built and published, each with a clone of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import read_outputs
from tests.cli.program import Program
from tests.cli.test_json import VALIDATOR
from tests.fakes.repository import Repository
from tests.fakes.wheels import wheel
from tests.journeys.stage import WHO

if TYPE_CHECKING:
    from pathlib import Path

    from tests.staged.jobs import Jobs

FILES = {"demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"}
MANIFEST_FROM_TAGS = """\
[build-system]
requires = ["setuptools", "setuptools-scm"]
build-backend = "setuptools.build_meta"
[project]
name = "demo"
dynamic = ["version"]
[tool.setuptools_scm]
[tool.releasio]
config_version = 3
[tool.releasio.changelog]
enabled = false
"""
LAX = {"RELEASIO_PUBLISH_VALIDATE_BEFORE_PUBLISH": "false"}  # made-up files have no README


class TestPrepare:
    def test_hands_the_commit_on_and_leaves_all_else(self, jobs: Jobs, tmp_path: Path) -> None:
        clone, public = jobs.clone("prepare"), jobs.state()
        before = clone.git("for-each-ref"), clone.git("status", "--porcelain"), clone.head
        run = jobs.run(clone, "prepare", GITHUB_OUTPUT=str(tmp_path / "outputs"))

        outputs = read_outputs((tmp_path / "outputs").read_text(encoding="utf-8"))
        heads = clone.git("bundle", "list-heads", "dist/releasio.bundle")
        assert 0 == run.code, run.err
        assert before == (clone.git("for-each-ref"), clone.git("status", "--porcelain"), clone.head)
        assert public == jobs.state()
        assert heads == f"{outputs['commit']} refs/releasio/v0.1.1/commit"
        assert ("0.1.1", "v0.1.1", "false") == (
            outputs["version"],
            outputs["tag"],
            outputs["released"],
        )
        assert outputs["commit"] == json.loads(outputs["json"])["packages"][0]["release"]["commit"]
        assert "Prepared demo 0.1.1 as v0.1.1; nothing is public." in run.out

    def test_lets_git_alone_check_it_out_in_another_clone(self, jobs: Jobs) -> None:
        """So that a builder of wheels, which is no tool of ours, builds the release commit."""
        clone = jobs.clone("wheels", jobs.prepared)
        ref = "refs/releasio/v0.1.1/commit:refs/tags/v0.1.1"
        clone.git("fetch", "--quiet", "dist/releasio.bundle", ref)
        clone.git("checkout", "--quiet", "v0.1.1")

        wheel(clone.path, version="0.1.1")
        run = jobs.run(clone, "build", "--dist", ".", "--commit", jobs.commit, **LAX)

        assert 'version = "0.1.1"' in clone.read("pyproject.toml")
        assert 0 == run.code, run.err
        assert "demo-0.1.1-py3-none-any.whl" in run.out

    def test_hands_nothing_on_where_there_is_nothing_to_release(
        self, jobs: Jobs, tmp_path: Path
    ) -> None:
        clone = jobs.clone("prepare", jobs.prepared)
        clone.git("reset", "--quiet", "--hard", "v0.1.0")
        clone.git("push", "--quiet", "--force", "origin", "main")
        env = {"GITHUB_OUTPUT": str(tmp_path / "outputs"), "RELEASIO_PUBLISH_ENABLED": "false"}
        run = jobs.run(clone, "prepare", "--exit-code", **env)

        outputs = read_outputs((tmp_path / "outputs").read_text(encoding="utf-8"))
        assert (3, "", "") == (run.code, outputs["tag"], outputs["commit"]), run.err
        assert not (clone.path / "dist/releasio.bundle").exists()

    def test_a_preview_changes_nothing(self, jobs: Jobs) -> None:
        clone = jobs.clone("prepare")
        program = Program(clone.path, {**jobs.env})
        run = program("release", "--stage", "prepare")

        assert 0 == run.code, run.err
        assert "hand the release commit on in dist/releasio.bundle" in run.out
        assert "releasio release --stage prepare --execute" in run.out
        assert not (clone.path / "dist").exists()


class TestThreeJobs:
    def test_release_what_was_prepared_and_built(self, jobs: Jobs) -> None:
        run = jobs.publish()

        main, tag = (jobs.remote.git("rev-parse", name) for name in ("main", "v0.1.1^{commit}"))
        assert 0 == run.code, run.err
        assert FILES == set(jobs.index.files("demo"))
        assert main == tag == jobs.commit
        assert jobs.started == jobs.remote.git("rev-parse", "main^")
        assert "Released demo 0.1.1 as v0.1.1." in run.out
        clone = Repository(jobs.folder / "publish-0")
        assert (jobs.commit, "") == (clone.head, clone.git("for-each-ref", "refs/releasio/"))

    def test_end_where_one_job_ends(self, jobs: Jobs) -> None:
        """Same commit, tag, files: only the way is another."""
        jobs.env["SOURCE_DATE_EPOCH"] = "1700001000"
        built = jobs.build(jobs.prepare())
        jobs.publish(built)
        parts = jobs.remote.git("for-each-ref"), jobs.index.files("demo")
        jobs.remote.git("update-ref", "-d", "refs/tags/v0.1.1")
        jobs.remote.git("update-ref", "refs/heads/main", jobs.started)
        clone = jobs.clone("whole")
        run = Program(clone.path, {**WHO, **jobs.env})("release", "--execute", "--skip-publish")

        assert 0 == run.code, run.err
        assert jobs.remote.git("rev-parse", "main") in parts[0]

    def test_run_again_when_all_is_done_do_nothing(self, jobs: Jobs) -> None:
        jobs.publish()
        before = jobs.state()
        again = jobs.publish()

        assert (0, before) == (again.code, jobs.state()), again.err
        assert "v0.1.1 is public, and everything that it names is where it goes" in again.out

    def test_finish_an_upload_that_broke_off(self, jobs: Jobs) -> None:
        jobs.index.fail(on="upload", how="400-before", after=1)
        first = jobs.publish()
        second = jobs.publish()

        assert (1, 0) == (first.code, second.code), second.err
        assert FILES == set(jobs.index.files("demo"))
        assert "the same command finishes it" in first.err

    def test_all_run_again_finish_an_upload_that_broke_off(self, jobs: Jobs) -> None:
        jobs.index.fail(on="upload", how="400-before", after=1)
        jobs.publish()
        built = jobs.build(jobs.prepare())
        run = jobs.publish(built)

        assert (0, FILES) == (run.code, set(jobs.index.files("demo"))), run.err

    def test_files_that_were_built_anew_do_not_finish_another_tag(self, jobs: Jobs) -> None:
        jobs.index.fail(on="upload", how="400-before")
        jobs.publish()
        clone = jobs.clone("anew", jobs.prepared)
        (clone.path / "wheelhouse").mkdir()
        wheel(clone.path / "wheelhouse", version="0.1.1")
        jobs.run(clone, "build", "--dist", "wheelhouse", **LAX)
        run = jobs.publish(clone.path / "dist", **LAX)

        assert 4 == run.code
        assert "[built-anew]" in run.err or "explain built-anew" in run.err
        assert "v0.1.1 is public, and names other files than these" in run.err
        assert "Re-run failed jobs, not all jobs." in run.err

    def test_a_version_that_somebody_prepared_needs_only_its_tag(self, jobs: Jobs) -> None:
        text = jobs.repo.read("pyproject.toml").replace('version = "0.1.0"', 'version = "0.2.0"')
        log = "# Changelog\n\n## [0.2.0] - 2026-01-01\n\n- More\n"
        files = {"pyproject.toml": text, "CHANGELOG.md": log}
        jobs.started = jobs.repo.commit("chore(release): prepare v0.2.0", **files)
        jobs.repo.git("push", "--quiet", "origin", "main")
        built = jobs.build(jobs.prepare())
        jobs.commit_on_main("fix: more", **{"src/demo/other.py": ""})
        tip = jobs.remote.git("rev-parse", "main")
        run = jobs.publish(built)

        assert 0 == run.code, run.err
        assert jobs.started == jobs.remote.git("rev-parse", "v0.2.0^{commit}")
        assert tip == jobs.remote.git("rev-parse", "main")

    def test_a_version_that_no_file_says_needs_only_its_tag(self, jobs: Jobs) -> None:
        jobs.started = jobs.repo.commit("chore: tags", **{"pyproject.toml": MANIFEST_FROM_TAGS})
        jobs.repo.git("push", "--quiet", "origin", "main")
        clone = jobs.clone("build", jobs.prepare())
        (clone.path / "wheelhouse").mkdir()
        wheel(clone.path / "wheelhouse", version="0.2.0")
        build = jobs.run(clone, "build", "--dist", "wheelhouse", **LAX)
        run = jobs.publish(clone.path / "dist", **LAX)

        assert (0, 0) == (build.code, run.code), build.err + run.err
        assert {"demo-0.2.0-py3-none-any.whl"} == set(jobs.index.files("demo"))
        assert jobs.started == jobs.remote.git("rev-parse", "v0.2.0^{commit}")
        assert jobs.started == jobs.remote.git("rev-parse", "main")

    def test_a_tag_that_somebody_pushed_is_published(self, jobs: Jobs) -> None:
        jobs.started = jobs.repo.git("rev-parse", "v0.1.0^{commit}")
        jobs.remote.git("update-ref", "refs/heads/main", jobs.started)
        before = jobs.remote.git("for-each-ref")
        built = jobs.build(jobs.prepare())
        run = jobs.publish(built)
        again = jobs.publish(built)

        assert (0, 0) == (run.code, again.code), run.err + again.err
        assert 2 == len(jobs.index.files("demo"))
        assert before == jobs.remote.git("for-each-ref")
        assert "v0.1.0 is public, and everything that it names is where it goes" in again.out

    def test_the_next_development_version_goes_along(self, jobs: Jobs) -> None:
        settings = jobs.repo.read("pyproject.toml") + "\n[tool.releasio.version]\n"
        settings += 'after_release = "dev"\n'
        jobs.started = jobs.repo.commit("chore: settings", **{"pyproject.toml": settings})
        jobs.repo.git("push", "--quiet", "origin", "main")
        run = jobs.publish(jobs.build(jobs.prepare()))

        assert 0 == run.code, run.err
        parent = jobs.remote.git("rev-parse", "main^")
        assert jobs.remote.git("rev-parse", "v0.1.1^{commit}") == parent
        assert "0.2.0.dev0" in jobs.remote.git("show", "main:pyproject.toml")


class TestTwoRuns:
    def test_of_which_one_was_faster_make_one_release(self, jobs: Jobs) -> None:
        jobs.env["SOURCE_DATE_EPOCH"] = "1700200000"
        late = jobs.build(jobs.prepare())
        jobs.publish()
        before = jobs.state()
        run = jobs.publish(late)

        assert (4, before) == (run.code, jobs.state())
        assert f"v0.1.1 is public and names {jobs.commit[:8]}, but" in run.err
        assert "Nothing was pushed or uploaded from here. Run the whole workflow again" in run.err


class TestDocument:
    @pytest.mark.parametrize("stage", ["prepare", "build", "publish"])
    def test_fits_the_schema(self, jobs: Jobs, stage: str) -> None:
        run = jobs.run(jobs.clone(stage, jobs.prepared, jobs.built), stage, "--json")
        document = json.loads(run.out)

        VALIDATOR.validate(document)
        assert (0, [stage]) == (run.code, [part["stage"] for part in document["stages"]]), run.err
        assert jobs.commit == document["packages"][0]["release"]["commit"]


class TestHooks:
    def test_run_beside_no_secret(self, jobs: Jobs) -> None:
        settings = jobs.repo.read("pyproject.toml")
        settings += 'pre_release = ["echo ran-before"]\npost_release = ["echo ran-after"]\n'
        jobs.started = jobs.repo.commit("chore: hooks", **{"pyproject.toml": settings})
        jobs.repo.git("push", "--quiet", "origin", "main")
        clone = jobs.clone("prepare")
        prepare = jobs.run(clone, "prepare")
        publish = jobs.publish(jobs.build(clone.path / "dist"))

        assert (0, 0) == (prepare.code, publish.code), publish.err
        assert "ran-before" in prepare.out
        assert "ran-before" not in publish.out
        assert "ran-after" not in publish.out
        assert "hooks.post_release is not run beside the secrets" in publish.out


class TestUsage:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--stage", "build", "--version", "2.0"), "--version: only for --stage prepare"),
            (("--stage", "build", "--exit-code"), "--exit-code: only for --stage prepare"),
            (("--stage", "prepare", "--commit", "abc"), "they go with --stage build or publish"),
            (("--stage", "prepare", "--tag", "v1"), "they go with --stage build or publish"),
            (("--stage", "publish", "--dist", "."), "it goes with --stage build."),
            (("--commit", "abc"), "say which with --stage."),
            (("--tag", "v1"), "say which with --stage."),
            (("--stage", "build", "--offline"), "which --offline forbids."),
            (("--stage", "prepare", "--edit", "--execute"), "in one run, without --stage."),
        ],
    )
    def test_what_belongs_to_another_stage_is_refused(
        self, jobs: Jobs, words: tuple[str, ...], said: str
    ) -> None:
        run = Program(jobs.repo.path, jobs.env)("release", *words)

        assert 2 == run.code
        assert said in " ".join(run.err.split())
