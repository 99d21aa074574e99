"""Hooks and build backends that want what the job has, and what others are to trust."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.rules.running.environment import STEP_FILES
from tests.cli.program import Program
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK, QUICK_BUILD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.program import Run
    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates

SECRET = "made-up-and-long-enough"

# root may read everything: as on a runner, it must not be what we are
PR_CAPBSET_DROP = 24
READS_EVERYTHING = (19, 21, 38)  # CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_PERFMON
WITHOUT_ROOT = f"""\
import ctypes, os, sys
for capability in {READS_EVERYTHING}:
    ctypes.CDLL(None).prctl({PR_CAPBSET_DROP}, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "releasio", *sys.argv[1:]])
"""

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform == "win32", reason="the hooks are lines for sh"),
]


@pytest.fixture
def project(repo: Repository, templates: Templates) -> Repository:
    """demo 0.1.0, tagged and pushed, with a fix since; it builds in no time."""
    return templates.fill(repo, _demo)


def _demo(repo: Repository) -> None:
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely")
    repo.add_remote(repo.path.with_name("origin.git"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can keep them from each other")
def test_a_build_cannot_read_the_environment_of_releasio(
    project: Repository, tmp_path: Path
) -> None:
    driver = tmp_path / "driver.py"
    driver.write_text(WITHOUT_ROOT, encoding="utf-8")
    line = f"cat /proc/$PPID/environ > {tmp_path}/stolen; python3 inline/quick.py"
    project.write(".releasio.toml", f'[hooks]\nbuild = "{line}"\n')
    project.commit("build: look around")
    program = Program(project.path, {"MY_SECRET": SECRET}, (str(driver),))

    run = program("build", "--execute")

    assert "No such" not in run.err
    assert "" == (tmp_path / "stolen").read_text(encoding="utf-8")


def errors(run: Run) -> list[str]:
    return [line for line in run.err.splitlines() if line.startswith("error: ")]


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex() as index:
        yield index


@pytest.fixture
def job(project: Repository, index: EmbeddedIndex, tmp_path: Path) -> Job:
    """A job that is to release the project, with what GitHub Actions gives it."""
    files = {name: tmp_path / name for name in STEP_FILES}
    for path in files.values():
        path.touch()
    env = {
        **{name: str(path) for name, path in files.items()},
        "RELEASIO_PUBLISH_REGISTRY": index.upload_url,
        "RELEASIO_TOKEN": index.user_token(),
        "GITHUB_TOKEN": "ghs_" + "a1" * 18,
        "HOME_OF_USER": str(project.path),
    }
    return Job(project, Program(project.path, env), index)


@dataclass
class Job:
    """A project, the program with the job's environment, and the index."""

    project: Repository
    program: Program
    index: EmbeddedIndex

    def build_with(self, line: str) -> Run:
        """Release the project with a build that also does *line*."""
        build = f"{line}\n{sys.executable} inline/quick.py"
        self.project.write(".releasio.toml", f"[hooks]\nbuild = {json.dumps(build)}\n")
        self.project.commit("build: with more than that")
        return self.program("release", "--execute")

    def nothing_is_public(self) -> bool:
        there = self.project.git("ls-remote", "origin", "refs/tags/v0.1.1", "refs/heads/main")
        return "v0.1.1" not in there and not self.index.projects()


