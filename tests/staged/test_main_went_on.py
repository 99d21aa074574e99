"""Main goes on while a release waits for its reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program

if TYPE_CHECKING:
    from tests.staged.jobs import Jobs

RUN_AGAIN = "Run the whole workflow again: it prepares and builds the release anew."


def parents(jobs: Jobs, name: str) -> list[str]:
    return jobs.remote.git("rev-parse", f"{name}^@").split()


class TestBesideTheRelease:
    def test_main_gets_the_release_commit_by_a_merge(self, jobs: Jobs) -> None:
        later = jobs.commit_on_main("fix: more", **{"src/demo/other.py": ""})
        run = jobs.publish()

        assert 0 == run.code, run.err
        assert [later, jobs.commit] == parents(jobs, "main")
        assert jobs.commit == jobs.remote.git("rev-parse", "v0.1.1^{commit}")
        assert 2 == len(jobs.index.files("demo"))
        assert "main went on while the release waited, and gets it by a merge" in run.out

    def test_what_was_added_is_of_the_next_release(self, jobs: Jobs) -> None:
        jobs.commit_on_main("feat: more", **{"src/demo/other.py": ""})
        jobs.publish()
        clone = jobs.remote.clone(jobs.folder / "after")
        run = Program(clone.path, jobs.env)("check")

        assert 0 == run.code, run.err
        assert "demo 0.1.1 -> " in run.out
        assert "more" in run.out
        assert "greet politely" not in run.out

    def test_another_line_of_the_same_file_is_no_conflict(self, jobs: Jobs) -> None:
        text = jobs.repo.read("pyproject.toml") + "\n[tool.other]\nkey = 1\n"
        jobs.commit_on_main("chore: settle", **{"pyproject.toml": text})
        run = jobs.publish()

        manifest = jobs.remote.git("show", "main:pyproject.toml")
        assert 0 == run.code, run.err
        assert 'version = "0.1.1"' in manifest
        assert "[tool.other]" in manifest

    def test_run_again_after_the_merge_changes_nothing(self, jobs: Jobs) -> None:
        jobs.commit_on_main("fix: more", **{"src/demo/other.py": ""})
        jobs.publish()
        jobs.commit_on_main("fix: yet more", **{"src/demo/third.py": ""})
        before = jobs.state()
        again = jobs.publish()

        assert (0, before) == (again.code, jobs.state()), again.err


class TestAgainstTheRelease:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- Mine\n"),
            ("pyproject.toml", None),
        ],
    )
    def test_nothing_is_public_and_the_way_on_is_said(
        self, jobs: Jobs, path: str, text: str | None
    ) -> None:
        text = text or jobs.repo.read(path).replace('"0.1.0"', '"0.1.0.post1"')
        jobs.commit_on_main("docs: mine", **{path: text})
        before = jobs.state()
        run = jobs.publish()

        assert (4, before) == (run.code, jobs.state())
        assert "while the release waited, and changed what the release changes" in run.err
        assert path in run.err
        assert f"Nothing is public. {RUN_AGAIN}" in run.err

    def test_a_line_is_never_put_below_the_heading_of_the_release(self, jobs: Jobs) -> None:
        """git would merge it without a conflict, and say that it was released."""
        log = "# Changelog\n\n## Unreleased\n\n- One\n- Two\n- Three\n- Four\n- Five\n- Six\n"
        jobs.started = jobs.repo.commit("docs: log", **{"CHANGELOG.md": log})
        jobs.repo.git("push", "--quiet", "origin", "main")
        built = jobs.build(jobs.prepare())
        jobs.commit_on_main("docs: seven", **{"CHANGELOG.md": f"{log}- Seven\n"})
        before = jobs.state()
        run = jobs.publish(built)

        assert (4, before) == (run.code, jobs.state())
        assert "changed what the release changes: CHANGELOG.md" in run.err

    def test_a_branch_that_was_rewritten_is_left_alone(self, jobs: Jobs) -> None:
        waiting = jobs.clone("publish", jobs.prepared, jobs.built)
        clone = jobs.remote.clone(jobs.folder / "rewriting")
        clone.git("reset", "--quiet", "--hard", "v0.1.0")
        clone.commit("fix: otherwise", **{"src/demo/more.py": ""})
        clone.git("push", "--quiet", "--force", "origin", "main")
        before = jobs.state()
        run = jobs.run(waiting, "publish")

        assert (4, before) == (run.code, jobs.state())
        assert "main on origin was rewritten while the release waited" in run.err
        assert f"Nothing is public. {RUN_AGAIN}" in run.err
