"""A whole release by the real program: what it leaves behind, and what it shows."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.rules.contents.tag_message import files_of_tag, tag_message
from tests.cli.program import NOW
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.stage import Stage


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """An empty directory for temporary files, and for nobody else's."""
    path = tmp_path / "temporary"
    path.mkdir()
    return path


def temporary_at(path: Path) -> dict[str, str]:
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(path))


class TestRelease:
    def test_brings_a_project_from_commits_to_the_index(self, stage: Stage) -> None:
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert {"demo-0.1.1.tar.gz", "demo-0.1.1-py3-none-any.whl"} == set(
            stage.index.files("demo")
        )

    def test_tag_names_every_file_with_its_hash(self, stage: Stage) -> None:
        stage.run("release", "--execute")
        message = stage.remote.git("for-each-ref", "--format=%(contents)", "refs/tags/v0.1.1")

        assert message.startswith("Release v0.1.1\n")
        assert stage.index.files("demo") == files_of_tag(message)

    def test_remote_and_clone_end_at_the_release_commit(self, stage: Stage) -> None:
        stage.run("release", "--execute")
        subject = stage.repo.git("log", "-1", "--format=%s", "v0.1.1^{commit}")

        assert "chore(release): prepare v0.1.1" == subject
        assert stage.repo.head == stage.repo.git("rev-parse", "v0.1.1^{commit}")
        assert stage.repo.head == stage.remote.git("rev-parse", "main")
        assert "" == stage.repo.git("status", "--porcelain")

    def test_twice_is_once(self, stage: Stage) -> None:
        stage.run("release", "--execute")
        before = stage.state()
        run = stage.run("release", "--execute")

        assert (0, before) == (run.code, stage.state())
        assert "Nothing to release" in run.out

    def test_leaves_nothing_of_its_own_behind(self, stage: Stage, temporary: Path) -> None:
        run = stage.run("release", "--execute", **temporary_at(temporary))

        assert (0, []) == (run.code, list(temporary.iterdir())), run.err
        assert "" == stage.repo.git("for-each-ref", "refs/releasio")
        assert 1 == len(stage.repo.git("worktree", "list").splitlines())

    def test_leaves_nothing_either_when_no_work_tree_can_be_made(
        self, stage: Stage, temporary: Path
    ) -> None:
        (stage.repo.path / ".git/worktrees").write_bytes(b"in the way")
        run = stage.run("release", "--execute", **temporary_at(temporary))

        assert (1, []) == (run.code, list(temporary.iterdir())), run.err

    def test_dry_run_changes_nothing(self, stage: Stage) -> None:
        before = stage.state()
        run = stage.run("release", "--dry-run")

        assert (0, before) == (run.code, stage.state())
        assert "To do it: releasio release --execute" in run.out

    def test_dry_run_prints_the_very_steps_that_are_journalled(self, stage: Stage) -> None:
        preview = json.loads(stage.run("release", "--dry-run", "--json").out)
        stage.run("release", "--execute")
        journal = (stage.repo.path / ".git/releasio/journal.jsonl").read_text(encoding="utf-8")
        entries = [json.loads(line) for line in journal.splitlines()]

        shown = [(s["stage"], step["step"]) for s in preview["stages"] for step in s["steps"]]
        done = [(e["stage"], e["step"]) for e in entries if e["event"] in {"end", "skip"}]
        assert shown == done

    def test_no_token_reaches_output_or_files(self, stage: Stage) -> None:
        token = stage.index.user_token(["demo"])
        run = stage.run(
            "release",
            "--execute",
            RELEASIO_TOKEN=token,
            RELEASIO_PUBLISH_TRUSTED_PUBLISHING="false",
        )
        kept = [p.read_bytes() for p in (stage.repo.path / ".git").rglob("*") if p.is_file()]

        assert 0 == run.code, run.err
        shown = run.out + run.err.replace(f"::add-mask::{token}", "")
        assert token not in shown
        assert not any(token.encode() in content for content in kept)

    @pytest.mark.parametrize("name", ["pre-push", "pre-commit", "commit-msg"])
    def test_no_hook_of_git_gets_what_uploads(
        self, stage: Stage, name: str, tmp_path: Path
    ) -> None:
        told = tmp_path / "told"
        script = f"import os; open({str(told)!r}, 'a').write('\\n'.join(os.environ))"
        hook(stage.repo.path / ".git", name, script)
        run = stage.run("release", "--execute", RELEASIO_TOKEN_PYPI="a-token", TWINE_PASSWORD="x")
        names = told.read_text(encoding="utf-8").split("\n")

        assert 0 == run.code, run.err
        assert "PATH" in names
        assert not {n for n in names if "TOKEN" in n or "PASSWORD" in n}

    def test_a_hook_may_call_releasio(self, stage: Stage, tmp_path: Path) -> None:
        told = tmp_path / "told"
        call = f'"{sys.executable}" -m releasio config > "{told}" 2>&1'
        text = stage.repo.read("pyproject.toml").replace(
            "[tool.releasio.hooks]", f"[tool.releasio.hooks]\npost_bump = [{json.dumps(call)}]"
        )
        stage.repo.commit("ci: hook", **{"pyproject.toml": text})
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert "default_branch" in told.read_text(encoding="utf-8")
        assert "is not a setting" not in told.read_text(encoding="utf-8")


