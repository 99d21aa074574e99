from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Clock, Visitor
from tests.standins.packages import Package, sdist, wheel

if TYPE_CHECKING:
    from collections.abc import Callable

REPO = "octo/demo"
JSON = "application/vnd.pypi.simple.v1+json"


def broken(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except httpx.TransportError:
        return True
    return False


class TestBefore:
    """Nothing was done when it goes wrong."""

    @pytest.mark.parametrize("how", ["500-before", "503-before", "html", "429", "429-wait"])
    def test_an_answer_that_is_none(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, how: str
    ) -> None:
        index.fail(on="upload", how=how)
        answer = visitor.upload(wheel(), token)

        assert answer.status_code in {500, 503, 502, 429}
        assert {} == index.files("demo")
        assert 200 == visitor.upload(wheel(), token).status_code

    @pytest.mark.parametrize("how", ["reset-before", "reset-middle"])
    def test_a_broken_connection(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, how: str
    ) -> None:
        index.fail(on="upload", how=how)
        big = Package("x.whl", b"x" * 5_000_000, wheel().fields)

        assert broken(lambda: visitor.upload(big, token))
        assert [(None, how)] == [(request.status, request.fault) for request in index.log]
        assert [] == index.projects()

    def test_a_proxy_answers_with_its_own_page(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.fail(on="mint", how="html")
        answer = visitor.mint("x")

        assert (502, "text/html") == (
            answer.status_code,
            answer.headers["Content-Type"].partition(";")[0],
        )

    def test_too_many_requests_say_when_not(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="simple", how="429")
        answer = visitor.get("/simple/demo/")

        assert 429 == answer.status_code
        assert {"ratelimit", "ratelimit-policy"} <= set(answer.headers)
        assert "retry-after" not in answer.headers

    def test_or_say_when(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="simple", how="429-wait", seconds=7)
        answer = visitor.get("/simple/demo/")

        assert (429, "7") == (answer.status_code, answer.headers["Retry-After"])

    def test_a_network_asks_for_a_login(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.fail(on="upload", how="html-200")
        answer = visitor.upload(wheel(), token)

        assert 200 == answer.status_code
        assert answer.text.startswith("<!DOCTYPE html>")
        assert {} == index.files("demo")

    def test_no_answer_ever_comes(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="mint", how="timeout-before")

        with pytest.raises(httpx.ReadTimeout):
            visitor.http.post("/_/oidc/mint-token", json={"token": "x"}, timeout=0.2)
        assert [("timeout-before", None)] == [(r.fault, r.status) for r in index.log]


class TestAfter:
    """Everything was done, and nobody was told."""

    @pytest.mark.parametrize("how", ["500-after", "502-after"])
    def test_an_answer_that_is_wrong(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, how: str
    ) -> None:
        index.fail(on="upload", how=how)
        answer = visitor.upload(wheel(), token)

        assert int(how[:3]) == answer.status_code
        assert {wheel().filename: wheel().sha256} == index.files("demo")
        assert 200 == visitor.upload(wheel(), token).status_code

    def test_a_broken_connection(self, index: EmbeddedIndex, visitor: Visitor, token: str) -> None:
        index.fail(on="upload", how="reset-after")

        assert broken(lambda: visitor.upload(wheel(), token))
        assert {wheel().filename: wheel().sha256} == index.files("demo")

    def test_no_answer_ever_comes(self, index: EmbeddedIndex, visitor: Visitor, token: str) -> None:
        index.fail(on="upload", how="timeout-after")
        form, content = wheel().form(), {"content": (wheel().filename, wheel().data)}
        ask = {"data": form, "files": content, "auth": ("__token__", token), "timeout": 0.5}

        with pytest.raises(httpx.ReadTimeout):
            visitor.http.post("/legacy/", **ask)
        assert {wheel().filename: wheel().sha256} == index.files("demo")

    def test_an_answer_that_is_noise(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.fail(on="upload", how="garbage")
        answer = visitor.upload(wheel(), token)

        assert 200 == answer.status_code
        with pytest.raises(UnicodeDecodeError):
            answer.content.decode()
        assert {wheel().filename: wheel().sha256} == index.files("demo")

    def test_an_answer_that_breaks_off(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.fail(on="upload", how="cut")

        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
            visitor.upload(wheel(), token)
        assert {wheel().filename: wheel().sha256} == index.files("demo")

    def test_a_mint_whose_answer_is_lost_has_spent_the_token(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.trust("demo", repository=REPO, workflow="release.yml")
        job = index.issuer.job(repository=REPO)
        identity = visitor.identity(job)
        index.fail(on="mint", how="reset-after")

        assert broken(lambda: visitor.mint(identity))
        assert "invalid-reuse-token" == visitor.mint(identity).json()["errors"][0]["code"]
        assert 200 == visitor.mint(visitor.identity(job)).status_code

    @pytest.mark.parametrize("on", ["audience", "simple", "oidc"])
    def test_half_a_document(self, index: EmbeddedIndex, visitor: Visitor, on: str) -> None:
        index.fail(on=on, how="truncated")
        job = index.issuer.job(repository=REPO)
        ask: Callable[[], object] = {
            "audience": lambda: visitor.get("/_/oidc/audience").json(),
            "simple": lambda: visitor.get("/simple/", JSON).json(),
            "oidc": lambda: visitor.identity(job),
        }[on]

        with pytest.raises(json.JSONDecodeError):
            ask()
        assert ask()


class TestSlow:
    def test_takes_its_time(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="audience", how="slow", seconds=0.2)
        started = time.monotonic()
        answer = visitor.get("/_/oidc/audience")

        assert 200 == answer.status_code
        assert time.monotonic() - started >= 0.2

    def test_is_not_waited_for_at_the_end(self) -> None:
        with EmbeddedIndex() as index:
            index.fail(on="audience", how="slow", seconds=60)
            with pytest.raises(httpx.ReadTimeout):
                Visitor(index).http.get("/_/oidc/audience", timeout=0.1)
            started = time.monotonic()

        assert time.monotonic() - started < 5


class TestStale:
    def test_pages_show_the_past_for_a_while(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel(), token)
        index.fail(on="simple", how="stale", times=2)
        before = [self.names(visitor)]
        visitor.upload(sdist(), token)
        after = [self.names(visitor) for _ in range(3)]

        assert [[wheel().filename]] == before
        assert [1, 1, 2] == [len(names) for names in after]

    def test_pages_show_it_for_some_time(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, clock: Clock
    ) -> None:
        visitor.upload(wheel(), token)
        index.fail(on="simple", how="stale-for", seconds=300)
        clock.pass_by(hours=1)
        visitor.upload(sdist(), token)
        seen = [len(self.names(visitor))]
        for _ in range(2):
            clock.pass_by(seconds=150)
            seen.append(len(self.names(visitor)))

        assert [1, 1, 2] == seen

    def test_pages_do_not_know_a_new_project(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.fail(on="simple", how="stale")
        visitor.upload(wheel(), token)

        assert [404, 200] == [visitor.get("/simple/demo/").status_code for _ in range(2)]

    def names(self, visitor: Visitor) -> list[str]:
        page = visitor.get("/simple/demo/", JSON).json()
        return [file["filename"] for file in page["files"]]


class TestPlan:
    def test_counts_requests_of_its_kind(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="audience", how="500-before", times=2, after=1)
        visitor.get("/simple/")

        statuses = [visitor.get("/_/oidc/audience").status_code for _ in range(4)]
        assert [200, 500, 500, 200] == statuses

    def test_takes_one_fault_after_the_other(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="audience", how="500-before")
        index.fail(on="audience", how="503-before")

        statuses = [visitor.get("/_/oidc/audience").status_code for _ in range(3)]
        assert [500, 503, 200] == statuses

    def test_is_over_when_the_index_heals(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.fail(on="audience", how="500-before", times=9)
        before = visitor.get("/_/oidc/audience").status_code
        index.heal()

        assert (500, 200) == (before, visitor.get("/_/oidc/audience").status_code)

    @pytest.mark.parametrize(
        ("on", "how"), [("upload", "stale"), ("nothing", "slow"), ("mint", "odd")]
    )
    def test_refuses_what_it_does_not_know(self, index: EmbeddedIndex, on: str, how: str) -> None:
        with pytest.raises(ValueError, match=f"no fault '{how}' on '{on}'"):
            index.fail(on=on, how=how)
