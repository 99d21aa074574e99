from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

from releasio.errors.index.answers import (
    DownloadDiffers,
    GarbledAnswer,
    IndexRefused,
    IndexUnreachable,
)
from releasio.rules.index.registry import Registry
from releasio.rules.index.simple import IndexFile
from tests.fakes.index import PRIVATE, FakeIndex

PAGE = "/simple/some-thing/"
FILE = "some_thing-1.0.tar.gz"
HTML = {"Content-Type": "text/html"}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def fake() -> FakeIndex:
    made = FakeIndex()
    made.list("some-thing", (FILE, b"one"), ("some_thing-1.1.tar.gz", b"two"))
    return made


class TestFiles:
    def test_are_those_of_the_version(self, fake: FakeIndex) -> None:
        assert (
            IndexFile(FILE, f"http://127.0.0.1:9/files/{FILE}", digest(b"one")),
        ) == fake.client().files("Some.Thing", "1.0")

    def test_are_asked_for_past_the_caches_and_in_json_first(self, fake: FakeIndex) -> None:
        fake.client().files("Some.Thing")

        (request,) = fake.requests
        assert request.url.path == PAGE
        assert request.headers["Cache-Control"] == "no-cache"
        assert request.headers["Accept"].startswith("application/vnd.pypi.simple.v1+json, ")

    def test_an_index_may_speak_html_only(self, fake: FakeIndex) -> None:
        text = f'<a href="/files/{FILE}#sha256={digest(b"one")}">x</a>'
        fake.fail(PAGE, httpx.Response(200, text=text, headers=HTML))

        assert (
            IndexFile(FILE, f"http://127.0.0.1:9/files/{FILE}", digest(b"one")),
        ) == fake.client().files("some-thing")

    def test_an_unknown_project_has_none(self, fake: FakeIndex) -> None:
        assert fake.client().files("other") is None

    def test_a_known_project_may_lack_the_version(self, fake: FakeIndex) -> None:
        assert fake.client().files("some-thing", "9") == ()

    def test_nobody_knows_where_to_ask(self) -> None:
        assert FakeIndex(Registry("x", PRIVATE.upload, None)).client().files("demo") is None

    def test_a_redirect_within_the_index_is_followed(self, fake: FakeIndex) -> None:
        fake.fail("/simple/old/", httpx.Response(301, headers={"Location": "../some-thing/"}))

        assert len(fake.client().files("old") or ()) == 2

    def test_an_index_that_sends_on_to_another_does_not_have_it(self, fake: FakeIndex) -> None:
        elsewhere = {"Location": "https://elsewhere.example.org/simple/other/"}
        fake.fail("/simple/other/", httpx.Response(302, headers=elsewhere))

        assert fake.client().files("other") is None
        assert len(fake.requests) == 1

    def test_a_circle_ends(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, *[httpx.Response(301, headers={"Location": PAGE})] * 9)

        with pytest.raises(IndexRefused, match="redirects without end"):
            fake.client().files("some-thing")

    def test_trouble_passes(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, httpx.Response(503), httpx.ReadError(""))

        assert len(fake.client().files("some-thing") or ()) == 2

    def test_whoever_used_up_our_patience_is_asked_once_from_then_on(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, *[httpx.ConnectError("refused")] * 6)
        client = fake.client()
        for _ in range(2):
            with pytest.raises(IndexUnreachable):
                client.files("some-thing")

        assert len(fake.asked(PAGE)) == 6

    @pytest.mark.parametrize("reply", [httpx.Response(503), httpx.ReadError("")])
    def test_who_has_no_time_asks_once(self, fake: FakeIndex, reply: object) -> None:
        fake.fail(PAGE, reply)
        client = fake.client()
        client.hurry(fake.clock())

        with pytest.raises(IndexUnreachable, match="private gave no usable answer: "):
            client.files("some-thing")
        assert [] == fake.clock.pauses

    def test_no_pause_goes_past_the_time_there_is(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, *[httpx.Response(503)] * 5)
        client = fake.client()
        client.hurry(fake.clock() + timedelta(seconds=4))

        with pytest.raises(IndexUnreachable, match="after 3 tries"):
            client.files("some-thing")
        assert sum(fake.clock.pauses) <= 4

    @pytest.mark.parametrize(
        ("asks", "told"),
        [
            ("5", "5 s"),
            ("86400", "86400 s"),
            ("99999999999999", "more than a day"),
            ("9" * 400, "more than a day"),
            ("Fri, 31 Dec 9999 23:59:59 GMT", "more than a day"),
        ],
        ids=range(5),
    )
    def test_an_index_that_asks_for_more_time_is_not_waited_for(
        self, fake: FakeIndex, asks: str, told: str
    ) -> None:
        fake.fail(PAGE, httpx.Response(429, headers={"Retry-After": asks}))
        client = fake.client()
        client.hurry(fake.clock() + timedelta(seconds=4))

        with pytest.raises(IndexUnreachable, match=f"it answered 429 and asks to wait {told}$"):
            client.files("some-thing")
        assert [] == fake.clock.pauses

    def test_a_moment_that_no_calendar_has_asks_for_nothing(self, fake: FakeIndex) -> None:
        asks = f"Fri, 02 Jan 2026 03:04:42 +{'9' * 20}"
        fake.fail(PAGE, httpx.Response(429, headers={"Retry-After": asks}))
        fake.client().files("some-thing")

        assert 1 == len(fake.clock.pauses)

    @pytest.mark.parametrize(
        ("seconds", "expected"), [(0, [15]), (20, [20]), (100, [60, 39])], ids=str
    )
    def test_no_request_waits_much_longer_than_there_is_time(
        self, fake: FakeIndex, seconds: int, expected: list[int]
    ) -> None:
        waited: list[float] = []

        def say_nothing(request: httpx.Request) -> httpx.Response:
            waited.append(request.extensions["timeout"]["read"])
            fake.clock.now += timedelta(seconds=waited[-1])
            raise lost

        lost = httpx.ReadTimeout("")
        fake.fail(PAGE, *[say_nothing] * 9)
        client = fake.client()
        client.requester.client.timeout = httpx.Timeout(60, connect=10)
        client.hurry(fake.clock() + timedelta(seconds=seconds))
        for _ in range(2):
            with pytest.raises(IndexUnreachable, match="no answer within the time allowed"):
                client.files("some-thing")

        assert pytest.approx(expected, abs=1) == waited

    def test_a_shorter_limit_stays(self, fake: FakeIndex) -> None:
        client = fake.client()
        client.requester.client.timeout = httpx.Timeout(None, connect=10)
        client.hurry(fake.clock() + timedelta(seconds=20))
        client.files("some-thing")

        (request,) = fake.requests
        limits = {"connect": 10, "read": 20, "write": 20, "pool": 20}
        assert limits == request.extensions["timeout"]

    def test_an_index_in_trouble_has_a_last_chance_when_the_time_is_over(
        self, fake: FakeIndex
    ) -> None:
        fake.fail(PAGE, httpx.Response(503))
        client = fake.client()
        client.hurry(fake.clock() + timedelta(seconds=0.5))
        seen = client.wait_until_visible("some-thing", "1.0", {FILE: digest(b"one")}, 0.5)

        assert seen.complete

    def test_an_answer_that_cannot_be_unpacked_is_tried_again(self, fake: FakeIndex) -> None:
        zipped = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        fake.fail(PAGE, httpx.Response(200, content=iter([b"not gzip"]), headers=zipped))

        assert len(fake.client().files("some-thing") or ()) == 2

    def test_an_address_that_is_none_is_said(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, *[httpx.Response(302, headers={"Location": "http://[::1"})] * 5)

        with pytest.raises(IndexUnreachable, match="Invalid URL in location header"):
            fake.client().files("some-thing")

    def test_a_refusal_is_said(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, httpx.Response(403, text="No entry"))

        with pytest.raises(IndexRefused) as caught:
            fake.client().files("some-thing")

        assert str(caught.value) == "http://127.0.0.1:9/simple/some-thing/ answered 403: No entry"
        assert caught.value.hint == "Check the registry's `index`; it must be readable from here."

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("application/json", '{"files": ['),
            ("application/json", '{"message": "hello"}'),
            ("application/json", "[]"),
            ("text/plain", "hello"),
        ],
    )
    def test_an_answer_that_is_no_index_page_is_said(
        self, fake: FakeIndex, kind: str, text: str
    ) -> None:
        fake.fail(PAGE, httpx.Response(200, text=text, headers={"Content-Type": kind}))

        with pytest.raises(GarbledAnswer) as caught:
            fake.client().files("some-thing")

        assert str(caught.value).startswith(
            "http://127.0.0.1:9/simple/some-thing/ answered 200 with something that is not the "
            "index's: "
        )
        assert caught.value.hint.startswith("Look for a proxy or login page")
        assert caught.value.exit_code == 6


