"""GitHub on loopback: releases, their files, and who may change them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from releasio.standins.forge.github.github import FakeGitHub
    from releasio.standins.forge.github.tokens import Kind

JSON = dict[str, Any]


def client(github: FakeGitHub, token: str | None = None) -> httpx.Client:
    """Talk about the repository, with a token that may do all; empty: with none."""
    text = github.token() if token is None else token
    headers = {"Authorization": f"Bearer {text}"} if text else {}
    return httpx.Client(base_url=f"{github.url}/repos/{github.slug}", headers=headers)


def draft(here: httpx.Client, **fields: object) -> JSON:
    answer = here.post("/releases", json={"tag_name": "v1.2.0", "draft": True, **fields})
    data: JSON = answer.raise_for_status().json()
    return data


def upload(here: httpx.Client, release: JSON, name: str, data: bytes = b"data") -> httpx.Response:
    address = release["upload_url"].partition("{")[0]
    headers = {"Content-Type": "application/zip"}
    return here.post(address, params={"name": name}, content=data, headers=headers)


def test_a_draft_is_seen_by_those_who_may_write_and_by_nobody_else(github: FakeGitHub) -> None:
    with client(github) as ours, client(github, "") as theirs:
        draft(ours)

        assert 404 == ours.get("/releases/tags/v1.2.0").status_code
        assert ["v1.2.0"] == [one["tag_name"] for one in ours.get("/releases").json()]
        assert [] == theirs.get("/releases").json()


def test_publishing_makes_the_tag_that_is_missing(github: FakeGitHub) -> None:
    with client(github) as here:
        number = draft(here, tag_name="v9")["id"]
        tag_before = github.git.ref("refs/tags/v9")
        here.patch(f"/releases/{number}", json={"draft": False})

    assert None is tag_before
    assert github.git.commit_of("main") == github.git.ref("refs/tags/v9")


def test_one_tag_has_one_published_release(github: FakeGitHub) -> None:
    with client(github) as here:
        here.post("/releases", json={"tag_name": "v1.2.0"})
        answer = here.post("/releases", json={"tag_name": "v1.2.0"})

    assert 422 == answer.status_code
    assert [{"resource": "Release", "code": "already_exists", "field": "tag_name"}] == (
        answer.json()["errors"]
    )


def test_a_file_has_a_digest_and_another_host_gives_it_without_a_token(github: FakeGitHub) -> None:
    with client(github) as here:
        asset = upload(here, draft(here), "demo 1.zip").json()
        answer = here.get(asset["url"], headers={"Accept": "application/octet-stream"})
        data = httpx.get(answer.headers["Location"]).content

    assert ("demo.1.zip", "uploaded") == (asset["name"], asset["state"])
    assert f"sha256:{hashlib.sha256(b'data').hexdigest()}" == asset["digest"]
    assert b"data" == data


def test_an_immutable_release_takes_and_gives_no_files(github: FakeGitHub) -> None:
    github.settings.immutable_releases = True
    with client(github) as here:
        release = draft(here)
        asset = upload(here, release, "one.zip").json()
        here.patch(f"/releases/{release['id']}", json={"draft": False})
        added = upload(here, release, "two.zip")
        removed = here.delete(f"/releases/assets/{asset['id']}")
        renamed = here.patch(f"/releases/{release['id']}", json={"name": "other words"})

    assert (422, 422, 200) == (added.status_code, removed.status_code, renamed.status_code)
    assert "Cannot upload assets to an immutable release." == added.json()["message"]


def test_notes_have_an_end(github: FakeGitHub) -> None:
    with client(github) as here:
        fits = here.post("/releases", json={"tag_name": "v1", "draft": True, "body": "x" * 125_000})
        longer = here.post(
            "/releases", json={"tag_name": "v1", "draft": True, "body": "x" * 125_001}
        )

    assert (201, 422) == (fits.status_code, longer.status_code)
    assert (
        "body is too long (maximum is 125000 characters)" == (longer.json()["errors"][0]["message"])
    )


@pytest.mark.parametrize(
    ("releases", "newest"),
    [
        ([("v1.0", "legacy"), ("v2.0", "legacy"), ("v1.1", "legacy")], "v2.0"),
        ([("v2.0", "true"), ("v1.1", "false")], "v2.0"),
        ([("v2.0", "true"), ("v1.1", "true")], "v1.1"),
        ([("v1.0", "true"), ("v2.0rc1", "pre")], "v1.0"),
    ],
)
def test_the_newest_is_the_one_that_was_made_so(
    github: FakeGitHub, releases: list[tuple[str, str]], newest: str
) -> None:
    with client(github) as here:
        for tag, latest in releases:
            words = {"prerelease": True} if latest == "pre" else {"make_latest": latest}
            here.post("/releases", json={"tag_name": tag, **words}).raise_for_status()

        assert newest == here.get("/releases/latest").json()["tag_name"]


def test_lists_come_in_pages_that_lead_to_each_other(github: FakeGitHub) -> None:
    with client(github) as here:
        for number in range(5):
            draft(here, tag_name=f"v{number}")
        first = here.get("/releases", params={"per_page": 2})
        second = here.get(first.links["next"]["url"])
        last = here.get(second.links["last"]["url"])

    assert [2, 2, 1] == [len(page.json()) for page in (first, second, last)]
    assert {"first", "prev"} == set(last.links)


@pytest.mark.parametrize(
    ("kind", "what", "status", "message"),
    [
        ("classic", {"scopes": ("read:user",)}, 404, "Not Found"),
        ("classic", {"login": "stranger"}, 404, "Not Found"),
        (
            "fine-grained",
            {"permissions": {"contents": "read"}},
            403,
            "Resource not accessible by personal access token",
        ),
        (
            "job",
            {"permissions": {"contents": "read"}},
            403,
            "Resource not accessible by integration",
        ),
    ],
)
def test_a_token_that_may_not_write_is_refused_in_the_words_of_its_kind(
    github: FakeGitHub, kind: Kind, what: JSON, status: int, message: str
) -> None:
    with client(github, github.token(kind, **what)) as here:
        answer = here.post("/releases", json={"tag_name": "v1", "draft": True})

    assert (status, message) == (answer.status_code, answer.json()["message"])
    accepted = answer.headers.get("X-Accepted-GitHub-Permissions")
    assert (None if status == 404 else "contents=write") == accepted


def test_what_has_not_changed_costs_nothing(github: FakeGitHub) -> None:
    with client(github) as here:
        first = here.get("/releases")
        again = here.get("/releases", headers={"If-None-Match": first.headers["ETag"]})

    assert (304, b"") == (again.status_code, again.content)
    remaining = {one.headers["X-RateLimit-Remaining"] for one in (first, again)}
    assert 1 == len(remaining)


def test_no_request_is_left_when_the_limit_is_reached(github: FakeGitHub) -> None:
    token = github.token()
    github.limits.leave(token, 1)
    with client(github, token) as here:
        statuses = [here.get("/releases").status_code for _ in range(2)]

    assert [200, 403] == statuses
    assert "0" == github.log[-1].answer_headers["x-ratelimit-remaining"]


def test_the_log_holds_no_token(github: FakeGitHub) -> None:
    token = github.token()
    with client(github, token) as here:
        draft(here)

    assert token not in repr(github.log)
    assert "repos/create-release" == github.log[-1].operation