class TestTwoRuns:
    def test_the_slower_of_two_clones_ends_well(self, stage: Stage) -> None:
        """
        Another clone at the same commit releases first: the tag is the lock.
        """
        slow = stage.elsewhere("other")
        stage.run("release", "--execute")
        before = slow.state()
        run = slow.run("release", "--execute")

        assert (0, before) == (run.code, slow.state())
        assert run.err.startswith("note: v0.1.1 was released by another run: commit ")
        assert 1 == run.err.count("releasio explain")

    def test_nor_is_it_a_failure_where_the_tag_was_fetched(self, stage: Stage) -> None:
        base = stage.repo.head
        stage.run("release", "--execute")
        slow = stage.elsewhere("other")
        slow.repo.git("reset", "--quiet", "--hard", base)
        before = slow.state()
        run = slow.run("release", "--execute")

        assert (0, before) == (run.code, slow.state())
        assert "v0.1.1 was released by another run" in run.err

    @pytest.mark.parametrize("fetched", [True, False], ids=["fetched", "not fetched"])
    def test_who_has_a_commit_beside_the_release_of_another_pulls_first(
        self, stage: Stage, *, fetched: bool
    ) -> None:
        """Another clone released; nothing of it may be merged away, and no tag deleted."""
        assert 0 == stage.elsewhere("other").run("release", "--execute").code
        stage.repo.commit("fix: something else", **{"src/demo/else.py": ""})
        if fetched:
            stage.repo.git("fetch", "--quiet", "--tags")
        refused = stage.run("release", "--execute")

        assert (4, 1) == (refused.code, refused.err.count("error: "))
        assert (
            "error: 0.1.1 was released already: main here lacks the commit of tag v0.1.1"
            in refused.err
        )
        assert "git pull --rebase" in refused.err
        assert "git merge" not in refused.out
        stage.repo.git("pull", "--quiet", "--rebase", "--tags")
        assert 0 == stage.run("release", "--execute").code
        assert "## [0.1.1]" in stage.repo.read("CHANGELOG.md")
        assert "## [0.1.2]" in stage.repo.read("CHANGELOG.md")