class TestBytes:
    FOUND = IndexFile(FILE, f"http://127.0.0.1:9/files/{FILE}", digest(b"one"))
    PATH = f"/files/{FILE}"

    def test_a_hash_that_is_told_costs_nothing(self, fake: FakeIndex) -> None:
        assert digest(b"one") == fake.client().sha256_of(self.FOUND)
        assert fake.requests == []

    def test_a_hash_that_is_not_told_is_counted(self, fake: FakeIndex) -> None:
        fake.fail(self.PATH, httpx.Response(200, content=iter([b"one"])))

        assert digest(b"one") == fake.client().sha256_of(IndexFile(FILE, self.FOUND.url))

    def test_a_download_is_whole_and_right(self, fake: FakeIndex, tmp_path: Path) -> None:
        fake.fail(self.PATH, httpx.Response(200, content=iter([b"one"])))

        fake.client().download(self.FOUND, tmp_path / FILE)

        assert (tmp_path / FILE).read_bytes() == b"one"

    def test_a_download_that_breaks_off_begins_again(self, fake: FakeIndex, tmp_path: Path) -> None:
        def broken() -> Iterator[bytes]:
            yield b"o"
            raise lost

        lost = httpx.ReadError("")
        faults = [httpx.Response(503), httpx.Response(200, content=broken())]
        fake.fail(self.PATH, *faults, httpx.Response(200, content=iter([b"o", b"ne"])))

        fake.client().download(self.FOUND, tmp_path / FILE)

        assert (tmp_path / FILE).read_bytes() == b"one"
        assert len(fake.asked(self.PATH)) == 3

    def test_an_address_that_is_none_is_said(self, fake: FakeIndex) -> None:
        with pytest.raises(IndexUnreachable) as caught:
            fake.client().sha256_of(IndexFile(FILE, "http://[::1/x"))

        assert (
            "private gave no usable answer: an address of it is none (Invalid port: ':1')"
            == str(caught.value)
        )

    @pytest.mark.parametrize(
        ("reply", "error"),
        [
            (httpx.Response(200, content=iter([b"on"])), DownloadDiffers),
            (httpx.Response(404), IndexRefused),
            (httpx.Response(302, headers={"Location": PATH}), IndexUnreachable),
            (httpx.ReadError("broken"), IndexUnreachable),
        ],
    )
    def test_or_it_leaves_nothing(
        self,
        fake: FakeIndex,
        tmp_path: Path,
        reply: httpx.Response | Exception,
        error: type[Exception],
    ) -> None:
        fake.fail(self.PATH, *[reply] * 30)

        with pytest.raises(error):
            fake.client().download(self.FOUND, tmp_path / FILE)

        assert list(tmp_path.iterdir()) == []

    def test_other_bytes_than_the_page_says_are_told_as_that(
        self, fake: FakeIndex, tmp_path: Path
    ) -> None:
        fake.fail(self.PATH, httpx.Response(200, content=iter([b"on"])))

        with pytest.raises(DownloadDiffers) as caught:
            fake.client().download(self.FOUND, tmp_path / FILE)

        assert (
            f"{FILE} of private arrived with sha256 {digest(b'on')}, but its page says "
            f"{digest(b'one')}"
        ) == str(caught.value)
        assert (
            "Run again. If it stays so, look at what is between: a proxy, a mirror, its cache."
        ) == caught.value.hint


