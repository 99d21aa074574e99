from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RemoteNotFound
from releasio.frozen import replace
from releasio.release.reading.default_branch import default_branch
from releasio.rules.running.remote import Remote
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository
    from tests.fakes.screen import Quiet

ORIGIN = Remote("origin", "https://github.com/acme/demo")


@pytest.fixture
def clone(repo: Repository, tmp_path: Path) -> Repository:
    """A repository whose remote has `develop` as its default branch, and which does not know it."""
    repo.commit("feat: begin")
    remote = repo.add_remote(tmp_path / "origin.git")
    repo.git("push", "--quiet", "origin", "main:develop")
    remote.git("symbolic-ref", "HEAD", "refs/heads/develop")
    return repo


def asked(
    repo: Repository, *, offline: bool = False, acting: bool = False, **env: str
) -> tuple[str | None, Quiet]:
    world, screen = world_of(repo.path, **env)
    world = replace(world, offline=offline)
    return default_branch(world, ORIGIN, "main", "main", acting=acting), screen


def event(tmp_path: Path, content: object) -> str:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_the_remote_is_asked_where_nothing_else_tells(clone: Repository) -> None:
    assert "develop" == asked(clone)[0]


def test_offline_it_is_not(clone: Repository) -> None:
    assert asked(clone, offline=True)[0] is None


def test_what_the_clone_remembers_counts(clone: Repository) -> None:
    clone.git("remote", "set-head", "origin", "main")

    assert "main" == asked(clone, offline=True)[0]


def test_a_job_s_event_comes_first(clone: Repository, tmp_path: Path) -> None:
    path = event(tmp_path, {"repository": {"default_branch": "trunk"}})
    job = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "Acme/Demo", "GITHUB_EVENT_PATH": path}

    assert "trunk" == asked(clone, **job)[0]
    assert "develop" == asked(clone, **job | {"GITHUB_REPOSITORY": "acme/other"})[0]
    assert "develop" == asked(clone, GITHUB_EVENT_PATH=path)[0]


@pytest.mark.parametrize("content", [[], {}, {"repository": None}, {"repository": {}}])
def test_an_event_that_does_not_say_is_none(
    clone: Repository, tmp_path: Path, content: object
) -> None:
    env = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": event(tmp_path, content)}

    assert "develop" == asked(clone, **env)[0]


def test_gitlab_says_it_in_a_variable(clone: Repository) -> None:
    assert "trunk" == asked(clone, GITLAB_CI="true", CI_DEFAULT_BRANCH="trunk")[0]


def test_a_preview_goes_on_where_the_remote_does_not_answer(clone: Repository) -> None:
    clone.git("remote", "set-url", "origin", str(clone.path.parent / "gone.git"))
    branch, screen = asked(clone)

    assert branch is None
    assert any("which branch is the default one is not known" in note for note in screen.notes)
    with pytest.raises(RemoteNotFound):
        asked(clone, acting=True)
