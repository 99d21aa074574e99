"""Which version of which commit a run releases, in states that people leave repositories in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import make_stage
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.templates import Templates
    from tests.journeys.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, index: EmbeddedIndex, templates: Templates) -> Stage:
    return make_stage(tmp_path, index, templates)


def set_version(stage: Stage, version: str, before: str = "0.1.0") -> str:
    """Commit another version by hand, and return the commit."""
    text = stage.repo.read("pyproject.toml").replace(f'"{before}"', f'"{version}"')
    return stage.repo.commit(f"chore: {version}", **{"pyproject.toml": text})


def files(version: str) -> set[str]:
    return {f"demo-{version}.tar.gz", f"demo-{version}-py3-none-any.whl"}


class TestPrepared:
    @pytest.fixture
    def prepared(self, stage: Stage) -> str:
        """Prepare 0.2.0 with `update`, put a breaking change on top, and return the commit."""
        assert 0 == stage.run("update", "--version", "0.2.0", "--execute").code
        stage.repo.git("add", "--all")
        stage.repo.git("commit", "--quiet", "--message", "chore(release): prepare v0.2.0")
        made = stage.repo.head
        stage.repo.commit("feat!: remove everything", **{"src/demo/gone.py": "GONE = True\n"})
        stage.repo.git("push", "--quiet", "origin", "main")
        return made

    def test_the_commit_that_prepared_it_is_released(self, stage: Stage, prepared: str) -> None:
        top = stage.repo.head
        preview = stage.run("check")
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert f"{prepared[:8]} prepared it; 1 commit on top belongs to the next release" in (
            preview.out
        )
        assert prepared == stage.remote.git("rev-parse", "v0.2.0^{commit}")
        assert (top, top) == (stage.remote.git("rev-parse", "main"), stage.repo.head)
        assert files("0.2.0") == set(stage.index.files("demo"))

    def test_what_came_later_is_the_next_release(self, stage: Stage, prepared: str) -> None:
        stage.run("release", "--execute")
        preview = stage.run("check", "--json")

        release = json.loads(preview.out)["packages"][0]["release"]
        assert prepared != stage.repo.head
        assert "new" == release["kind"]
        assert "remove everything" in release["notes"]

    def test_notes_are_of_that_commit(self, stage: Stage, prepared: str) -> None:
        release = json.loads(stage.run("check", "--json").out)["packages"][0]["release"]

        assert ("prepared", prepared) == (release["kind"], release["commit"])
        assert "something new" in release["notes"]

    def test_an_edit_that_was_merged_along_belongs_to_it(self, stage: Stage) -> None:
        """
        The newest commit of the branch's own line that changed version or section counts.
        """
        git = stage.repo.git
        git("switch", "--quiet", "--create", "release")
        stage.run("update", "--version", "0.2.0", "--execute")
        git("add", "--all")
        git("commit", "--quiet", "--message", "chore(release): prepare v0.2.0")
        text = stage.repo.read("CHANGELOG.md").replace("something new", "something newer")
        stage.repo.commit("docs: better words", **{"CHANGELOG.md": text})
        git("switch", "--quiet", "main")
        git("merge", "--quiet", "--no-ff", "--message", "Merge the release", "release")
        merge = stage.repo.head
        stage.repo.commit("fix: later", **{"src/demo/later.py": "LATER = True\n"})

        release = json.loads(stage.run("check", "--offline", "--json").out)["packages"][0]
        assert merge == release["release"]["commit"]

    def test_a_version_raised_before_its_work_is_refused(self, stage: Stage) -> None:
        stage.repo.git("tag", "--force", "v0.1.0")
        set_version(stage, "0.2.0")
        stage.repo.commit("feat: the work", **{"src/demo/work.py": "WORK = True\n"})
        run = stage.run("check", "--offline")

        assert 4 == run.code
        assert "(releasio explain prepared-too-early)" in run.err

    def test_and_a_tag_says_that_it_is_meant(self, stage: Stage) -> None:
        """As the error advises."""
        stage.repo.git("tag", "--force", "v0.1.0")
        stage.repo.git("push", "--quiet", "--force", "origin", "v0.1.0")
        early = set_version(stage, "0.2.0")
        stage.repo.commit("feat: the work", **{"src/demo/work.py": "WORK = True\n"})
        stage.repo.git("push", "--quiet", "origin", "main")
        stage.repo.git("tag", "v0.2.0", early)
        run = stage.run("release", "--version", "0.2.0", "--execute")

        assert 0 == run.code, run.err
        assert early == stage.remote.git("rev-parse", "v0.2.0^{commit}")
        assert files("0.2.0") == set(stage.index.files("demo"))

    def test_a_release_tag_that_was_moved_is_named(self, stage: Stage) -> None:
        stage.run("release", "--execute")
        before = stage.repo.git("rev-parse", "HEAD~1")
        tag = stage.repo.git("describe", "--tags")
        stage.repo.git("push", "--quiet", "--force", "origin", f"{before}:refs/tags/{tag}")
        run = stage.run("check")

        assert f"{tag} is at {stage.repo.head[:8]} here, and at {before[:8]} on origin" in run.out


class TestTagOfHead:
    def test_that_disagrees_with_the_version_is_no_green_nothing(self, stage: Stage) -> None:
        stage.repo.tag("v0.3.0")
        stage.repo.git("push", "--quiet", "origin", "v0.3.0")
        job = stage.elsewhere("job")
        job.repo.git("checkout", "--quiet", "v0.3.0")
        run = job.run("release", "--execute", GITHUB_REF="refs/tags/v0.3.0")

        assert 4 == run.code
        assert "HEAD has the tag v0.3.0, but pyproject.toml says 0.1.0 there" in run.err
        assert {} == stage.index.files("demo")

    def test_a_development_tag_is_released_as_it_says(self, stage: Stage) -> None:
        """The version is written into the build alone: no commit, no branch moves."""
        tag, version = "v0.2.0-dev-20250820123456", "0.2.0.dev20250820123456"
        stage.repo.tag(tag)
        stage.repo.git("push", "--quiet", "origin", "main", tag)
        job = stage.elsewhere("job")
        job.repo.git("checkout", "--quiet", tag)
        before = job.remote.git("for-each-ref")
        preview = job.run("release", GITHUB_REF=f"refs/tags/{tag}")
        run = job.run("release", "--execute", GITHUB_REF=f"refs/tags/{tag}")
        again = job.run("release", "--execute", GITHUB_REF=f"refs/tags/{tag}")

        assert 0 == run.code, run.err
        assert f"with {version} written into it" in job.run("release", "--verbose").out or (
            f"demo {version}: to be finished" in preview.out
        )
        assert files(version) == set(stage.index.files("demo"))
        assert before == job.remote.git("for-each-ref")
        assert "" == job.repo.git("status", "--porcelain")
        assert (0, True) == (again.code, "Nothing to release" in again.out)

    def test_a_checkout_that_has_the_commit_and_not_the_tag_object(self, stage: Stage) -> None:
        """
        actions/checkout makes a lightweight tag of an annotated one.
        """
        stage.run("release", "--version", "0.2.0", "--execute")
        job = stage.elsewhere("job", "--no-tags")
        tag = "refs/tags/v0.2.0"
        job.repo.git("update-ref", tag, job.repo.head)
        job.repo.git("checkout", "--quiet", "v0.2.0")
        job.index.delete_file("demo-0.2.0.tar.gz")
        run = job.run("status", GITHUB_REF=tag)

        assert "demo 0.2.0: to be finished" in run.out


class TestTagByHand:
    """A tag that a person or another tool made, while a branch is checked out."""

    @pytest.fixture
    def tagged(self, stage: Stage) -> Stage:
        set_version(stage, "0.2.0")
        stage.repo.tag("v0.2.0")
        stage.repo.git("push", "--quiet", "origin", "main", "v0.2.0")
        return stage

    @pytest.mark.parametrize("command", ["status", "check", "release"])
    def test_is_to_be_finished_where_the_index_has_nothing(
        self, tagged: Stage, command: str
    ) -> None:
        assert "demo 0.2.0: to be finished" in tagged.run(command).out

    def test_is_finished_by_a_release(self, tagged: Stage) -> None:
        run = tagged.run("release", "--execute")
        again = tagged.run("release", "--execute")

        assert 0 == run.code, run.err
        assert files("0.2.0") == set(tagged.index.files("demo"))
        assert "Nothing to release: no commits since 0.2.0" in again.out

    def test_that_work_was_put_on_top_of_is_named_with_its_command(self, stage: Stage) -> None:
        stage.run("release", "--version", "0.1.5", "--execute")
        set_version(stage, "0.2.0", before="0.1.5")
        stage.repo.tag("v0.2.0")
        stage.repo.commit("fix: later", **{"src/demo/later.py": "LATER = True\n"})
        stage.repo.git("push", "--quiet", "origin", "main", "v0.2.0")
        preview = stage.run("check")
        run = stage.run("release", "--version", "0.2.0", "--execute")

        assert "v0.2.0 is public, but 127.0.0.1" in preview.out
        assert "lacks files of 0.2.0: `releasio release --version 0.2.0` finishes it" in preview.out
        assert "demo 0.2.0 -> 0.2.1" in preview.out
        assert 0 == run.code, run.err
        assert files("0.1.5") | files("0.2.0") == set(stage.index.files("demo"))

    def test_a_release_without_uploads_is_finished_by_one_with(self, stage: Stage) -> None:
        stage.run("release", "--version", "0.2.0", "--skip-publish", "--execute")
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert files("0.2.0") == set(stage.index.files("demo"))

    def test_a_release_without_uploads_asks_no_index(self, stage: Stage) -> None:
        nobody = "http://127.0.0.1:9/legacy/"
        run = stage.run("release", "--skip-publish", "--execute", RELEASIO_PUBLISH_REGISTRY=nobody)

        assert 0 == run.code, run.err
        assert "127.0.0.1:9" not in run.out + run.err

    def test_one_that_was_never_pushed_is_pushed_and_published(self, stage: Stage) -> None:
        set_version(stage, "0.2.0")
        stage.repo.tag("v0.2.0")
        preview = stage.run("check")
        run = stage.run("release", "--execute")

        assert "v0.2.0 is in this clone only, and not released" in preview.out
        assert 0 == run.code, run.err
        assert stage.repo.head == stage.remote.git("rev-parse", "v0.2.0^{commit}")
        assert files("0.2.0") == set(stage.index.files("demo"))

    @pytest.mark.parametrize("later", [False, True], ids=["at HEAD", "and work on top"])
    def test_one_that_nobody_knows_is_named(
        self,
        stage: Stage,
        later: bool,  # noqa: FBT001
    ) -> None:
        stage.repo.tag("v0.1.1")
        if later:
            stage.repo.commit("fix: later", **{"src/demo/later.py": "LATER = True\n"})
        run = stage.run("check")

        assert 4 == run.code
        assert "the tag v0.1.1 is in this clone only: origin lacks it" in run.err
        assert "git tag -d v0.1.1" in run.err

    def test_one_that_the_remote_alone_lacks_is_a_note(self, stage: Stage) -> None:
        """As in a fork, which has the tags of what it was made of, or not."""
        stage.run("release", "--version", "0.2.0", "--execute")
        stage.repo.git("push", "--quiet", "--delete", "origin", "v0.2.0")
        stage.repo.commit("fix: later", **{"src/demo/later.py": "LATER = True\n"})
        run = stage.run("check")

        assert 0 == run.code, run.err
        assert "origin lacks the tag v0.2.0, though the index has 0.2.0" in run.out + run.err
        assert "demo 0.2.0 -> 0.2.1" in run.out


class TestInterrupted:
    """A release that was begun here, and what its parts say of it."""

    @pytest.mark.parametrize("command", ["build", "publish"])
    def test_a_part_of_it_names_the_command_that_finishes(self, stage: Stage, command: str) -> None:
        stage.index.fail(on="upload", how="400-before", after=1)
        assert 1 == stage.run("release", "--execute").code
        run = stage.run(command)

        assert "was begun here and not finished: `releasio release --execute` finishes it" in (
            run.out + run.err
        )

    def test_after_its_end_nothing_is_said(self, stage: Stage) -> None:
        stage.run("release", "--execute")
        run = stage.run("build")

        assert "begun here" not in run.out + run.err


class TestHookThatCommits:
    def test_the_branch_follows_the_release_all_the_same(self, stage: Stage) -> None:
        hook(
            stage.repo.path / ".git",
            "post-commit",
            "import pathlib, subprocess\n"
            "if not pathlib.Path('more.txt').exists():\n"
            "    pathlib.Path('more.txt').write_text('more')\n"
            "    subprocess.run(['git', 'add', 'more.txt'], check=True)\n"
            "    subprocess.run(['git', 'commit', '-qm', 'chore: more'], check=True)\n",
        )
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert stage.repo.head == stage.remote.git("rev-parse", "main")
        assert "" == stage.repo.git("status", "--porcelain")


class TestJob:
    def test_of_a_tag_that_is_no_version(self, stage: Stage) -> None:
        stage.repo.tag("v0.2.1-test")
        stage.repo.git("push", "--quiet", "origin", "v0.2.1-test")
        job = stage.elsewhere("job")
        job.repo.git("checkout", "--quiet", "v0.2.1-test")
        run = job.run("release", "--execute", GITHUB_REF="refs/tags/v0.2.1-test")

        assert 4 == run.code
        assert "this job was started by tag v0.2.1-test, which is no version" in run.err
        assert "detached-head" not in run.err

    def test_of_a_pull_request_shows_and_releases_nothing(self, stage: Stage) -> None:
        env = {"GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_REF": "refs/heads/main"}
        before = stage.state()
        preview = stage.run("check", **env)
        run = stage.run("release", "--execute", **env)

        assert (0, 0) == (preview.code, run.code), run.err
        assert "demo 0.1.0 -> 0." in preview.out
        assert "this job was started by a pull request: it releases nothing" in run.err
        assert before == stage.state()

    def test_of_a_merged_pull_request_releases(self, stage: Stage, tmp_path: Path) -> None:
        event = tmp_path / "event.json"
        event.write_text(
            '{"action": "closed", "number": 7, '
            '"pull_request": {"merged": true, "base": {"ref": "main"}}}',
            encoding="utf-8",
        )
        run = stage.run(
            "release",
            "--execute",
            GITHUB_EVENT_NAME="pull_request",
            GITHUB_EVENT_PATH=str(event),
            GITHUB_REF="refs/pull/7/merge",
        )

        assert "releases nothing" not in run.err
        assert 0 == run.code, run.err
