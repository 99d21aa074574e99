"""Forges over the repository of the project `demo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.standins.forge.github.github import FakeGitHub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def github(project: Repository) -> Iterator[FakeGitHub]:
    with FakeGitHub(project.path.with_name("remote.git")) as github:
        yield github