EXPECTED = {FILE: digest(b"one")}


class TestWaitUntilVisible:
    def test_it_is_there_at_once(self, fake: FakeIndex) -> None:
        seen = fake.client().wait_until_visible("some-thing", "1.0", EXPECTED, 60)

        assert (seen.visible, seen.missing, seen.different) == ((FILE,), (), {})
        assert fake.clock.pauses == []

    def test_it_appears(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, httpx.Response(404), httpx.Response(404), httpx.Response(404))

        seen = fake.client().wait_until_visible("some-thing", "1.0", EXPECTED, 60)

        assert seen.complete
        assert fake.clock.pauses == [1.0, 2.0, 4.0]

    def test_patience_ends(self, fake: FakeIndex) -> None:
        wanted = {FILE: digest(b"one"), "some_thing-1.0-py3-none-any.whl": "00"}

        seen = fake.client().wait_until_visible("some-thing", "1.0", wanted, 100)

        assert seen.missing == ("some_thing-1.0-py3-none-any.whl",)
        assert seen.visible == (FILE,)
        assert sum(fake.clock.pauses) == 100
        assert max(fake.clock.pauses) == 30

    def test_another_hash_does_not_get_better(self, fake: FakeIndex) -> None:
        seen = fake.client().wait_until_visible("some-thing", "1.0", {FILE: "00"}, 60)

        assert {FILE: digest(b"one")} == seen.different
        assert fake.clock.pauses == []

    def test_trouble_is_told_not_raised(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, *[httpx.Response(403, text="No entry")] * 3)

        seen = fake.client().wait_until_visible("some-thing", "1.0", EXPECTED, 2)

        assert seen.missing == (FILE,)
        assert seen.trouble.endswith("answered 403: No entry")

    def test_an_index_without_hashes_is_compared_by_its_bytes(self, fake: FakeIndex) -> None:
        text = f'<a href="/files/{FILE}#md5=00">x</a>'
        fake.fail(PAGE, httpx.Response(200, text=text, headers=HTML))
        fake.fail(f"/files/{FILE}", httpx.Response(200, content=iter([b"one"])))

        assert fake.client().wait_until_visible("some-thing", "1.0", EXPECTED, 0).complete