class TestBuild:
    @pytest.mark.parametrize(
        ("line", "changed"),
        [
            ('echo "exit 0" > "$HOME_OF_USER/.git/hooks/pre-push"', "git's hook pre-push"),
            (
                'git -C "$HOME_OF_USER" config core.sshCommand /tmp/x',
                "git's setting core.sshcommand",
            ),
            (
                'git config --file "$HOME/.gitconfig" core.hooksPath /tmp/x',
                "git's setting core.hookspath",
            ),
            ('echo "# more" >> "$HOME_OF_USER/src/demo/__init__.py"', "src/demo/__init__.py"),
            ('git -C "$HOME_OF_USER" tag v0.1.1', "tag v0.1.1"),
            ('echo "A=b" >> "$HOME_OF_USER/../GITHUB_ENV"', "$GITHUB_ENV"),
            ('echo /tmp >> "$HOME_OF_USER/../GITHUB_PATH"', "$GITHUB_PATH"),
            ('echo "tag=v9" >> "$HOME_OF_USER/../GITHUB_OUTPUT"', "$GITHUB_OUTPUT"),
            ('echo "{}" >> "$HOME_OF_USER/.git/releasio/journal.jsonl"', "the journal"),
        ],
    )
    def test_one_that_changes_what_the_push_trusts_stops_it(
        self, job: Job, line: str, changed: str
    ) -> None:
        run = job.build_with(line)

        assert [f"error: changed while the release ran: {changed}"] == errors(run), run.err
        assert (4, True) == (run.code, job.nothing_is_public())

    def test_all_that_it_changed_is_named_and_what_to_do(self, job: Job) -> None:
        run = job.build_with(
            'cd "$HOME_OF_USER"; echo >> LICENSE; echo >> .git/hooks/pre-push; cd - > /dev/null'
        )

        assert ["error: changed while the release ran: git's hook pre-push, LICENSE"] == errors(run)
        assert (
            "  Find out who did that: hooks and the build backend run in this job. If you did, run "
            "again; what sets git up belongs into a step before releasio."
        ) in run.err

    def test_one_that_only_names_the_people_of_git_does_not(self, job: Job) -> None:
        run = job.build_with('git -C "$HOME_OF_USER" config user.name "Somebody Else"')

        assert (0, ["demo"]) == (run.code, job.index.projects()), run.err

    def test_one_that_puts_another_git_onto_the_path_gets_no_push(
        self, job: Job, tmp_path: Path
    ) -> None:
        (tmp_path / "bin").mkdir()
        line = f'printf "#!/bin/sh\\ntouch {tmp_path}/run" > "{tmp_path}/bin/git"'
        job.program.env["PATH"] = f"{tmp_path}/bin:{os.environ['PATH']}"

        run = job.build_with(f"{line}; chmod +x {tmp_path}/bin/git")

        assert (tmp_path / "bin/git").exists()
        assert (0, ["demo"], False) == (
            run.code,
            job.index.projects(),
            (tmp_path / "run").exists(),
        ), run.err

    def test_is_told_no_secret_and_no_way_to_later_steps(self, job: Job, tmp_path: Path) -> None:
        run = job.build_with(f'env > "{tmp_path}/told"')

        told = (tmp_path / "told").read_text(encoding="utf-8")
        assert 0 == run.code, run.err
        assert [] == [n for n in (*STEP_FILES, "RELEASIO_TOKEN", "GITHUB_TOKEN") if f"{n}=" in told]


