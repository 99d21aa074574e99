"""What is true of every request to GitHub: where the token goes, and how long is waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeLimited, ForgeRefused, ForgeUnreachable
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.release import Asset, ReleaseText
from releasio.world.forge.github.api import graphql_of, uploads_of
from tests.fakes.scripted import document, scripted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world.forge.github.conftest import Desk

TEXT = ReleaseText("v1.2.0", "demo v1.2.0", "notes")


@pytest.mark.parametrize(
    ("api", "uploads", "graphql"),
    [
        ("https://api.github.com", "https://uploads.github.com", "https://api.github.com/graphql"),
        (
            "https://api.acme.ghe.com",
            "https://uploads.acme.ghe.com",
            "https://api.acme.ghe.com/graphql",
        ),
        (
            "https://git.acme.example/api/v3",
            "https://git.acme.example/api/uploads",
            "https://git.acme.example/api/graphql",
        ),
        ("https://proxy.example/x", "https://proxy.example/x", "https://proxy.example/x/graphql"),
    ],
)
def test_files_and_questions_go_where_the_interface_has_them(
    api: str, uploads: str, graphql: str
) -> None:
    place = ForgePlace("github", "github.com", "acme", "demo", api)

    assert (uploads, graphql) == (uploads_of(place), graphql_of(place))


class TestTimeouts:
    def test_what_was_done_before_the_time_was_up_is_not_done_again(self, desk: Desk) -> None:
        desk.github.fail("timeout-after", "repos/create-release")
        draft = desk.client(timeout=0.5).create_release(TEXT)

        assert [draft.id] == [str(one.id) for one in desk.github.state.releases]

    def test_who_never_answers_is_given_up_on(self, desk: Desk) -> None:
        desk.github.fail("timeout-before", times=10)
        with pytest.raises(ForgeUnreachable, match="no answer within the time allowed"):
            desk.client(timeout=0.2).release("v1.2.0")


def test_questions_in_graphql_have_a_limit_of_their_own_words(desk: Desk) -> None:
    token = desk.github.token()
    desk.github.limits.leave(token, 0, seconds=1800)
    with pytest.raises(ForgeLimited) as error:
        desk.client(token).origins(["f" * 40])

    assert "2026-11-29 12:30:00 UTC" in str(error.value)


@pytest.mark.parametrize(
    "fault", ["html", "html-200", "garbage", "truncated", "429", "reset-middle"]
)
def test_what_stands_in_the_way_once_is_passed_by(desk: Desk, wheel: Path, fault: str) -> None:
    client = desk.client()
    draft = client.create_release(TEXT)
    desk.github.fail(fault, "repos/upload-release-asset")
    asset = client.upload_asset(draft, wheel, wheel.name)

    assert [asset.id] == [str(one.id) for one in desk.github.release("v1.2.0").assets]


def test_a_token_that_is_echoed_is_shown_to_nobody(desk: Desk) -> None:
    token = desk.github.token()

    body = f'{{"message": "no {token} here", "errors": [{{"message": "{token[:20]}"}}]}}'
    with scripted(document(body, 422)) as echo, pytest.raises(ForgeRefused) as error:
        desk.client(token, api=echo.url).create_release(TEXT)

    assert token[4:20] not in str(error.value)
    assert "no *** here" in str(error.value)


def test_the_token_goes_to_no_other_host(desk: Desk, wheel: Path) -> None:
    with scripted(document("elsewhere")) as elsewhere:
        moved = document(status=302, Location=f"{elsewhere.url}/file")
        with scripted(moved) as home:
            client = desk.client(api=home.url)
            client.sha256_of(Asset(wheel.name, 9, None, "7", f"{home.url}/7"))

    assert "authorization" in home.asked[0].headers
    assert ["/file"] == [one.path for one in elsewhere.asked]
    assert "authorization" not in elsewhere.asked[0].headers


def test_a_repository_that_was_renamed_is_still_read(desk: Desk) -> None:
    moved = document(status=301, Location="/repositories/7/releases/tags/v1.2.0")
    with scripted(moved, document(status=404), document("[]")) as home:
        release = desk.client(api=home.url).release("v1.2.0")

    assert None is release
    assert "/repositories/7/releases/tags/v1.2.0" == home.asked[1].path


def test_a_branch_of_that_name_in_a_fork_is_not_ours(desk: Desk) -> None:
    ends = '"head": {"ref": "topic", "repo": %s}, "base": {"ref": "main", "repo": {"id": 1}}'
    forks = ", ".join("{%s}" % (ends % repo) for repo in ('{"id": 2}', "null"))
    with scripted(document(f"[{forks}]")) as home:
        assert () == desk.client(api=home.url).pull_requests("topic")
