"""git-cliff itself, in a real repository."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.project.git_cliff import GitCliffFails, GitCliffMissing
from releasio.world.processes.git_cliff import GitCliff, find_git_cliff

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

SETTINGS = """\
[changelog]
body = \"\"\"
## {{ version }}

{% for commit in commits %}- {{ commit.message }}
{% endfor %}\"\"\"
[git]
conventional_commits = true
"""


@pytest.fixture
def tool(repo: Repository) -> GitCliff:
    repo.commit("feat: begin", **{"cliff.toml": SETTINGS})
    repo.tag("v0.1.0")
    repo.commit("fix: mend it")
    return find_git_cliff(dict(os.environ), repo.path, repo.path, None)


class TestSection:
    def test_is_of_what_was_done_since_the_last_release(self, tool: GitCliff) -> None:
        assert "## v0.2.0\n\n- mend it" == tool("v0.2.0", "v0.1.0").strip()

    def test_of_a_first_release_is_of_everything(self, tool: GitCliff) -> None:
        assert "- begin" in tool("v0.2.0", None)

    @pytest.mark.usefixtures("tool")
    def test_is_by_the_settings_that_are_named(self, repo: Repository) -> None:
        repo.write("other.toml", SETTINGS.replace("- {{", "+ {{"))
        other = find_git_cliff(dict(os.environ), repo.path, repo.path, "other.toml")

        assert "+ mend it" in other("v0.2.0", "v0.1.0")


class TestFailure:
    def test_is_told_in_its_own_words(self, tool: GitCliff, repo: Repository) -> None:
        repo.write("cliff.toml", "[changelog]\nbody = '{% for %}'\n")
        with pytest.raises(GitCliffFails) as caught:
            tool("v0.2.0", "v0.1.0")

        assert caught.value.message.startswith("git-cliff exited with status ")
        assert "Failed to parse" in caught.value.message or "rror" in caught.value.message
        assert "git cliff --offline --unreleased" in caught.value.hint

    def test_of_the_system_is_told(self, repo: Repository) -> None:
        tool = GitCliff(str(repo.path / "nothing"), repo.path, repo.path, None, dict(os.environ))
        with pytest.raises(GitCliffFails, match="git-cliff could not be started"):
            tool("v0.2.0", None)

    def test_is_what_happens_without_it(self, repo: Repository) -> None:
        with pytest.raises(GitCliffMissing) as caught:
            GitCliff(None, repo.path, repo.path, None, {})("v0.2.0", None)

        assert "and is not installed" in caught.value.message
        assert "pip install git-cliff" in caught.value.hint

    @pytest.mark.skipif(sys.platform == "win32", reason="the script that plays it needs a shell")
    def test_tells_no_secret_to_it(self, repo: Repository, tmp_path: Path) -> None:
        script = tmp_path / "git-cliff"
        script.write_text("#!/bin/sh\nenv | grep -E 'CLIFF|TOKEN' >&2\nexit 3\n")
        script.chmod(0o755)
        env = {**os.environ, "GITHUB_TOKEN": "ghp_secret", "PYPI_TOKEN": "pypi-secret"}
        with pytest.raises(GitCliffFails) as caught:
            GitCliff(str(script), repo.path, repo.path, None, env)("v0.2.0", None)

        assert "GIT_CLIFF_OFFLINE=true" in caught.value.message
        assert "secret" not in caught.value.message
