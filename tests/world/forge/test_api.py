"""What every client of a forge does: send, wait, keep the token to itself, and understand."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Response

from releasio.errors.forge.answers import (
    ForgeForbids,
    ForgeLimited,
    ForgeNotFound,
    ForgeRefused,
    ForgeUnreachable,
)
from releasio.rules.credentials.secret import Secret
from releasio.rules.forge.place import ForgePlace
from releasio.world.forge.api import HIDDEN, Api
from releasio.world.forge.exchange import Exchange
from releasio.world.http.client import new_client
from releasio.world.http.requester import Requester
from tests.fakes.screen import Quiet
from tests.fakes.scripted import RESET, document, scripted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TOKEN = "forge-token-of-nobody"


class Pauses(list[float]):
    """What was waited for."""


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def connected(pauses: Pauses) -> Iterator[Callable[[str], Api]]:
    apis: list[Api] = []

    def connect(url: str) -> Api:
        place = ForgePlace("gitea", "git.example", "acme", "demo", f"{url}/api/v1")
        requester = Requester(
            new_client({}, timeout=5), lambda: NOW, pauses.append, Quiet(), until=None
        )
        exchange = Exchange(
            place, requester, {"Accept": "application/json"}, ("X-Token", "t "), Secret(TOKEN)
        )
        apis.append(Api(exchange, lambda status, _sentence: f"hint for {status}"))
        return apis[-1]

    yield connect
    for api in apis:
        api.close()


Connected = "Callable[[str], Api]"


class TestSending:
    def test_what_is_read_is_asked_again_until_it_is_answered(
        self, connected: Connected, pauses: Pauses
    ) -> None:
        with scripted(RESET, Response("no", 502), document('{"id": 7}')) as server:
            answer = connected(server.url).get("/user", lambda user: user["id"])

        assert 7 == answer
        assert 2 == len(pauses)

    def test_what_changes_something_arrives_once(
        self, connected: Connected, pauses: Pauses
    ) -> None:
        with scripted(RESET) as server, pytest.raises(ForgeUnreachable) as failure:
            connected(server.url).change("POST", "/releases", "make a release", {})

        assert 1 == len(server.asked)
        assert [] == pauses
        assert "Gitea (git.example) gave no usable answer" in failure.value.message

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_nor_is_it_sent_again_after_an_error_of_the_server(
        self, connected: Connected, status: int
    ) -> None:
        with scripted(Response("", status)) as server, pytest.raises(ForgeUnreachable):
            connected(server.url).change("POST", "/releases", "make a release", {})

        assert 1 == len(server.asked)

    def test_what_was_turned_away_for_haste_is_sent_again(
        self, connected: Connected, pauses: Pauses
    ) -> None:
        with scripted(document("{}", 429, Retry_After="3"), document("{}", 201)) as server:
            connected(server.url).change("POST", "/releases", "make a release", {"a": 1})

        assert [b'{"a":1}'] * 2 == [asked.body for asked in server.asked]
        assert [3.0] == pauses

    def test_the_end_of_a_limit_may_be_a_moment(self, connected: Connected, pauses: Pauses) -> None:
        moment = str(int(NOW.timestamp()) + 40)
        with scripted(document("{}", 429, RateLimit_Reset=moment), document()) as server:
            connected(server.url).get("/user", dict)

        assert [40.0] == pauses

    def test_nobody_waits_for_an_hour(self, connected: Connected, pauses: Pauses) -> None:
        moment = str(int(NOW.timestamp()) + 3600)
        with (
            scripted(document("{}", 429, RateLimit_Reset=moment)) as server,
            pytest.raises(ForgeLimited) as limit,
        ):
            connected(server.url).get("/user", dict)

        assert (
            "Gitea (git.example) takes no more requests of this token until 2026-11-29 13:00:00 UTC"
            == limit.value.message
        )
        assert "Run the same command again then" in limit.value.hint
        assert [] == pauses

    def test_who_is_down_is_not_asked_five_times_for_each_thing(self, connected: Connected) -> None:
        with scripted(Response("", 503)) as server:
            api = connected(server.url)
            for _ in range(2):
                with pytest.raises(ForgeUnreachable):
                    api.get("/user", dict)

        assert 5 + 1 == len(server.asked)

    def test_nobody_there(self, connected: Connected) -> None:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        with pytest.raises(ForgeUnreachable) as failure:
            connected(f"http://127.0.0.1:{port}").get("/user", dict)

        assert "after 5 tries" in failure.value.message
        assert "Run the same command again in a while." == failure.value.hint


class TestTheToken:
    def test_it_follows_a_redirect_on_its_own_host(self, connected: Connected) -> None:
        with scripted(
            Response("", 301, headers={"Location": "/api/v1/repositories/7"}), document()
        ) as server:
            connected(server.url).get("/repos/acme/old", dict)

        assert [f"t {TOKEN}"] * 2 == [asked.headers["x-token"] for asked in server.asked]

    def test_it_never_leaves_it(self, connected: Connected) -> None:
        with scripted(document()) as other:
            away = Response("", 302, headers={"Location": f"{other.url}/elsewhere"})
            with scripted(away) as server:
                connected(server.url).get("/repos/acme/demo", dict)

        assert TOKEN in server.asked[0].headers["x-token"]
        assert "x-token" not in other.asked[0].headers

    def test_nor_does_it_with_a_download(self, connected: Connected) -> None:
        with scripted(Response(b"contents")) as store:
            away = Response("", 302, headers={"Location": f"{store.url}/bucket"})
            with scripted(away) as server:
                digest = connected(server.url).sha256(f"{server.url}/attachments/7")

        assert sha256(b"contents").hexdigest() == digest
        assert "x-token" not in store.asked[0].headers

    @pytest.mark.parametrize("status", [400, 401, 403, 409, 500])
    def test_no_error_repeats_it(self, connected: Connected, status: int) -> None:
        echo = document(f'{{"message": "what is {TOKEN}?"}}', status)
        with scripted(echo) as server, pytest.raises(Exception, match=r"what is \*\*\*") as refusal:
            connected(server.url).change("POST", "/releases", "make a release", {})

        assert TOKEN not in repr(refusal.value)
        assert TOKEN not in str(refusal.value.__context__)


class TestMeaning:
    def test_pages_are_followed_by_number_wherever_the_address_points(
        self, connected: Connected
    ) -> None:
        link = '<https://inner.example/api/v1/tags?page=2&limit=50>; rel="next"'
        with scripted(document("[1, 2]", Link=link), document("[3]")) as server:
            items = list(connected(server.url).each("/tags", int, {"limit": 50}))

        assert [1, 2, 3] == items
        assert {"page": "2", "limit": "50"} == server.asked[1].query

    def test_gitlab_says_the_number_itself(self, connected: Connected) -> None:
        with scripted(document("[1]", X_Next_Page="2"), document("[2]", X_Next_Page="")) as server:
            items = list(connected(server.url).each("/tags", int))

        assert [1, 2] == items

    def test_a_list_without_end_is_read_no_further(self, connected: Connected) -> None:
        with scripted(document("[1]", X_Next_Page="2")) as server:
            items = list(connected(server.url).each("/tags", int, pages=3))

        assert [1, 1, 1] == items

    def test_what_is_not_there_is_nothing(self, connected: Connected) -> None:
        with scripted(document('{"message": "Not Found"}', 404)) as server:
            api = connected(server.url)
            answer = api.find("/releases/tags/v1", dict)
            with pytest.raises(ForgeNotFound) as failure:
                api.get("/repos/acme/demo", dict)

        assert answer is None
        assert (
            "Gitea (git.example) shows no repository acme/demo to this token"
            == failure.value.message
        )

    def test_what_is_hidden_may_be_nothing_too(self, connected: Connected) -> None:
        with scripted(document('{"message": "no"}', 403)) as server:
            api = connected(server.url)
            answer = api.find("/push_rule", dict, nothing=HIDDEN)
            with pytest.raises(ForgeForbids) as failure:
                api.find("/push_rule", dict)

        assert answer is None
        assert "does not let this token read the repository: no" in failure.value.message
        assert "hint for 403" == failure.value.hint

    def test_a_refusal_is_in_the_words_of_the_forge(self, connected: Connected) -> None:
        body = '{"message": {"base": ["Branch is gone"], "title": ["is too long"]}}'
        with scripted(document(body, 422)) as server, pytest.raises(ForgeRefused) as failure:
            connected(server.url).change("POST", "/pulls", "open a pull request", {})

        assert (
            "Gitea (git.example) refused to open a pull request (422): "
            "Branch is gone; title is too long" == failure.value.message
        )
        assert "hint for 422" == failure.value.hint

    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            (Response("<form>log in</form>", mimetype="text/html"), "a page for people"),
            (document('{"id": '), "no JSON"),
            (document('{"no": 1}'), "is not understood (KeyError)"),
            (document("[]"), "is not understood (TypeError)"),
            (document("null"), "is not understood (TypeError)"),
            (Response("", 302, headers={"Location": "/again"}), "redirects without end"),
            (
                Response("", 302, headers={"Location": "http://x:port/"}),
                "Invalid URL in location header",
            ),
        ],
    )
    def test_an_answer_that_is_none_says_so(
        self, connected: Connected, answer: Response, problem: str
    ) -> None:
        with scripted(answer) as server, pytest.raises(ForgeUnreachable) as failure:
            connected(server.url).get("/user", lambda user: user["id"])

        assert problem in failure.value.message

    def test_a_change_of_a_repository_that_moved_is_refused(self, connected: Connected) -> None:
        moved = Response("", 307, headers={"Location": "/api/v1/repos/acme/new"})
        with scripted(moved) as server, pytest.raises(ForgeUnreachable, match="it answered 307"):
            connected(server.url).change("POST", "/releases", "make a release", {})

        assert 1 == len(server.asked)


class TestFiles:
    def test_a_file_is_the_whole_body(self, connected: Connected, tmp_path: Path) -> None:
        file = tmp_path / "demo.whl"
        file.write_bytes(b"wheel" * 50_000)
        with scripted(document('{"id": 7}', 201)) as server:
            answer = connected(server.url).upload("PUT", "/files/demo.whl", file, dict)

        assert {"id": 7} == answer
        assert file.read_bytes() == server.asked[0].body
        assert "application/octet-stream" == server.asked[0].headers["content-type"]

    def test_or_a_part_of_a_form(self, connected: Connected, tmp_path: Path) -> None:
        file = tmp_path / "demo.whl"
        file.write_bytes(b"wheel")
        with scripted(document('{"id": 7}', 201)) as server:
            connected(server.url).upload(
                "POST", "/assets", file, dict, field="attachment", name="d.whl", params={"n": "x"}
            )

        assert b'name="attachment"; filename="d.whl"' in server.asked[0].body
        assert {"n": "x"} == server.asked[0].query

    def test_it_is_sent_again_as_a_whole_after_a_limit(
        self, connected: Connected, tmp_path: Path
    ) -> None:
        file = tmp_path / "demo.whl"
        file.write_bytes(b"wheel")
        limit = document("{}", 429, Retry_After="1")
        with scripted(limit, document('{"id": 7}', 201)) as server:
            connected(server.url).upload("PUT", "/files/demo.whl", file, dict)

        assert [b"wheel", b"wheel"] == [asked.body for asked in server.asked]

    def test_a_download_that_breaks_is_begun_anew(self, connected: Connected) -> None:
        cut = Response(b"cont")
        cut.headers["Content-Length"] = "8"
        with scripted(cut, Response(b"contents")) as server:
            digest = connected(server.url).sha256(f"{server.url}/attachments/7")

        assert sha256(b"contents").hexdigest() == digest

    def test_a_download_that_is_not_there(self, connected: Connected) -> None:
        with scripted(Response("", 404)) as server, pytest.raises(ForgeUnreachable, match="404"):
            connected(server.url).sha256(f"{server.url}/attachments/7")