class TestResuming:
    """The tag is public, and the upload did not come through."""

    def interrupted(self, stage: Stage, *, after: int) -> None:
        stage.index.fail(on="upload", how="403-before", after=after)
        run = stage.run("release", "--execute")
        assert run.code in {1, 5}, run.err

    @pytest.mark.parametrize("uploaded", [1, 0])
    def test_the_same_clone_finishes(self, stage: Stage, uploaded: int) -> None:
        self.interrupted(stage, after=uploaded)
        preview = stage.run("release", "--dry-run")
        run = stage.run("release", "--execute")

        assert "demo 0.1.1: to be finished" in preview.out
        assert 0 == run.code, run.err
        assert 2 == len(stage.index.files("demo"))

    @pytest.mark.parametrize("uploaded", [1, 0])
    def test_a_fresh_clone_builds_the_same_files_and_finishes(
        self, stage: Stage, uploaded: int
    ) -> None:
        self.interrupted(stage, after=uploaded)
        fresh = stage.elsewhere("fresh")
        run = fresh.run("release", "--execute")

        message = stage.remote.git("for-each-ref", "--format=%(contents)", "refs/tags/v0.1.1")
        assert 0 == run.code, run.err
        assert files_of_tag(message) == stage.index.files("demo")

    @pytest.mark.parametrize("uploaded", [1, 0])
    @pytest.mark.parametrize("tags", ["with tags", "without tags", "shallow"])
    def test_the_same_job_run_again_finishes(self, stage: Stage, tags: str, uploaded: int) -> None:
        """CI checks out the commit the job began with: the one before the release commit."""
        base = stage.repo.head
        self.interrupted(stage, after=uploaded)
        job = stage.elsewhere("job", *(["--depth=2", "--no-tags"] if tags == "shallow" else []))
        job.repo.git("reset", "--quiet", "--hard", base)
        if tags == "without tags":
            job.repo.git("tag", "--delete", "v0.1.0", "v0.1.1")
        run = job.run("release", "--execute")

        message = stage.remote.git("for-each-ref", "--format=%(contents)", "refs/tags/v0.1.1")
        assert 0 == run.code, run.err
        assert files_of_tag(message) == stage.index.files("demo")
        assert job.repo.head == stage.remote.git("rev-parse", "main")

    @pytest.mark.parametrize(("fetched", "code"), [(True, "version-taken"), (False, "tag-taken")])
    def test_a_tag_that_is_on_no_branch_is_never_built(
        self, stage: Stage, code: str, *, fetched: bool
    ) -> None:
        """Who may push a tag, and not to the branch, decides about no upload."""
        other = stage.elsewhere("other")
        foreign = other.repo.commit("feat: mine", **{"src/demo/mine.py": "MINE = True\n"})
        named = tag_message("v0.1.1", {"demo-0.1.1.tar.gz": "0" * 64})
        other.repo.git("tag", "--annotate", "--message", named, "v0.1.1", foreign)
        other.repo.git("push", "--quiet", "origin", "v0.1.1")
        if fetched:
            stage.repo.git("fetch", "--quiet", "--tags")
        before = stage.state()
        run = stage.run("release", "--execute")

        assert (4, before) == (run.code, stage.state())
        assert f"(releasio explain {code})" in run.err
        assert {} == stage.index.files("demo")

    def test_nor_is_one_of_a_prepared_version(self, stage: Stage) -> None:
        text = stage.repo.read("pyproject.toml").replace('"0.1.0"', '"0.1.1"')
        changes = "# Changelog\n\n## [0.1.1] - 2023-11-15\n"
        stage.repo.commit("chore: prepare", **{"pyproject.toml": text, "CHANGELOG.md": changes})
        stage.repo.git("push", "--quiet", "origin", "main")
        stage.repo.git("switch", "--quiet", "--create", "mine")
        foreign = stage.repo.commit("feat: mine", **{"src/demo/mine.py": "MINE = True\n"})
        named = tag_message("v0.1.1", {"demo-0.1.1.tar.gz": "0" * 64})
        stage.repo.git("tag", "--annotate", "--message", named, "v0.1.1", foreign)
        stage.repo.git("push", "--quiet", "origin", "v0.1.1")
        stage.repo.git("switch", "--quiet", "main")
        run = stage.run("release", "--execute")

        assert 4 == run.code
        assert "(releasio explain tag-taken)" in run.err
        assert {} == stage.index.files("demo")

    def test_the_preview_of_that_shows_that_it_finishes(self, stage: Stage) -> None:
        base = stage.repo.head
        self.interrupted(stage, after=1)
        job = stage.elsewhere("job")
        job.repo.git("reset", "--quiet", "--hard", base)
        run = job.run("release", "--dry-run")

        assert 0 == run.code, run.err
        assert "demo 0.1.1: to be finished" in run.out

    @pytest.mark.parametrize(
        "options",
        [
            ("--version", "0.1.1"),
            ("--bump", "patch"),
            ("--prerelease", "rc"),
            ("--dev",),
        ],
        ids=" ".join,
    )
    def test_the_same_command_finishes_what_it_asked_for(
        self, stage: Stage, options: tuple[str, ...]
    ) -> None:
        stage.index.fail(on="upload", how="403-before", after=1)
        stage.run("release", "--execute", *options)
        tag = stage.remote.git("tag", "--list", "--sort=-creatordate").split("\n")[0]
        later = {"SOURCE_DATE_EPOCH": str(int(NOW) + 60)}
        run = stage.run("release", "--execute", *options, **later)

        message = stage.remote.git("for-each-ref", "--format=%(contents)", f"refs/tags/{tag}")
        assert 0 == run.code, run.err
        assert files_of_tag(message) == stage.index.files("demo")

    def test_another_version_that_is_asked_for_comes_first(self, stage: Stage) -> None:
        self.interrupted(stage, after=0)
        run = stage.run("release", "--dry-run", "--version", "0.3.0")

        assert "demo 0.1.1 -> 0.3.0" in run.out

    def test_other_bytes_than_the_tag_names_are_never_uploaded(self, stage: Stage) -> None:
        self.interrupted(stage, after=0)
        fresh = stage.elsewhere("fresh")
        run = fresh.run("release", "--execute", QUICK_MARK="another build")

        assert 4 == run.code
        assert "in the tag, but was built with" in run.err
        assert {} == stage.index.files("demo")


