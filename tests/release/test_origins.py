"""Notes with what a forge knows: logins, pull requests, titles and labels; and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.release.decision import Releases, decide
from releasio.release.forge.page_text import page_text
from tests.forges.github import FaultyGitHub
from tests.look import Look, set_version
from tests.standins.forge.test_github_merging import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.release.facts import Facts
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository


@pytest.fixture
def github(tmp_path: Path, project: Repository) -> Iterator[FaultyGitHub]:
    """demo 1.2.0, a feature of a pull request and a fix since; on a GitHub."""
    with FaultyGitHub(tmp_path / "remote.git") as github:
        project.git("switch", "--quiet", "--create", "topic")
        project.commit("wip", **{"demo.py": "sing = 1\n"})
        project.git("push", "--quiet", "origin", "topic")
        number = opened(github, "topic", "feat: sing in *parts*")
        github.merge(number, "squash")
        project.git("switch", "--quiet", "main")
        project.git("pull", "--quiet", "origin", "main")
        project.commit("fix: cough", **{"cough.py": ""})
        project.git("push", "--quiet", "origin", "main")
        yield github


def look(project: Repository, github: FaultyGitHub, index: EmbeddedIndex, **more: str) -> Look:
    look = Look(project.path, index.upload_url)
    look.env |= {
        "RELEASIO_GITHUB_KIND": "github",
        "RELEASIO_GITHUB_API_URL": github.url,
        "RELEASIO_GITHUB_OWNER": "acme",
        "RELEASIO_GITHUB_REPO": "demo",
        "GH_ENTERPRISE_TOKEN": github.token(),
        **more,
    }
    return look


def body(facts: Facts) -> str:
    decision = decide(facts)
    assert isinstance(decision, Releases)
    return page_text(facts, decision.releases[0], ()).body


def queries(github: FaultyGitHub) -> int:
    return sum(1 for one in github.log if one.path.endswith("graphql"))


def test_logins_and_pull_requests_are_named(
    project: Repository, github: FaultyGitHub, index: EmbeddedIndex
) -> None:
    github.account("bob", emails=("ada@example.org",))
    facts = look(project, github, index).facts()

    assert f"- cough by [@bob]({github.site}/bob)\n" in body(facts)
    assert [1] == [one.number for one in facts.origins.values() if one.number]
    assert 1 == queries(github)


def test_titles_and_labels_word_the_notes_where_it_is_set(
    project: Repository, github: FaultyGitHub, index: EmbeddedIndex
) -> None:
    facts = look(project, github, index, RELEASIO_CHANGELOG_USE_GITHUB_PRS="true").facts()
    decision = decide(facts)

    assert isinstance(decision, Releases)
    assert decision.releases[0].notes == (
        "### Added\n\n- sing in \\*parts\\* (#1)\n\n### Fixed\n\n- cough"
    )


def test_a_forge_that_is_down_is_a_note_and_the_notes_are_those_of_commits(
    project: Repository, github: FaultyGitHub, index: EmbeddedIndex
) -> None:
    seen = look(project, github, index)
    github.go_down()
    text = body(seen.facts())

    assert "- cough by " in text
    assert 1 == sum("named as the commits have them" in note for note in seen.screen.notes)


@pytest.mark.parametrize(
    "more",
    [
        {"RELEASIO_GITHUB_RELEASES": "false"},
        {"GH_ENTERPRISE_TOKEN": ""},
    ],
)
def test_nobody_is_asked_where_nothing_would_be_told(
    project: Repository, github: FaultyGitHub, index: EmbeddedIndex, more: dict[str, str]
) -> None:
    facts = look(project, github, index, **more).facts()

    assert {} == facts.origins
    assert 0 == queries(github)


def test_nobody_is_asked_where_nothing_is_to_be_released(
    project: Repository, github: FaultyGitHub, index: EmbeddedIndex
) -> None:
    set_version(project, "1.3.0")
    project.tag("v1.3.0")
    project.commit("docs: say more")
    project.git("push", "--quiet", "origin", "main", "v1.3.0")
    look(project, github, index, RELEASIO_PUBLISH_ENABLED="false").facts()

    assert 0 == queries(github)
