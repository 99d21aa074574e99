"""`releasio yank` and the release on the forge."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.rules.forge.release_text import LIMIT
from tests.cli.test_json import VALIDATOR
from tests.forges.gitea import FaultyGitea
from tests.forges.github import FaultyGitHub
from tests.forges.gitlab import FaultyGitLab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


NOTES = "## What's Changed\r\n\r\n- Greet politely\r\n"


@pytest.fixture
def github(released: Program, repo: Repository) -> Iterator[FaultyGitHub]:
    """The forge that the project is on, with a release of 0.1.1 that people saw."""
    with FaultyGitHub(repo.path.with_name("origin.git")) as github:
        name_forge(repo, "github", github.url)
        token = github.token()
        released.env |= {"GITHUB_TOKEN": token}
        made = httpx.post(
            f"{github.url}/repos/acme/demo/releases",
            json={
                "tag_name": "v0.1.1",
                "name": "demo v0.1.1",
                "body": NOTES,
                "make_latest": "true",  # as of each release that releasio makes
            },
            headers={"Authorization": f"Bearer {token}"},
        )

        assert 201 == made.status_code
        yield github


def name_forge(repo: Repository, kind: str, url: str) -> None:
    """Commit settings by which the repository is on the forge at *url*."""
    lines = (
        "[github]",
        f'kind = "{kind}"',
        'owner = "acme"',
        'repo = "demo"',
        f'api_url = "{url}"',
    )
    repo.commit("chore: name the forge", **{".releasio.toml": "\n".join((*lines, ""))})


def edits(github: FaultyGitHub) -> int:
    """Return how often a release was edited."""
    return [exchange.operation for exchange in github.log].count("repos/update-release")


class TestRelease:
    def test_is_marked_in_title_and_text_and_is_not_the_latest(
        self, released: Program, github: FaultyGitHub
    ) -> None:
        run = released("yank", "0.1.1", "--reason", "breaks <b>on</b> 3.13 @octo", "-x")
        release = github.release("v0.1.1")

        assert 0 == run.code, run.err
        assert "[x] mark the release v0.1.1 on GitHub" in run.out
        assert ("[YANKED] demo v0.1.1", True) == (release.name, release.prerelease)
        assert "false" == release.latest
        assert release.body.startswith(
            "<!-- releasio:yanked -->\n> [!CAUTION]\n"
            "> **0.1.1 was yanked**: breaks &lt;b>on&lt;/b> 3.13 @&#8203;octo\n"
        )
        assert release.body.endswith(NOTES)

    def test_of_a_preview_is_as_it_was(self, released: Program, github: FaultyGitHub) -> None:
        before = replace(github.release("v0.1.1"))
        run = released("yank", "0.1.1", "--reason", "broken")

        assert "  [ ] mark the release v0.1.1 on GitHub" in run.out
        assert (before, 0) == (github.release("v0.1.1"), edits(github))

    def test_is_marked_once(self, released: Program, github: FaultyGitHub) -> None:
        released("yank", "0.1.1", "--reason", "broken", "-x")
        marked = replace(github.release("v0.1.1"))
        runs = [
            released("yank", "0.1.1", "-x"),
            released("yank", "0.1.1", "--reason", "broken", "-x"),
        ]

        assert [0, 0] == [run.code for run in runs]
        assert ["as yanked  (done already)" in run.out for run in runs] == [True, True]
        assert (marked, 1) == (github.release("v0.1.1"), edits(github))

    def test_gets_another_reason(self, released: Program, github: FaultyGitHub) -> None:
        released("yank", "0.1.1", "--reason", "broken", "-x")
        released("yank", "0.1.1", "--reason", "eats files", "-x")
        release = github.release("v0.1.1")

        assert "**0.1.1 was yanked**: eats files\n" in release.body
        assert ("[YANKED] demo v0.1.1", 1) == (release.name, release.body.count("was yanked"))

    def test_that_people_marked_themselves_is_marked_no_more(
        self, released: Program, github: FaultyGitHub
    ) -> None:
        github.release("v0.1.1").name = "demo 0.1.1 (yanked!)"
        released("yank", "0.1.1", "-x")

        assert "demo 0.1.1 (yanked!)" == github.release("v0.1.1").name

    def test_that_is_not_there_is_said(self, released: Program, github: FaultyGitHub) -> None:
        github.state.releases.clear()
        run = released("yank", "0.1.1", "-x")

        assert 0 == run.code, run.err
        assert "[-] mark the release v0.1.1 on GitHub" in run.out
        assert " has no release v0.1.1)\n" in run.out

    def test_with_as_much_text_as_goes_is_cut_at_its_end(
        self, released: Program, github: FaultyGitHub
    ) -> None:
        github.release("v0.1.1").body = "- A change of many\n" * (LIMIT // 19)
        runs = [released("yank", "0.1.1", "--reason", "broken", "-x") for _ in range(2)]
        body = github.release("v0.1.1").body or ""

        assert ([0, 0], 1) == ([run.code for run in runs], edits(github))
        assert "> **0.1.1 was yanked**: broken\n" in body
        assert body.endswith(f"\nThe notes go on: {github.page}\n")
        assert len(body) <= LIMIT

    def test_follows_what_the_index_says_of_the_reason(
        self, released: Program, github: FaultyGitHub, index: EmbeddedIndex
    ) -> None:
        index.yank("demo", "0.1.1", "eats\nfiles")
        released("yank", "0.1.1", "-x")

        assert "**0.1.1 was yanked**: eats files\n" in github.release("v0.1.1").body

    def test_stands_in_the_document(self, released: Program, github: FaultyGitHub) -> None:
        told = json.loads(released("yank", "0.1.1", "-x", "--json").out)

        VALIDATOR.validate(told)
        assert ["applied", "applied"] == [step["state"] for step in told["stages"][0]["steps"]]
        assert "[YANKED] demo v0.1.1" == github.release("v0.1.1").name


class TestTrouble:
    """The rest is done, and running again does what is left."""

    def test_a_forge_that_is_down_comes_last_and_later(
        self, released: Program, github: FaultyGitHub, repo: Repository
    ) -> None:
        github.go_down()
        preview = released("yank", "0.1.1")
        run = released("yank", "0.1.1", "-x")
        github.heal()
        again = released("yank", "0.1.1", "-x")

        assert (0, True) == (preview.code, "[ ] mark the release v0.1.1 on GitHub" in preview.out)
        assert "gave no usable answer" in preview.out
        assert 6 == run.code
        assert "[x] write CHANGELOG.md: mark 0.1.1 as yanked\n" in run.out
        assert "(releasio explain forge-unreachable)" in run.err
        assert "[YANKED]" in repo.read("CHANGELOG.md")
        assert (0, "[YANKED] demo v0.1.1") == (again.code, github.release("v0.1.1").name)

    def test_a_token_that_may_not_write_is_named_after_the_rest(
        self, released: Program, github: FaultyGitHub, repo: Repository
    ) -> None:
        token = github.token("fine-grained", permissions={"contents": "read"})
        run = released("yank", "0.1.1", "-x", GITHUB_TOKEN=token)

        assert 5 == run.code
        assert "(releasio explain forge-forbids)" in run.err
        assert "[YANKED]" in repo.read("CHANGELOG.md")
        assert token not in run.out + run.err

    def test_without_a_token_it_is_left_alone(
        self, released: Program, github: FaultyGitHub, repo: Repository
    ) -> None:
        run = released("yank", "0.1.1", "-x", GITHUB_TOKEN="")

        assert 0 == run.code, run.err
        assert "[-] mark the release v0.1.1 on GitHub" in run.out
        assert "  (there is no token for GitHub" in run.out
        assert "[YANKED]" in repo.read("CHANGELOG.md")
        assert "demo v0.1.1" == github.release("v0.1.1").name


@pytest.mark.usefixtures("github")
class TestUnwanted:
    def test_is_not_spoken_of_where_no_releases_are_made_there(
        self, released: Program, repo: Repository
    ) -> None:
        repo.write(".releasio.toml", f"{repo.read('.releasio.toml')}releases = false\n")

        assert "GitHub" not in released("yank", "0.1.1").out


class TestOtherForges:
    """A release has title and text there, too; on GitLab it cannot be a pre-release."""

    def test_is_marked_once_on_gitlab(self, released: Program, repo: Repository) -> None:
        with FaultyGitLab(repo.path.with_name("origin.git"), "acme/demo") as gitlab:
            name_forge(repo, "gitlab", gitlab.url)
            made = httpx.post(
                f"{gitlab.url}/projects/acme%2Fdemo/releases",
                json={"tag_name": "v0.1.1", "name": "demo v0.1.1", "description": "- x"},
                headers={"PRIVATE-TOKEN": gitlab.token()},
            )
            runs = [released("yank", "0.1.1", "-x", GITLAB_TOKEN=gitlab.token()) for _ in range(2)]
            release = gitlab.release("v0.1.1")

        assert (201, [0, 0]) == (made.status_code, [run.code for run in runs]), runs[0].err
        assert ("[YANKED] demo v0.1.1", True) == (release.name, release.description.endswith("- x"))
        assert "as yanked  (done already)" in runs[1].out

    def test_is_marked_once_on_gitea(self, released: Program, repo: Repository) -> None:
        with FaultyGitea(repo.path.with_name("origin.git")) as gitea:
            name_forge(repo, "gitea", gitea.url)
            made = httpx.post(
                f"{gitea.url}/repos/acme/demo/releases",
                json={"tag_name": "v0.1.1", "name": "demo v0.1.1", "body": "- x"},
                headers={"Authorization": f"token {gitea.token()}"},
            )
            runs = [released("yank", "0.1.1", "-x", GITEA_TOKEN=gitea.token()) for _ in range(2)]
            release = gitea.release("v0.1.1")

        assert (201, [0, 0]) == (made.status_code, [run.code for run in runs]), runs[0].err
        assert ("[YANKED] demo v0.1.1", True) == (release.name, release.prerelease)
        assert "as yanked  (done already)" in runs[1].out
