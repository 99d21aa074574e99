"""What each command shows and does, by the real program."""

from __future__ import annotations

import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.fakes.wheels import wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

FILES = {"demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"}


class TestUpdate:
    def test_a_preview_changes_nothing(self, releasio: Program, project: Repository) -> None:
        run = releasio("update", "--bump", "minor")

        assert "write pyproject.toml and CHANGELOG.md" in run.out
        assert "To do it: releasio update --bump minor --execute" in run.out
        assert "" == project.git("status", "--porcelain")

    def test_nothing_to_edit_names_no_command(self, released: Program) -> None:
        run = released("update")

        assert "Nothing to release: no commits since 0.1.1" in run.out
        assert "To do it" not in run.out

    def test_of_another_package_is_refused_in_a_preview_too(self, releasio: Program) -> None:
        run = releasio("update", "--package", "other")

        assert 2 == run.code
        assert "(releasio explain not-a-package-here)" in run.err

    def test_edits_and_commits_nothing(self, releasio: Program, project: Repository) -> None:
        before = project.head
        run = releasio("update", "--execute")

        assert 0 == run.code, run.err
        assert before == project.head
        assert [" M pyproject.toml", "?? CHANGELOG.md"] == project.git(
            "status", "--porcelain"
        ).splitlines()

    def test_twice_is_once(self, releasio: Program, project: Repository) -> None:
        releasio("update", "--execute")
        before = project.git("diff"), project.read("CHANGELOG.md")
        run = releasio("update", "--execute")

        assert 4 == run.code
        assert "(releasio explain dirty-tree)" in run.err
        assert before == (project.git("diff"), project.read("CHANGELOG.md"))

    def test_the_advice_commits_what_was_edited_and_nothing_else(
        self, releasio: Program, project: Repository
    ) -> None:
        project.write("notes.txt", "mine\n")
        run = releasio("update", "--execute")
        for line in run.out.splitlines():
            if line.startswith("  git "):
                project.git(*shlex.split(line)[1:])

        changed = project.git("show", "--name-only", "--format=%s", "HEAD").splitlines()
        assert ["chore(release): prepare v0.1.1", "", "CHANGELOG.md", "pyproject.toml"] == changed
        assert "?? notes.txt" == project.git("status", "--porcelain")

    def test_of_a_project_elsewhere_goes_there_first(self, project: Repository) -> None:
        project.git("mv", "pyproject.toml", "README.md", "LICENSE", "src/demo")
        project.commit("fix: move into a folder")
        run = Program(project.path / "src")("update", "demo", "--execute")

        assert 0 == run.code, run.err
        assert "  cd demo\n  git add pyproject.toml CHANGELOG.md\n" in run.out

    def test_tells_of_hooks_that_may_have_changed_more(
        self, releasio: Program, project: Repository
    ) -> None:
        settings = project.read("pyproject.toml").replace(
            "[tool.releasio.hooks]", '[tool.releasio.hooks]\npost_bump = ["echo hello"]'
        )
        project.commit("ci: a hook", **{"pyproject.toml": settings})
        run = releasio("update", "--execute")

        assert "Your hooks may have changed more files: git status\n" in run.out

    def test_names_no_file_where_only_hooks_had_something_to_do(
        self, releasio: Program, project: Repository
    ) -> None:
        settings = project.read("pyproject.toml").replace(
            "[tool.releasio.hooks]",
            "[tool.releasio.changelog]\nenabled = false\n"
            '[tool.releasio.hooks]\npre_bump = ["echo a"]',
        )
        project.commit("ci: a hook", **{"pyproject.toml": settings})
        project.git("tag", "--delete", "v0.1.0")
        project.git("push", "--quiet", "origin", ":refs/tags/v0.1.0")
        run = releasio("update", "--execute", "--version", "0.1.0")

        assert 0 == run.code, run.err
        assert "git add" not in run.out
        assert "Your hooks may have changed more files: git status\n" in run.out

    def test_has_nothing_to_edit_where_tags_say_the_version(
        self, releasio: Program, project: Repository
    ) -> None:
        manifest = (
            '[project]\nname = "demo"\ndynamic = ["version"]\n[tool.setuptools_scm]\n'
            "[tool.releasio.changelog]\nenabled = false\n"
        )
        project.commit("Say more", **{"src/demo/more.py": '"""And more."""\n'})
        project.commit("fix: ask tags", **{"pyproject.toml": manifest})
        run = releasio("update", "--bump", "minor", "--offline")
        preview = releasio("release", "--bump", "minor", "--offline")

        assert "  left out: 1 commit: 1 not conventional (--verbose names them)\n" in preview.out
        assert (
            "Nothing to release: 0.2.0 needs no edit, since tags say the version; "
            "`releasio release` with the same options releases it\n"
        ) in run.out

    def test_a_section_that_is_missing_is_missed_in_the_changelog_there_is(
        self, laptop: Program, project: Repository
    ) -> None:
        text = project.read("pyproject.toml").replace("0.1.0", "0.1.1")
        project.commit("chore: prepare", **{"pyproject.toml": text, "CHANGES.md": "# Changes\n"})
        run = laptop("release", "--execute")

        assert 4 == run.code
        assert "error: CHANGES.md has no section for 0.1.1" in run.err

    def test_then_a_commit_then_a_release(
        self, laptop: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        laptop("update", "--execute")
        made = project.commit("chore(release): prepare v0.1.1")
        prepared = laptop("update", "--execute")
        run = laptop("release", "--execute")

        assert "0.1.1 is prepared already; `releasio release` releases it" in prepared.out
        assert 0 == run.code, run.err
        assert FILES == set(index.files("demo"))
        assert made == project.head == project.git("rev-parse", "v0.1.1^{commit}")


class TestCheck:
    def test_points_out_what_was_probably_meant_differently(
        self, releasio: Program, project: Repository
    ) -> None:
        project.commit("fix: it\n\nBREAKING CHANGES: gone", a="a")
        project.commit("chore: go\n\nRelease-As: two", b="b")
        text = releasio("check", "--offline")
        newest = {"RELEASIO_CONFIG_VERSION": "3"}
        document = json.loads(releasio("check", "--offline", "--json", **newest).out)

        assert "BREAKING stands in the body, but not as a footer `BREAKING CHANGE: ...`" in text.out
        assert "is ignored: 'two' is not a version" in text.out
        assert 2 == len(document["notes"])


class TestRelease:
    def test_without_upload(
        self, laptop: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        preview = laptop("release", "--skip-publish")
        run = laptop("release", "--execute", "--skip-publish")

        assert "To do it: releasio release --skip-publish --execute" in preview.out
        assert "upload" not in preview.out
        assert 0 == run.code, run.err
        assert "v0.1.1" in project.git("ls-remote", "--tags", "origin")
        assert [] == index.projects()

    def test_by_the_name_of_2x(self, laptop: Program, index: EmbeddedIndex) -> None:
        run = laptop("do-release", "--execute")

        assert 0 == run.code, run.err
        assert FILES == set(index.files("demo"))

    def test_tells_where_it_is(self, laptop: Program, index: EmbeddedIndex) -> None:
        run = laptop("release", "--execute")

        assert "Released demo 0.1.1 as v0.1.1." in run.out
        assert index.upload_url in run.out
        assert "credential:  RELEASIO_TOKEN" in run.out

    def test_in_mode_pull_request_only_what_is_prepared(
        self, releasio: Program, project: Repository
    ) -> None:
        text = project.read("pyproject.toml")
        text = text.replace("[tool.releasio]", '[tool.releasio]\nmode = "pull-request"')
        project.commit("ci: mode", **{"pyproject.toml": text})
        waiting = releasio("release", "--offline")
        forced = releasio("do-release", "--offline")

        assert (0, 0) == (waiting.code, forced.code)
        assert "waits for a merged release pull request" in waiting.out
        assert "demo 0.1.0 -> 0.1.1" in forced.out

    def test_in_a_folder_of_the_repository(self, repo: Repository, releasio: Program) -> None:
        run = releasio("release", "src/demo", "--offline")

        assert 2 == run.code
        assert "pyproject.toml" in run.err
        assert "(releasio explain manifest-missing)" in run.err
        assert "" == repo.git("status", "--porcelain")


class TestBuildThenPublish:
    @pytest.fixture
    def prepared(self, laptop: Program, project: Repository) -> Program:
        """The program, with 0.1.1 committed."""
        laptop("update", "--execute")
        project.commit("chore(release): prepare v0.1.1")
        return laptop

    def test_from_a_laptop(
        self, prepared: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        built = prepared("build", "--execute")
        record = json.loads(project.read("dist/releasio.json"))
        run = prepared("publish", "--execute")

        assert (0, 0) == (built.code, run.code), built.err + run.err
        assert project.head == record["commit"]
        assert {file["name"]: file["sha256"] for file in record["files"]} == index.files("demo")
        assert "v0.1.1" in project.git("ls-remote", "--tags", "origin")

    def test_twice_is_once(self, prepared: Program, index: EmbeddedIndex) -> None:
        prepared("build", "--execute")
        prepared("publish", "--execute")
        before = index.files("demo")
        run = prepared("publish", "--execute")

        assert (0, before) == (run.code, index.files("demo"))

    def test_a_preview_ends_with_the_command_that_acts(self, prepared: Program) -> None:
        prepared("build", "--execute")
        whole = prepared("publish")
        named = prepared("publish", *(f"dist/{name}" for name in sorted(FILES)))

        assert "To do it: releasio publish --execute" in whole.out
        assert (
            "To do it: releasio publish dist/demo-0.1.1-py3-none-any.whl dist/demo-0.1.1.tar.gz "
            "--execute"
        ) in named.out

    def test_of_files_that_somebody_else_built(
        self, prepared: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        prepared("build", "--execute")
        (project.path / "dist/releasio.json").unlink()
        run = prepared("publish", *(f"dist/{name}" for name in FILES), "--execute")

        assert 0 == run.code, run.err
        assert FILES == set(index.files("demo"))

    def test_of_files_that_somebody_else_built_goes_by_the_rules_that_are_set(
        self, prepared: Program, project: Repository
    ) -> None:
        head = "Metadata-Version: 2.1\nName: demo\nVersion: 0.1.1\n"
        (project.path / "dist").mkdir()
        wheel(project.path / "dist", "demo", "0.1.1", metadata=f"{head}\n.. nosuch:: x\n")
        dist = "dist/demo-0.1.1-py3-none-any.whl"
        strict = prepared("publish", dist)
        lenient = prepared("publish", dist, RELEASIO_PUBLISH_VALIDATE_BEFORE_PUBLISH="false")

        assert 1 == strict.code
        assert strict.err.startswith("error: the description in demo-0.1.1-py3-none-any.whl is not")
        assert 0 == lenient.code, lenient.err

    def test_of_files_in_two_folders(self, prepared: Program, project: Repository) -> None:
        prepared("build", "--execute")
        (project.path / "other").mkdir()
        (project.path / "dist/demo-0.1.1.tar.gz").rename(project.path / "other/demo-0.1.1.tar.gz")
        run = prepared(
            "publish", "dist/demo-0.1.1-py3-none-any.whl", "other/demo-0.1.1.tar.gz", "-x"
        )

        assert 2 == run.code
        assert "(releasio explain files-apart)" in run.err
        assert str(project.path / "other") in run.err

    def test_nothing_was_built(self, prepared: Program, index: EmbeddedIndex) -> None:
        run = prepared("publish", "--execute")

        assert (4, []) == (run.code, index.projects())
        assert "(releasio explain record-missing)" in run.err

    def test_what_was_built_counts_not_what_head_says_by_now(
        self, prepared: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        prepared("build", "--execute")
        built = project.head
        text = project.read("pyproject.toml").replace("0.1.1", "0.2.0")
        later = project.commit("chore(release): prepare v0.2.0", **{"pyproject.toml": text})
        run = prepared("publish", "--execute")

        assert 0 == run.code, run.err
        assert "Released demo 0.1.1 as v0.1.1." in run.out
        assert FILES == set(index.files("demo"))
        assert (built, later) == (project.git("rev-parse", "v0.1.1^{commit}"), project.head)

    def test_offline_nobody_is_asked(self, prepared: Program, index: EmbeddedIndex) -> None:
        prepared("build", "--execute")
        before = len(index.log)
        run = prepared("publish", "--offline")

        assert 0 == run.code, run.err
        assert before == len(index.log)


class TestStatusAndVerify:
    def test_before_any_run(self, releasio: Program) -> None:
        run = releasio("status", "--offline")

        assert 0 == run.code
        assert "last run: none in this clone" in run.out
        assert "demo 0.1.0 -> 0.1.1" in run.out

    def test_after_a_run(self, laptop: Program) -> None:
        before = datetime.now(UTC)
        laptop("release", "--execute")
        run = laptop("status")
        begun = re.match(r"last run: v0\.1\.1, begun (\S+)\n", run.out)

        assert begun is not None
        assert timedelta() <= datetime.fromisoformat(begun[1]) - before.replace(microsecond=0)
        assert "run    demo 0.1.0 -> 0.1.1" in run.out
        assert "end    verify on" in run.out
        assert "Nothing to release: no commits since 0.1.1" in run.out

    def test_each_command_that_acts_is_a_run_of_its_own(self, releasio: Program) -> None:
        releasio("build", "--execute")
        releasio("build", "--execute")
        run = releasio("status", "--offline")

        assert 1 == run.out.count("run    demo 0.1.0")
        assert "begin" not in run.out.partition("now")[0].replace("begun", "")

    def test_of_a_release_that_failed_half_way(self, laptop: Program, index: EmbeddedIndex) -> None:
        index.fail(on="upload", how="uploads-off", times=9)
        failed = laptop("release", "--execute")
        run = laptop("status")

        assert failed.code
        assert "fail   upload demo 0.1.1" in run.out
        assert "demo 0.1.1: to be finished" in run.out

    def test_verify_compares_file_by_file(self, released: Program) -> None:
        newest = released("verify")
        named = released("verify", "0.1.1")

        assert (0, newest) == (named.code, named)
        assert "[x] demo-0.1.1.tar.gz: same" in newest.out

    def test_verify_finds_what_is_gone(self, released: Program, index: EmbeddedIndex) -> None:
        index.delete_file("demo-0.1.1.tar.gz")
        run = released("verify", "--wait", "0")

        assert 4 == run.code
        assert "[!] demo-0.1.1.tar.gz: missing" in run.out
        assert "(releasio explain files-missing)" in run.err
        assert "demo-0.1.1.tar.gz" in run.err

    def test_verify_of_a_version_nobody_released(self, laptop: Program) -> None:
        run = laptop("verify", "9.9.9")

        assert 2 == run.code
        assert "9.9.9" in run.err
        assert "(releasio explain unknown-release)" in run.err


class TestConfig:
    def test_tells_where_each_setting_comes_from(
        self, releasio: Program, project: Repository
    ) -> None:
        project.write(".releasio.toml", 'mode = "pull-request"\n')
        run = releasio("config", RELEASIO_PUBLISH_REGISTRY="testpypi")
        lines = [line.split() for line in run.out.splitlines()]

        assert any(line[0] == "mode" and ".releasio.toml" in " ".join(line[2:]) for line in lines)
        assert any(
            line[0] == "publish.registry" and "RELEASIO_PUBLISH_REGISTRY" in " ".join(line[2:])
            for line in lines
        )
        assert ["allow_dirty", "false"] in lines

    def test_schema_is_one(self, releasio: Program) -> None:
        schema = json.loads(releasio("config", "schema").out)

        assert schema["$schema"].startswith("https://json-schema.org/")
        assert "publish" in schema["properties"]


class TestChangelog:
    def test_of_what_is_not_released(self, releasio: Program) -> None:
        out = releasio("changelog").out

        assert out.startswith("## Unreleased\n")
        assert "reet politely" in out

    @pytest.mark.parametrize("word", ["v0.1.1", "0.1.1"])
    def test_of_a_release(self, releasio: Program, project: Repository, word: str) -> None:
        project.tag("v0.1.1")
        out = releasio("changelog", word).out

        assert out.startswith("## [0.1.1] - 2023-11-14\n")
        assert "reet politely" in out

    def test_of_a_range(self, releasio: Program) -> None:
        out = releasio("changelog", "v0.1.0..HEAD").out

        assert out.startswith("## v0.1.0..HEAD\n")
        assert "reet politely" in out

    def test_of_all(self, releasio: Program) -> None:
        headings = [
            line for line in releasio("changelog", "--all").out.splitlines() if line[:3] == "## "
        ]

        assert ["## Unreleased", "## [0.1.0] - 2023-11-14"] == headings

    @pytest.mark.parametrize("words", [("changelog",), ("changelog", "--all"), ("config",)])
    def test_what_is_asked_for_is_alone_on_standard_output(
        self, releasio: Program, words: tuple[str, ...]
    ) -> None:
        plain = releasio(*words)
        noted = releasio(*words, RELEASIO_NO_SUCH_THING="1")

        assert plain.out == noted.out
        assert "RELEASIO_NO_SUCH_THING is not a setting" in noted.err

    def test_of_a_tag_that_is_not_there(self, releasio: Program) -> None:
        run = releasio("changelog", "v9")

        assert 2 == run.code
        assert "(releasio explain unknown-release)" in run.err
