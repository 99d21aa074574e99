"""Answers without end, and answers that are no answers: each is given up, in memory and in time."""

from __future__ import annotations

import socket
import threading
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import httpx
import pytest

from releasio.errors.index.answers import GarbledAnswer, IndexRefused, IndexUnreachable
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.rules.index.simple import IndexFile
from releasio.world.build.metadata import upload_fields
from releasio.world.ci.identity import GitHubIdentity
from releasio.world.http.bounded import BoundedClient, EndlessAnswer, Limits, pieces
from releasio.world.index.index import Index
from tests.fakes.foreign import AS_ADA
from tests.fakes.index import FakeIndex
from tests.fakes.screen import Quiet
from tests.fakes.wheels import sha256, wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = "/simple/demo/"
HTML = {"Content-Type": "text/html"}
SMALL = Limits(size=1 << 20, error_size=1 << 10, seconds=0.3)
LATE = r"its answer did not end within 0\.3 s"
UNPACKED = 256 << 20  # bytes that the bomb would take; it is sent as a quarter of a million


def bomb() -> Iterator[bytes]:
    packing = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    for _ in range(UNPACKED >> 20):
        yield packing.compress(bytes(1 << 20))
    yield packing.flush()


@dataclass
class Dripping:
    """A server that sends *head*, and then *drop* again and again until nobody listens."""

    head: bytes
    drop: bytes
    pause: float = 0.0
    came: int = field(default=0, init=False)

    def __enter__(self) -> Self:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(0.02)
        self._over = threading.Event()
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        # a thread that still waits at a closed door would take the guests of the next
        # server that gets the same file descriptor
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._door.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            with suppress(TimeoutError):
                guest, _ = self._door.accept()
                self.came += 1
                self._threads.append(threading.Thread(target=self._answer, args=(guest,)))
                self._threads[-1].start()

    def _answer(self, guest: socket.socket) -> None:
        guest.settimeout(5)
        with guest, suppress(OSError):
            guest.recv(1 << 16)
            guest.sendall(self.head)
            while not self._over.wait(self.pause):
                guest.sendall(self.drop)


def index_at(url: str) -> Index:
    """Return our client of the index at *url*, with little patience."""
    return Index(
        Registry("corp", f"{url}/legacy/", f"{url}/simple/"),
        BoundedClient(limits=SMALL, trust_env=False, timeout=0.25),
        clock=lambda: datetime.now(UTC),
        sleep=lambda _: None,
        screen=Quiet(),
    )


def refusal(index: Index) -> str:
    with pytest.raises(IndexRefused) as caught:
        index.files("demo")
    return str(caught.value)


def head(status: str = "200 OK", *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


READERS: dict[str, Callable[[Index], object]] = {
    "page": lambda index: index.files("demo"),
    "audience": lambda index: index.audience(),
    "mint": lambda index: index.mint(lambda: Secret("a.b.c"), "demo"),
    "identity": lambda index: GitHubIdentity(
        f"{index.registry.origin}/id?x=y", Secret("request-token"), "corp", index.requester
    ).fetch(),
    "provenance": lambda index: index.provenance(
        IndexFile("demo-1.0.tar.gz", "http://127.0.0.1/", provenance=f"{index.registry.origin}/p")
    ),
}


@pytest.mark.parametrize("reader", READERS)
class TestWithoutEnd:
    def test_a_byte_now_and_then_is_not_waited_for(self, reader: str) -> None:
        sent = head("200 OK", "Content-Type: application/json")
        with Dripping(sent, b" ", 0.02) as server, closing(index_at(server.url)) as index:
            with pytest.raises(IndexUnreachable, match=LATE):
                READERS[reader](index)
            assert 1 == server.came

    def test_nor_is_a_header_line_now_and_then(self, reader: str) -> None:
        sent = head()[:-2]
        with Dripping(sent, b"x: y\r\n", 0.02) as server, closing(index_at(server.url)) as index:
            with pytest.raises(IndexUnreachable, match=LATE):
                READERS[reader](index)
            assert 1 == server.came

    def test_more_than_any_answer_has_is_not_read(self, reader: str) -> None:
        sent = head("200 OK", "Content-Type: application/json")
        with Dripping(sent, bytes(1 << 16)) as server, closing(index_at(server.url)) as index:
            with pytest.raises(IndexUnreachable, match="its answer has more than 1,048,576 bytes"):
                READERS[reader](index)
            assert 1 == server.came


def test_an_answer_to_an_upload_is_read_no_further_either(tmp_path: Path) -> None:
    path, sent = wheel(tmp_path), head("200 OK", "Content-Type: application/json")
    with Dripping(sent, bytes(1 << 16)) as server, closing(index_at(server.url)) as index:
        with pytest.raises(IndexUnreachable, match="its answer has more than 1,048,576 bytes"):
            index.upload(path, upload_fields(path), lambda _: AS_ADA, sha256=sha256(path))
        assert 1 == server.came


class TestAnErrorWithoutEnd:
    def test_is_told_by_its_beginning(self) -> None:
        sent = head("403 Forbidden", "Content-Type: text/plain") + b"No entry\n"
        with Dripping(sent, bytes(1 << 16)) as server, closing(index_at(server.url)) as index:
            assert "answered 403: No entry" in refusal(index)

    def test_is_not_waited_for(self) -> None:
        sent = head("403 Forbidden", "Content-Type: text/plain") + b"No entry"
        with Dripping(sent, b" ", 0.02) as server, closing(index_at(server.url)) as index:
            assert "answered 403: No entry" in refusal(index)


class TestPacked:
    @pytest.mark.parametrize(("status", "most"), [(200, SMALL.size), (500, SMALL.error_size)])
    def test_to_burst_is_unpacked_no_further_than_it_is_read(self, status: int, most: int) -> None:
        packed = {"Content-Encoding": "gzip"}
        sent: list[int] = []

        def answer(_: httpx.Request) -> httpx.Response:
            return httpx.Response(status, content=counted(sent), headers=packed)

        client = BoundedClient(limits=SMALL, transport=httpx.MockTransport(answer))
        if status == 200:
            with pytest.raises(EndlessAnswer, match="more than 1,048,576 bytes"):
                client.get("http://127.0.0.1/")
        else:
            assert most == len(client.get("http://127.0.0.1/").content)

        assert sum(sent) < 1 << 16  # of a quarter of a million

    @pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "\x1b[2J"])
    def test_in_a_way_that_nobody_asked_for_is_not_unpacked(self, packing: str) -> None:
        fake = FakeIndex()
        packed = {"Content-Encoding": packing, **HTML}
        fake.fail(PAGE, *[httpx.Response(200, content=iter([b"x"]), headers=packed)] * 5)

        with pytest.raises(IndexUnreachable, match="the answer is not compressed as it says"):
            fake.client().files("demo")

    def test_as_it_should_be_is_read(self) -> None:
        text = zlib.compress(b"<a href='/files/demo-1.0.tar.gz'>x</a>")
        fake = FakeIndex()
        packed = {"Content-Encoding": "deflate", **HTML}
        fake.fail(PAGE, httpx.Response(200, content=iter([text]), headers=packed))

        assert ["demo-1.0.tar.gz"] == [file.name for file in fake.client().files("demo") or ()]


