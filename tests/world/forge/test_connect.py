"""The token of a forge, from the environment or a program that is logged in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.rules.forge.place import ForgePlace
from releasio.world.forge.connect import find_token
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes.repository import Repository

PLACE = ForgePlace("github", "github.com", "ada", "demo", "https://api.github.com")
SERVER = ForgePlace("github", "ghe.lan", "ada", "demo", "https://ghe.lan/api/v3")
GITLAB = ForgePlace("gitlab", "gitlab.com", "ada", "demo", "https://gitlab.com/api/v4")
LOGGED_IN = """
import os, sys
if sys.argv[1:] != ["auth", "token", "--hostname=github.com"]:
    sys.exit("no oauth token found")
names = ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN")
print(*[os.environ[name] for name in names if name in os.environ] or ["gho_sesame"])
"""

Gh = "Callable[[str], dict[str, str]]"


@pytest.fixture
def gh(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Install a `gh` that does what a text says; return the environment that has it."""

    def install(text: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "gh.py").write_text(text, encoding="utf-8")
        if os.name == "nt":
            line = f'@"{sys.executable}" "%~dp0gh.py" %*\n'
            (folder / "gh.cmd").write_text(line, encoding="utf-8")
        else:
            program = folder / "gh"
            program.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
            program.chmod(0o755)
        path = f"{folder}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": path}

    return install


def found(place: ForgePlace, env: dict[str, str], **options: float) -> tuple[str, str, str] | None:
    token = find_token(place, env, **options)
    return token and (token.source, token.kind, token.secret.reveal())


class TestGh:
    def test_is_asked_where_the_environment_has_none(self, gh: Gh) -> None:
        assert ("gh auth token", "classic", "gho_sesame") == found(PLACE, gh(LOGGED_IN))

    def test_is_not_asked_where_there_is_one(self, gh: Gh) -> None:
        env = gh("raise SystemExit('asked')") | {"GH_TOKEN": "ghp_other"}

        assert ("GH_TOKEN", "classic", "ghp_other") == found(PLACE, env)

    def test_does_not_give_back_the_token_of_another_host(self, gh: Gh) -> None:
        env = gh(LOGGED_IN.replace("github.com", "ghe.lan")) | {"GH_TOKEN": "ghp_other"}

        assert ("gh auth token", "classic", "gho_sesame") == found(SERVER, env)

    @pytest.mark.parametrize(
        "text",
        [
            "import sys; sys.exit('no oauth token found for github.com')",
            "pass",
            "print('You are not logged in')",
            "print('gho_se\\nsame')",
        ],
    )
    def test_that_has_none_is_none(self, gh: Gh, text: str) -> None:
        assert found(PLACE, gh(text)) is None

    def test_that_waits_for_somebody_is_not_waited_for(self, gh: Gh) -> None:
        text = "import time; time.sleep(60)"

        assert found(PLACE, gh(text), patience=0.2) is None

    @pytest.mark.parametrize("variable", ["CI", "GITHUB_ACTIONS", "GITLAB_CI"])
    def test_is_not_asked_in_a_job(self, gh: Gh, variable: str) -> None:
        assert found(PLACE, gh(LOGGED_IN) | {variable: "true"}) is None

    def test_knows_nothing_of_other_forges(self, gh: Gh) -> None:
        assert found(GITLAB, gh(LOGGED_IN.replace("github.com", "gitlab.com"))) is None

    def test_need_not_be_there(self, tmp_path: Path) -> None:
        assert found(PLACE, {"PATH": str(tmp_path)}) is None


class TestWorld:
    @pytest.fixture
    def git(self, repo: Repository) -> Git:
        return Git.open(repo.path, os.environ)

    def test_hides_the_token_before_anybody_gets_it(self, git: Git) -> None:
        screen = Quiet()
        env = {"GITEA_TOKEN": "0123456789abcdef0123456789abcdef01234567"}
        place = ForgePlace("gitea", "codeberg.org", "ada", "demo", "https://codeberg.org/api/v1")
        world = World(git, git.root, env, screen)
        world.forge(place)
        world.close()

        assert list(env.values()) == [secret.reveal() for secret in screen.secrets]

    def test_asks_nobody_offline(self, git: Git) -> None:
        screen = Quiet()
        world = World(git, git.root, {"GITHUB_TOKEN": "ghp_sesame"}, screen, offline=True)

        assert world.forge(PLACE) is None
        assert [] == screen.secrets
