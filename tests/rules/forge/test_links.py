"""The pages of a repository on five forges."""

from __future__ import annotations

import pytest

from releasio.config.tables.forge import GithubConfig
from releasio.rules.forge.links import UNRELEASED, Links, links_of

GITHUB = Links("github", "https://github.com/ada/demo")
GITLAB = Links("gitlab", "https://gitlab.com/group/sub/demo")
GITEA = Links("gitea", "https://codeberg.org/ada/demo")
BITBUCKET = Links("bitbucket", "https://bitbucket.org/ada/demo")
AZURE = Links("azure", "https://dev.azure.com/org/project/_git/demo")
ALL = (GITHUB, GITLAB, GITEA, BITBUCKET, AZURE)


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("git@github.com:ada/demo.git", GITHUB),
        ("https://gitlab.com/group/sub/demo", GITLAB),
        ("ssh://git@codeberg.org/ada/demo.git", GITEA),
        ("git@bitbucket.org:ada/demo.git", BITBUCKET),
        ("https://ada@bitbucket.org/ada/demo.git", BITBUCKET),
        ("https://org@dev.azure.com/org/project/_git/demo", AZURE),
        ("git@ssh.dev.azure.com:v3/org/project/demo", AZURE),
        ("org@vs-ssh.visualstudio.com:v3/org/project/demo", AZURE),
        ("https://org.visualstudio.com/project/_git/demo", AZURE),
        ("https://git.example.org/ada/demo", Links("github", "https://git.example.org/ada/demo")),
        ("/srv/git/demo.git", None),
        (None, None),
    ],
)
def test_are_those_of_the_forge_that_the_remote_is_on(
    remote: str | None, expected: Links | None
) -> None:
    assert expected == links_of(GithubConfig(), remote, {})


def test_are_those_that_the_settings_or_the_job_say() -> None:
    remote = "https://git.example.org/ada/demo"
    page = "https://git.example.org/ada/demo"
    job = {"CI_SERVER_URL": "https://git.example.org"}

    assert Links("gitea", page) == links_of(GithubConfig(kind="gitea"), remote, {})
    assert Links("gitlab", page) == links_of(GithubConfig(), remote, job)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (GITHUB, "/compare/v1...v2 /compare/v2...HEAD /releases/tag/v2 /commit/abc"),
        (GITLAB, "/-/compare/v1...v2 /-/compare/v2...HEAD /-/releases/v2 /-/commit/abc"),
        (GITEA, "/compare/v1...v2 /compare/v2...HEAD /releases/tag/v2 /commit/abc"),
        (
            BITBUCKET,
            "/branches/compare/v2%0Dv1 /branches/compare/HEAD%0Dv2 /src/v2/ /commits/abc",
        ),
        (
            AZURE,
            "/branchCompare?baseVersion=GTv1&targetVersion=GTv2 - ?version=GTv2 /commit/abc",
        ),
    ],
    ids=lambda value: value.pages if isinstance(value, Links) else "",
)
def test_of_versions_and_commits(links: Links, expected: str) -> None:
    addresses = (
        links.compare("v1", "v2"),
        links.compare("v2", UNRELEASED),
        links.tag("v2"),
        links.commit("abc"),
    )

    assert expected.split() == [text.removeprefix(links.page) or "-" for text in addresses]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (GITHUB, "/pull/12 /issues/12 /blob/v2/docs/a%20b.md"),
        (GITLAB, "/-/merge_requests/12 /-/issues/12 /-/blob/v2/docs/a%20b.md"),
        (GITEA, "/pulls/12 /issues/12 /src/tag/v2/docs/a%20b.md"),
        (BITBUCKET, "/pull-requests/12 /issues/12 /src/v2/docs/a%20b.md"),
        (
            AZURE,
            (
                "/pullrequest/12 https://dev.azure.com/org/project/_workitems/edit/12 "
                "?path=/docs/a%20b.md&version=GTv2"
            ),
        ),
    ],
    ids=lambda value: value.pages if isinstance(value, Links) else "",
)
def test_of_proposals_issues_and_files(links: Links, expected: str) -> None:
    addresses = (links.pull_request(12), links.issue(12), links.file("docs/a b.md", "v2"))

    assert expected.split() == [text.removeprefix(links.page) for text in addresses]


def test_of_people() -> None:
    people = [links.user("ada") for links in ALL]

    assert [
        "https://github.com/ada",
        "https://gitlab.com/ada",
        "https://codeberg.org/ada",
        "https://bitbucket.org/ada",
        "",
    ] == people
    assert "https://github.com/apps/dependabot" == GITHUB.user("dependabot[bot]")


@pytest.mark.parametrize(
    ("links", "reference", "page", "name"),
    [
        (GITHUB, "#12", "/pull/12", "#12"),
        (GITLAB, "!12", "/-/merge_requests/12", "!12"),
        (GITLAB, "#12", "/-/issues/12", "#12"),
        (AZURE, "!12", "/pullrequest/12", "PR 12"),
        (BITBUCKET, "#12", "/pull-requests/12", "#12"),
        (GITHUB, "12", "", "12"),
        (GITHUB, "#١٢", "", "#١٢"),
    ],
)
def test_of_what_commits_call_a_pull_request(
    links: Links, reference: str, page: str, name: str
) -> None:
    assert page == links.reference(reference).removeprefix(links.page)
    assert name == links.named(reference)


def test_nothing_of_a_name_breaks_out_of_an_address() -> None:
    assert "/releases/tag/v1%20%29%3Cb%3E%22" == GITHUB.tag('v1 )<b>"').removeprefix(GITHUB.page)