def counted(sent: list[int]) -> Iterator[bytes]:
    for chunk in bomb():
        sent.append(len(chunk))
        yield chunk


class TestAFile:
    def test_longer_than_the_index_says_is_not_written_down(self, tmp_path: Path) -> None:
        fake = FakeIndex()
        fake.fail("/files/x", httpx.Response(200, content=iter([b"one", b"two"])))
        file = IndexFile("demo-1.0.tar.gz", "http://127.0.0.1:9/files/x", size=4)

        with pytest.raises(IndexUnreachable, match="its answer has more than 4 bytes"):
            fake.client().download(file, tmp_path / file.name)
        assert [] == [*tmp_path.iterdir()]

    def test_that_comes_too_slowly_is_not_waited_for(self) -> None:
        request = httpx.Request("GET", "http://127.0.0.1/", extensions={"total": -1.0})
        response = httpx.Response(200, content=iter([b"one"]), request=request)

        with pytest.raises(EndlessAnswer, match="did not end within -1 s"):
            list(pieces(response, 100))

    def test_is_not_fetched_where_https_sends_on_to_http(self, tmp_path: Path) -> None:
        registry = Registry("corp", "https://corp.example/up/", "https://corp.example/simple/")
        fake = FakeIndex(registry)
        fake.fail("/files/x", httpx.Response(302, headers={"Location": "http://corp.example/y"}))
        file = IndexFile("demo-1.0.tar.gz", "https://corp.example/files/x")

        with pytest.raises(IndexUnreachable, match="it sends on from https to http"):
            fake.client().download(file, tmp_path / file.name)


class TestAPage:
    @pytest.mark.parametrize(
        "text",
        [
            "<![x",
            "<![if gte mso 9]>",
            "<![CDATA[",
            "<!DOCTYPE [<!x",
            "<!-",
            "<!",
            "<a href='//['>x",
        ],
    )
    @pytest.mark.parametrize("closed", ["", "]]>", ">"])
    def test_that_is_broken_is_named_or_read(self, text: str, closed: str) -> None:
        fake = FakeIndex()
        fake.fail(PAGE, httpx.Response(200, text=f"{text}{closed}", headers=HTML))

        found: object = ()
        with suppress(GarbledAnswer):
            found = fake.client().files("demo")

        assert () == found

    def test_with_a_declaration_of_no_html_is_named(self) -> None:
        fake = FakeIndex()
        fake.fail(PAGE, httpx.Response(200, text="<![x]]>", headers=HTML))

        with pytest.raises(GarbledAnswer, match="with something that is not the index's: '<!"):
            fake.client().files("demo")

    @pytest.mark.parametrize("text", ["[" * 20_000, "[" * 20_000 + "]" * 20_000, '{"a":' * 20_000])
    def test_of_brackets_is_named(self, text: str) -> None:
        fake = FakeIndex()
        kind = {"Content-Type": "application/vnd.pypi.simple.v1+json"}
        fake.fail(PAGE, httpx.Response(200, text=text, headers=kind))

        with pytest.raises(GarbledAnswer, match="something that is not the index's"):
            fake.client().files("demo")