class TestCloneOfTheBuild:
    """
    Backends ask git for files and version; the user's repository is none of their business.
    """

    @pytest.fixture
    def told(self, job: Job, tmp_path: Path) -> dict[str, str]:
        """What git tells the build, by what it is asked."""
        asked = {
            "describe": "git describe --dirty",
            "tags": "git tag",
            "files": "git ls-files",
            "status": "git status --porcelain --ignored",
            "remotes": "git remote",
            "branches": "git branch --all",
            "settings": "git config --list",
            "hooks": "ls .git/hooks 2> /dev/null",
            "history": "git log --format=%s",
        }
        for key in ("http.https://example.org/.extraHeader", "core.sshCommand"):
            job.project.git("config", key, SECRET)
        job.project.git("config", "--global", "alias.secret", SECRET)
        job.project.git("config", "core.autocrlf", "input")
        lines = [f"({line}) > {tmp_path}/{name}; true" for name, line in asked.items()]
        run = job.build_with("\n".join(lines))
        assert 0 == run.code, run.err
        return {name: (tmp_path / name).read_text(encoding="utf-8") for name in asked}

    def test_has_the_release_commit_with_its_history_and_the_planned_tag(
        self, told: dict[str, str]
    ) -> None:
        assert ("v0.1.1\n", "v0.1.1\n", "") == (told["describe"], told["tags"], told["status"])
        assert "pyproject.toml" in told["files"].splitlines()
        assert "chore(release): prepare v0.1.1" == told["history"].splitlines()[0]
        assert "feat: begin" == told["history"].splitlines()[-1]

    def test_has_no_remote_no_branch_no_hook_and_nothing_that_is_set_elsewhere(
        self, told: dict[str, str]
    ) -> None:
        assert ("", "* (no branch)\n", "") == (told["remotes"], told["branches"], told["hooks"])
        assert SECRET not in told["settings"]
        assert "core.autocrlf=input" in told["settings"]

    def test_leaves_nothing_in_the_users(self, job: Job, sandbox: Path) -> None:
        before = (sandbox / ".gitconfig").read_bytes()
        everywhere = "git config --global --add safe.directory x"
        run = job.build_with(
            f"git branch theirs; git tag theirs; git config their.own yes; {everywhere}"
        )

        git = job.project.git
        assert "main" == git("branch", "--format=%(refname:short)")
        assert "v0.1.0\nv0.1.1" == git("tag")
        assert "" == git("config", "their.own", check=False)
        assert 1 == len(git("worktree", "list").splitlines())
        assert (0, before) == (run.code, (sandbox / ".gitconfig").read_bytes()), run.err

    def test_has_a_file_for_global_settings_that_git_may_write(self, job: Job) -> None:
        """
        Into the null device git wrote as well: it put a file in its place, for all the machine.
        """
        run = job.build_with("git config --global user.name x && true")

        assert 0 == run.code, run.err
        assert Path(os.devnull).is_char_device() or sys.platform == "win32"


class TestHooksOfReleasio:
    def test_may_change_the_users_own_tree_when_they_run_in_it(self, job: Job) -> None:
        """
        The hook before the release of a prepared version runs there, as it always did.
        """
        text = job.project.read("pyproject.toml").replace('"0.1.0"', '"0.1.1"')
        job.project.commit("chore: 0.1.1", **{"pyproject.toml": text})
        job.project.git("push", "--quiet", "origin", "main")
        line = f"{sys.executable} inline/quick.py"
        hooks = {"build": line, "pre_release": ["echo >> LICENSE"]}
        tables = "\n".join(f"{name} = {json.dumps(value)}" for name, value in hooks.items())
        settings = f"[hooks]\n{tables}\n[changelog]\nenabled = false\n"
        job.project.commit("build: hooks", **{".releasio.toml": settings})

        run = job.program("release", "--execute")

        assert (0, ["demo"]) == (run.code, job.index.projects()), run.err


class TestHooksOfGit:
    def test_of_the_commit_get_no_token_of_the_forge(self, job: Job, tmp_path: Path) -> None:
        """
        Others than the push need none, and one may come with the project (`core.hooksPath`).
        """
        hook = job.project.path / ".git/hooks/pre-commit"
        hook.write_text(f'#!/bin/sh\nenv > "{tmp_path}/told"\n', encoding="utf-8")
        hook.chmod(0o755)

        run = job.program("release", "--execute")

        told = (tmp_path / "told").read_text(encoding="utf-8")
        assert 0 == run.code, run.err
        assert "GITHUB_TOKEN" not in told

    def test_of_the_push_get_nothing_that_uploads(self, job: Job, tmp_path: Path) -> None:
        hook = job.project.path / ".git/hooks/pre-push"
        hook.write_text(f'#!/bin/sh\nenv > "{tmp_path}/told"\n', encoding="utf-8")
        hook.chmod(0o755)

        run = job.program("release", "--execute", MY_PYPI_TOKEN=SECRET)

        told = (tmp_path / "told").read_text(encoding="utf-8")
        assert 0 == run.code, run.err
        assert [] == [n for n in (*STEP_FILES, "RELEASIO_TOKEN", SECRET) if n in told]
