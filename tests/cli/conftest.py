from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK, QUICK_BUILD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates


@pytest.fixture
def project(repo: Repository, templates: Templates) -> Repository:
    """demo 0.1.0, tagged and pushed, with a fix since; it builds in no time."""
    return templates.fill(repo, _demo)


def _demo(repo: Repository) -> None:
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely (#7)", **{"src/demo/more.py": '"""More."""\n'})
    repo.add_remote(repo.path.with_name("origin.git"))


@pytest.fixture
def releasio(project: Repository) -> Program:
    """The program, in the project."""
    return Program(project.path)


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex() as index:
        yield index


@pytest.fixture
def laptop(project: Repository, index: EmbeddedIndex) -> Program:
    """The program, in the project, with a token of the index in the environment."""
    return _with_token(project, index)


@pytest.fixture
def released(repo: Repository, templates: Templates, index: EmbeddedIndex) -> Program:
    """The same in `repo`, after the release of 0.1.1."""
    templates.fill(repo, _released)
    index.take_over(repo.path.with_name("kept-index"))
    return _with_token(repo, index)


def _released(repo: Repository) -> None:
    _demo(repo)
    kept = repo.path.with_name("kept-index")
    kept.mkdir()
    with EmbeddedIndex(state=kept) as index:
        run = _with_token(repo, index)("release", "--execute")

    assert 0 == run.code, run.err


def _with_token(repo: Repository, index: EmbeddedIndex) -> Program:
    env = {"RELEASIO_PUBLISH_REGISTRY": index.upload_url, "RELEASIO_TOKEN": index.user_token()}
    return Program(repo.path, env)