class TestUpdate:
    def test_a_shallow_clone_is_completed(self, stage: Stage) -> None:
        shallow = stage.elsewhere("shallow", "--depth=1")
        run = shallow.run("update", "--execute")

        assert 0 == run.code, run.err
        assert 'version = "0.1.1"' in shallow.repo.read("pyproject.toml")

    def test_a_complete_one_needs_no_network(self, stage: Stage) -> None:
        stage.repo.git("remote", "set-url", "origin", str(stage.repo.path / "gone"))
        run = stage.run("update", "--execute", RELEASIO_PUBLISH_REGISTRY="http://127.0.0.1:9/")

        assert 0 == run.code, run.err
        assert 'version = "0.1.1"' in stage.repo.read("pyproject.toml")


class TestPublish:
    """The last stage by itself, of files that were built before."""

    @pytest.fixture
    def built(self, stage: Stage) -> Stage:
        stage.run("update", "--execute")
        stage.repo.commit("chore(release): prepare v0.1.1")
        stage.run("build", "--execute")
        return stage

    def test_other_bytes_than_the_tag_names_are_never_uploaded(self, built: Stage) -> None:
        built.index.fail(on="upload", how="403-before", after=0)
        built.run("publish", "--execute")
        shutil.rmtree(built.repo.path / "dist")
        built.run("build", "--execute", QUICK_MARK="another build")
        preview = built.run("publish", "--dry-run")
        run = built.run("publish", "--execute")

        assert "v0.1.1" in built.remote.git("tag")
        assert (4, 4) == (preview.code, run.code)
        assert "in the tag, but was built with" in preview.err
        assert "in the tag, but was built with" in run.err
        assert {} == built.index.files("demo")

    def test_interrupted_it_is_finished_by_running_it_again(self, built: Stage) -> None:
        built.index.fail(on="upload", how="403-before", after=1)
        built.run("publish", "--execute")
        run = built.run("publish", "--execute")

        assert 0 == run.code, run.err
        assert 2 == len(built.index.files("demo"))

    def test_twice_is_once(self, built: Stage) -> None:
        built.run("publish", "--execute")
        before = built.state()
        run = built.run("publish", "--execute")

        assert (0, before) == (run.code, built.state())
        assert "Nothing to release: v0.1.1 is public, and " in run.out

    @pytest.mark.parametrize("depth", ["--depth=1", "--no-tags"])
    def test_a_job_of_its_own_needs_no_history(self, built: Stage, depth: str) -> None:
        built.repo.git("push", "--quiet", "origin", "main")
        job = built.elsewhere("job", depth)
        shutil.copytree(built.repo.path / "dist", job.repo.path / "dist")
        run = job.run("publish", "--execute")

        assert 0 == run.code, run.err
        assert 2 == len(job.index.files("demo"))

    @pytest.mark.parametrize("depth", ["--depth=1", "--no-tags"])
    def test_nor_does_one_that_builds(self, stage: Stage, depth: str) -> None:
        run = stage.elsewhere("job", depth).run("build", "--execute")

        assert 0 == run.code, run.err

    def test_where_nothing_can_be_seen_it_is_not_called_finished(self, built: Stage) -> None:
        """The index takes uploads and shows no page, and earlier releases named their files."""
        earlier = "v0.1.0.post1"
        message = tag_message(earlier, {"demo-0.1.0.post1.tar.gz": "0" * 64})
        built.repo.git("tag", "--annotate", "--message", message, earlier, "v0.1.0")
        registry = {"url": built.index.upload_url, "index": f"{built.index.url}/no/"}
        blind = {
            "RELEASIO_PUBLISH_REGISTRY": "blind",
            "RELEASIO_REGISTRIES": json.dumps({"blind": registry}),
        }
        built.index.fail(on="upload", how="403-before", after=1)
        built.run("publish", "--execute", **blind)
        run = built.run("publish", "--dry-run", **blind)

        assert 0 == run.code, run.err
        assert "demo 0.1.1: to be finished" in run.out

    def test_another_branch_than_releases_are_made_from_is_refused(self, built: Stage) -> None:
        built.repo.git("switch", "--quiet", "--create", "topic")
        before = built.state()
        run = built.run("publish", "--execute")

        assert (4, before) == (run.code, built.state())
        assert "the branch is topic, but releases are made from main" in run.err

    def test_of_what_is_public_already_is_finished_from_any_branch(self, built: Stage) -> None:
        built.index.fail(on="upload", how="403-before", after=1)
        built.run("publish", "--execute")
        built.repo.git("switch", "--quiet", "--create", "topic")
        run = built.run("publish", "--execute")

        assert 0 == run.code, run.err
        assert 2 == len(built.index.files("demo"))
        assert "" == built.remote.git("branch", "--list", "topic")

    def test_without_a_branch_the_tag_alone_is_pushed(self, built: Stage) -> None:
        main = built.remote.git("rev-parse", "main")
        built.repo.git("switch", "--quiet", "--detach")
        preview = built.run("publish", "--dry-run")
        run = built.run("publish", "--execute")

        assert "push tag v0.1.1 to origin" in preview.out
        assert 0 == run.code, run.err
        assert main == built.remote.git("rev-parse", "main")
        assert built.repo.head == built.remote.git("rev-parse", "v0.1.1^{commit}")

    def test_a_commit_that_the_branch_does_not_have_is_refused(self, built: Stage) -> None:
        made = built.repo.head
        built.repo.git("reset", "--quiet", "--hard", "HEAD~1")
        before = built.state()
        run = built.run("publish", "--execute")

        assert (4, before) == (run.code, built.state())
        assert f"releasio.json was built from {made[:8]}, which is not on main" in run.err
        assert "Bring it to main, or build what is checked out: releasio build -x" in run.err
