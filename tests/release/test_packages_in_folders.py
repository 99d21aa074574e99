"""A repository whose packages have folders each, and whose root only has settings of tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.project.manifest import VersionMissing
from tests.look import MANIFEST, offline

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

TOOLS = "[tool.ruff]\nline-length = 100\n"


def hint(repo: Repository, **files: str) -> str:
    """Return what is advised in the root of a repository of *files*."""
    repo.commit("feat: begin", **{"pyproject.toml": TOOLS, **files})
    with pytest.raises(VersionMissing) as caught:
        offline(repo).facts()

    assert "there is no [project] table in pyproject.toml" == str(caught.value)
    assert "version-missing" == caught.value.code
    return str(caught.value.hint)


def test_are_named(repo: Repository) -> None:
    poetry = '[tool.poetry]\nname = "cli"\nversion = "1.0"\n'
    files = {
        "core/pyproject.toml": MANIFEST,
        "packages/cli/pyproject.toml": poetry,
        "tools/ci/stub/pyproject.toml": MANIFEST,  # too far away to be what is released
        "docs/pyproject.toml": TOOLS,
        "broken/pyproject.toml": "[project",
    }

    expected = "Packages are in folders below: core, packages/cli. Name one as PATH."
    assert expected == hint(repo, **files)


def test_where_there_are_none_a_version_is_missing(repo: Repository) -> None:
    assert 'Add version = "0.1.0" to [project]' == hint(repo, **{"docs/pyproject.toml": TOOLS})
