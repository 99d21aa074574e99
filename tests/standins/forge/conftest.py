"""Forges over the repository of the project `demo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forges.github import FaultyGitHub
from tests.forges.octokit.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def github(project: Repository) -> Iterator[FaultyGitHub]:
    with FaultyGitHub(project.path.with_name("remote.git")) as github:
        yield github
    judge(github.log)
