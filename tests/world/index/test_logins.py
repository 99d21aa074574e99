"""Pages that need a login, and where a login never goes."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

import httpx
import pytest

from releasio.errors.index.answers import IndexRefused
from releasio.frozen import replace
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.rules.index.simple import IndexFile
from releasio.world.http.client import new_client
from releasio.world.index.index import Index
from releasio.world.index.logins import Logins
from tests.fakes.index import PRIVATE, FakeIndex
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from pathlib import Path

ADA = Credential("ada", Secret("a-long-password"), "RELEASIO_TOKEN_CORP")
OTHER = Credential("eve", Secret("another-password"), "~/.netrc")
FILE = "demo-1.0.tar.gz"
PAGE = "/simple/demo/"


@pytest.fixture
def fake() -> FakeIndex:
    made = FakeIndex()
    made.list("demo", (FILE, b"one"))
    made.pages[f"/files/{FILE}"] = httpx.Response(200, content=iter([b"one"]))
    made.close("ada", "a-long-password")
    return made


def shown(fake: FakeIndex) -> list[bool]:
    return ["Authorization" in request.headers for request in fake.requests]


class TestReading:
    def test_shows_a_login_when_the_index_wants_one(self, fake: FakeIndex) -> None:
        files = fake.client(ADA).files("demo")

        assert [FILE] == [file.name for file in files or ()]
        assert [False, True] == shown(fake)

    def test_shows_it_to_an_index_that_forbids_instead(self, fake: FakeIndex) -> None:
        fake.fail(PAGE, httpx.Response(403, text="Forbidden"))

        assert fake.client(ADA).files("demo")
        assert [False, True] == shown(fake)

    def test_reads_provenance_with_it(self, fake: FakeIndex) -> None:
        url = "http://127.0.0.1:9/files/provenance"
        fake.pages["/files/provenance"] = httpx.Response(200, json={"version": 1})

        assert {"version": 1} == fake.client(ADA).provenance(IndexFile(FILE, "", provenance=url))

    def test_shows_it_at_once_from_then_on(self, fake: FakeIndex, tmp_path: Path) -> None:
        client = fake.client(ADA)
        (file,) = client.files("demo") or ()
        client.download(file, tmp_path / FILE)

        assert b"one" == (tmp_path / FILE).read_bytes()
        assert [False, True, True] == shown(fake)

    def test_shows_the_next_one_where_one_is_not_taken(self, fake: FakeIndex) -> None:
        assert fake.client(OTHER, OTHER, ADA).files("demo")
        assert [False, True, True] == shown(fake)

    def test_shows_what_the_uploads_are_sent_with_first(self, fake: FakeIndex) -> None:
        client = fake.client(OTHER)
        client.read_with(ADA)

        assert client.files("demo")
        assert [False, True] == shown(fake)

    def test_never_shows_what_trusted_publishing_minted(self, fake: FakeIndex) -> None:
        client = fake.client(ADA)
        client.read_with(Credential("__token__", Secret("minted"), "x", trusted=True))

        assert client.files("demo")
        assert [False, True] == shown(fake)

    def test_asks_for_no_login_where_none_is_needed(self, fake: FakeIndex) -> None:
        fake.key = ""

        assert fake.client(ADA).files("demo")
        assert [False] == shown(fake)

    def test_says_what_was_not_taken_and_hides_it(self, fake: FakeIndex) -> None:
        def echo(request: httpx.Request) -> httpx.Response:
            return httpx.Response(401, text=f"not {request.headers.get('Authorization')}")

        fake.fail(PAGE, echo, echo)
        with pytest.raises(IndexRefused) as caught:
            fake.client(OTHER).files("demo")

        assert f"http://127.0.0.1:9{PAGE} answered 401: not Basic ***" == str(caught.value)
        assert (
            "Keep a login for that host in ~/.netrc or the keyring, or give the registry's own "
            "credential if it is for reading, too. To go on without reading: "
            "publish.check_existing_version = false. It did not take what these hold: ~/.netrc."
        ) == caught.value.hint

    def test_does_not_wait_for_files_that_need_a_login(self, fake: FakeIndex) -> None:
        seen = fake.client().wait_until_visible("demo", "1.0", {FILE: "00"}, 60)

        assert "answered 401: Who are you?" in seen.trouble
        assert [] == fake.clock.pauses


class TestReadingThatMayFail:
    def test_goes_on_without_and_says_so_once(self, fake: FakeIndex) -> None:
        client = fake.client(must_read=False)

        assert client.files("demo") is None
        assert client.files("other") is None
        assert client.is_closed
        (note,) = fake.screen.notes
        assert "/simple/demo/ answered 401: Who are you?. What private has is not known" in note
        assert "publish.check_existing_version = false" in note

    def test_goes_on_where_a_page_for_people_is_shown(self, fake: FakeIndex) -> None:
        login = httpx.Response(200, text="<title>Log in</title>", headers={"Content-Type": "x"})
        fake.fail(PAGE, login)

        assert fake.client(must_read=False).files("demo") is None

    def test_reads_what_can_be_read(self, fake: FakeIndex) -> None:
        assert fake.client(ADA, must_read=False).files("demo")
        assert [] == fake.screen.notes


class TestAnotherHost:
    def test_is_not_shown_what_the_uploads_are_sent_with(self) -> None:
        logins = Logins(replace(PRIVATE, upload="http://127.0.0.1:8/legacy/"))
        logins.read_with(ADA)

        assert not logins.another(f"http://127.0.0.1:9{PAGE}", 401, None)

    @pytest.mark.parametrize(
        "target",
        ["https://elsewhere.example/simple/demo/", "http://127.0.0.1:8/x/", "https://127.0.0.1:9/"],
    )
    def test_gets_no_login_by_a_redirect(self, fake: FakeIndex, target: str) -> None:
        def on(request: httpx.Request) -> httpx.Response:
            assert "Authorization" in request.headers
            return httpx.Response(302, headers={"Location": target})

        client = fake.client(ADA)
        client.files("demo")
        fake.fail("/simple/moved/", on)

        assert client.files("moved") is None
        assert {"127.0.0.1:9"} == {request.url.netloc.decode() for request in fake.requests}

    @pytest.mark.parametrize(
        "url",
        [
            "https://127.0.0.1:9/simple/demo/",
            "http://127.0.0.1:8/simple/demo/",
            "http://127.0.0.1.example:9/simple/demo/",
            "http://localhost:9/simple/demo/",
            "http://[::1",
        ],
    )
    def test_is_another_scheme_host_or_port(self, url: str) -> None:
        logins = Logins(PRIVATE, lambda: [ADA])
        logins.another(PAGE.join(["http://127.0.0.1:9", ""]), 401, None)

        assert ADA == logins.held("http://127.0.0.1:9/files/x")
        assert logins.held(url) is None
        assert not logins.another(url, 401, None)


@dataclass
class Recorder:
    """A host on a real socket; what came is the path and the header of each request."""

    moved: str = ""
    came: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                key = self.headers.get("Authorization", "")
                recorder.came.append((self.path, key))
                self.send_response(recorder.answer(key))
                self.send_header("Location", recorder.moved)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def answer(self, key: str) -> int:
        return 302 if self.moved and key else 401 if self.moved else 200

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_a_file_that_is_kept_elsewhere_is_fetched_from_there_without_the_login(
    tmp_path: Path,
) -> None:
    with Recorder() as store, Recorder(moved=f"{store.url}/{FILE}") as corp:
        registry = Registry("corp", f"{corp.url}/legacy/", f"{corp.url}/simple/")
        index = Index(
            registry,
            new_client({}),
            clock=lambda: datetime.now(UTC),
            sleep=lambda _: None,
            screen=Quiet(),
            logins=lambda: [ADA],
        )
        with closing(index):
            index.download(IndexFile(FILE, f"{corp.url}/files/{FILE}", None), tmp_path / FILE)

    assert ["", "Basic"] == [key[:5] for _, key in corp.came]
    assert [(f"/{FILE}", "")] == store.came
