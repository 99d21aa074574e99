"""What a token may do on GitHub, before anything is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from releasio.standins.forge.github.state import Role
    from releasio.standins.forge.github.tokens import Kind
    from tests.world.forge.github.conftest import Desk

ALL = {"contents", "pull-requests", "issues", "workflows"}
IN_A_JOB = {"GITHUB_ACTIONS": "true"}


@pytest.mark.parametrize(
    ("scopes", "role", "granted"),
    [
        (("repo", "workflow"), "write", ALL),
        (("repo",), "admin", ALL - {"workflows"}),
        (("public_repo",), "write", ALL - {"workflows"}),
        (("repo", "workflow"), "triage", {"issues"}),
        (("repo", "workflow"), "read", set()),
        (("gist",), "admin", set()),
        ((), "admin", set()),
    ],
)
def test_a_classic_token_has_what_its_scopes_and_its_owner_have(
    desk: Desk, scopes: tuple[str, ...], role: Role, granted: set[str]
) -> None:
    desk.github.account("bob", role=role)
    rights = desk.client(desk.github.token(login="bob", scopes=scopes)).rights()

    assert ("classic", "bob", "GITHUB_TOKEN") == (rights.kind, rights.login, rights.source)
    assert (granted, ALL - granted) == (set(rights.granted), set(rights.missing))


def test_a_scope_for_public_repositories_is_none_for_a_private_one(desk: Desk) -> None:
    desk.github.settings.private = True
    rights = desk.client(desk.github.token(scopes=("public_repo",))).rights()

    assert set() == set(rights.granted)


@pytest.mark.parametrize(
    ("permissions", "granted", "missing"),
    [
        ({"contents": "write", "pull_requests": "write"}, {"contents", "pull-requests"}, set()),
        ({"contents": "write"}, {"contents"}, {"pull-requests"}),
        ({"contents": "read"}, set(), {"contents", "pull-requests"}),
    ],
)
@pytest.mark.parametrize("kind", ["fine-grained", "job", "app"])
def test_other_tokens_are_asked_by_requests_that_do_nothing(
    desk: Desk, kind: Kind, permissions: dict[str, str], granted: set[str], missing: set[str]
) -> None:
    refs = desk.github.git.refs()
    token = desk.github.token(kind, permissions=permissions, login="ada")
    rights = desk.client(token, env=IN_A_JOB if kind == "job" else {}).rights()

    assert kind == rights.kind
    assert granted == set(rights.granted)
    assert missing | ({"workflows"} if kind == "job" else set()) == set(rights.missing)
    assert (refs, []) == (desk.github.git.refs(), desk.github.state.pulls)


def test_a_jobs_own_token_is_known_by_whose_it_is(desk: Desk) -> None:
    rights = desk.client(desk.github.job_token()).rights()

    assert ("job", "github-actions[bot]") == (rights.kind, rights.login)
