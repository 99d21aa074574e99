"""Repositories in which git would run something: none of it is run by what releasio asks of git."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RemoteUnreachable
from releasio.errors.git.repository import BareRepository
from releasio.world.git.git import Git
from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.journeys.stage import QUICK, QUICK_BUILD
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are lines for sh")


@pytest.fixture
def project(repo: Repository, tmp_path: Path) -> Repository:
    """demo 0.1.0, tagged and pushed, with a fix since; it builds in no time."""
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely")
    repo.add_remote(tmp_path / "origin.git")
    return repo


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """What is there when the program was run."""
    return tmp_path / "run"


@pytest.fixture
def program(tmp_path: Path, mark: Path) -> Path:
    path = tmp_path / "program"
    path.write_text(f'#!/bin/sh\ntouch "{mark}"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


class TestSettings:
    @pytest.mark.parametrize(
        "key", ["core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command"]
    )
    def test_that_only_make_git_faster_or_nicer_run_nothing(
        self, key: str, project: Repository, program: Path, mark: Path
    ) -> None:
        project.commit("docs: attributes", **{".gitattributes": "* diff=evil\n"})
        project.git("config", key, str(program))

        run = Program(project.path)("release", "--execute", "--skip-publish")

        assert (0, False) == (run.code, mark.exists()), run.err

    def test_of_an_external_diff_in_the_environment_runs_nothing_either(
        self, project: Repository, program: Path, mark: Path
    ) -> None:
        env = {"GIT_EXTERNAL_DIFF": str(program)}

        run = Program(project.path, env)("release", "--execute", "--skip-publish")

        assert (0, False) == (run.code, mark.exists()), run.err


class TestCommittedFiles:
    def test_that_look_like_a_repository_are_none(
        self, project: Repository, program: Path, mark: Path
    ) -> None:
        """
        A folder with HEAD, config, objects and refs is one to git, and its config may run anything.
        """
        inner = Repository.create(project.path / "inner", bare=True)
        inner.git("config", "core.fsmonitor", str(program))
        inner.git("config", "core.worktree", ".")
        inner.git("config", "core.bare", "false")

        with pytest.raises(BareRepository):
            opened(Repository(project.path / "inner"))

        assert not mark.exists()

    def test_that_say_how_submodules_come_are_not_followed(
        self, project: Repository, program: Path, mark: Path
    ) -> None:
        text = f'[submodule "a"]\n\tpath = a\n\turl = ext::{program}\n\tupdate = !{program}\n'
        project.commit("feat: with a submodule", **{".gitmodules": text})
        where = f"160000,{project.head},a"
        project.git("update-index", "--add", "--cacheinfo", where)
        project.git("commit", "--quiet", "--message=feat: and its commit")

        run = Program(project.path)("build", "--execute")

        assert "submodule a is not here at" in run.err
        assert not mark.exists()

    def test_with_attributes_of_programs_that_nobody_set_up_run_nothing(
        self, project: Repository, program: Path, mark: Path
    ) -> None:
        drivers = "".join(
            f'[{kind} "evil"]\n\t{key} = {program}\n'
            for kind, key in (("filter", "smudge"), ("diff", "textconv"), ("merge", "driver"))
        )
        attributes = "* filter=evil diff=evil merge=evil\n"
        project.commit("fix: more", **{".gitattributes": attributes, ".gitconfig": drivers})

        run = Program(project.path)("release", "--execute", "--skip-publish")

        assert (0, False) == (run.code, mark.exists()), run.err


class TestRemotes:
    def test_that_are_commands_are_not_run(
        self, project: Repository, program: Path, mark: Path
    ) -> None:
        project.git("remote", "set-url", "origin", f"ext::{program}")
        git = opened(project)
        remote = git.remotes.chosen()
        assert remote is not None

        with pytest.raises(RemoteUnreachable, match="transport 'ext' not allowed"):
            git.remotes.list_refs(remote)

        assert not mark.exists()

    def test_that_are_called_like_an_option_are_none(self, repo: Repository, program: Path) -> None:
        repo.commit("feat: begin")
        repo.git("config", f"remote.--upload-pack={program}.url", "/nowhere")

        assert opened(repo).remotes.chosen() is None


class TestHooks:
    @pytest.mark.parametrize(
        "name", ["post-checkout", "post-merge", "reference-transaction", "pre-commit"]
    )
    def test_that_come_with_the_commit_are_not_those_of_git(
        self, name: str, project: Repository, mark: Path
    ) -> None:
        project.write(f"hooks/{name}", f'#!/bin/sh\ntouch "{mark}"\n').chmod(0o755)
        project.commit("fix: more")

        run = Program(project.path)("release", "--execute", "--skip-publish")

        assert (0, False) == (run.code, mark.exists()), run.err


def test_the_environment_of_another_repository_is_left_out(
    repo: Repository, tmp_path: Path
) -> None:
    repo.commit("feat: begin")
    other = tmp_path / "settings"
    other.write_text('[remote "origin"]\n\turl = /nowhere\n', encoding="utf-8")

    git = Git.open(repo.path, {"PATH": "/usr/bin:/bin", "GIT_CONFIG": str(other)})

    assert git.remotes.chosen() is None
