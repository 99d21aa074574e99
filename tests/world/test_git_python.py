"""GitPython's git knows what ours knows, and no more."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed, GitMissing
from releasio.rehearsal.demo import write_demo
from releasio.world import throwaway
from releasio.world.git_progress import GitProgress
from releasio.world.git_python import git_python
from tests.fakes.repository import Repository
from tests.fakes.screen import Quiet
from tests.world.git_fixtures import hook, opened

if TYPE_CHECKING:
    from pathlib import Path

TELL = """\
import os, pathlib
pathlib.Path(os.environ["TOLD"]).write_text("\\n".join(f"{n}={v}" for n, v in os.environ.items()))
"""


@pytest.fixture
def template(tmp_path: Path, sandbox: Path) -> Path:
    """A template of the user's, whose hook tells what it can see."""
    folder = tmp_path / "template"
    folder.mkdir()
    hook(folder, "post-checkout", TELL)
    settings = sandbox / ".gitconfig"
    more = f"[init]\n\ttemplateDir = {folder.as_posix()}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    return folder


class TestEnvironment:
    @pytest.mark.usefixtures("template")
    def test_of_a_hook_has_no_secret_and_another_repository_is_not_meant(
        self, repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What this process has is no more the hook's business than what it was given.
        """
        repo.commit("feat: begin")
        other = Repository.create(tmp_path / "other")
        source = opened(repo)
        monkeypatch.setenv("TWINE_PASSWORD", "of-the-process")
        monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
        monkeypatch.setenv("GIT_WORK_TREE", str(other.path))
        told = tmp_path / "told"
        env = {**os.environ, "RELEASIO_TOKEN": "as-given", "TOLD": str(told)}

        clone = throwaway.clone(source, tmp_path / "clone", env, "rehearsal", Quiet())

        seen = dict(
            line.partition("=")[::2] for line in told.read_text(encoding="utf-8").split("\n")
        )
        assert source.work_tree.head() == clone.work_tree.head()
        assert set() == {"TWINE_PASSWORD", "RELEASIO_TOKEN"} & seen.keys()
        assert "0" == seen["GIT_TERMINAL_PROMPT"]
        assert "core.fsmonitor" in seen.values()

    def test_is_the_process_s_own_again_afterwards(self, tmp_path: Path) -> None:
        before = dict(os.environ)
        with git_python({"PATH": os.environ["PATH"], "ONLY": "this"}) as repositories:
            inside = dict(os.environ)
            repositories.init(tmp_path / "repo").close()

        assert "this" == inside["ONLY"]
        assert "HOME" not in inside
        assert before == dict(os.environ)

    def test_without_a_git_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(GitMissing), git_python({"PATH": str(tmp_path)}):
            pass


def test_a_command_that_fails_is_told_as_any_other(tmp_path: Path) -> None:
    with (
        pytest.raises(GitFailed) as caught,
        git_python(os.environ) as repositories,
        repositories.init(tmp_path / "repo") as repo,
    ):
        repo.git.checkout("no-such-branch")

    assert str(caught.value).startswith("git checkout exited with 1: error: pathspec 'no-such")


def test_our_settings_come_after_those_that_are_there(tmp_path: Path) -> None:
    env = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b", "GIT_CONFIG_VALUE_0": "c"}
    with (
        git_python({**os.environ, **env}) as repositories,
        repositories.init(tmp_path / "repo") as repo,
    ):
        settings = [repo.git.config("--get", name) for name in ("a.b", "core.fsmonitor")]

    assert ["c", "false"] == settings


class Watching(Quiet):
    """Remembers how far things are."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, int, int, str]] = []

    def progress(self, label: str, amount: int, total: int, unit: str = "bytes") -> None:
        self.shown.append((label, amount, total, unit))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Writing objects:  50% (600/1200)", [("git objects", 600, 1200, "objects")]),
        ("Receiving objects: 100% (1200/1200), done.", [("git objects", 1200, 1200, "objects")]),
        ("Writing objects:  50% (6/12)", []),
        ("Counting objects:  50% (600/1200)", []),
        ("Updating files:  45% (9/20)", [("work tree", 9, 20, "files")]),
        ("Cloning into 'x'...", []),
    ],
)
def test_progress_is_what_git_says(said: str, shown: list[object]) -> None:
    screen = Watching()
    GitProgress(screen).new_message_handler()(said)

    assert shown == screen.shown


def test_progress_of_many_objects_arrives(repo: Repository, tmp_path: Path) -> None:
    repo.commit("feat: begin", **{f"{number}.txt": f"{number}\n" for number in range(1000)})
    screen = Watching()
    throwaway.add_bare_remote(opened(repo), tmp_path / "remote.git", screen)

    assert ("git objects", 1002, 1002, "objects") == screen.shown[-1]


def test_the_demo_is_made_whatever_new_repositories_are_by_default(tmp_path: Path) -> None:
    defaults = {"GIT_DEFAULT_HASH": "sha256", "GIT_DEFAULT_REF_FORMAT": "reftable"}
    write_demo(tmp_path / "demo", {**os.environ, **defaults})
    demo = Repository(tmp_path / "demo")

    assert 40 == len(demo.head)
    assert "v0.1.0-4-g" in demo.git("describe")
