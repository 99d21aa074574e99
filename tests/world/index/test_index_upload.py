from __future__ import annotations

import base64
import hashlib
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

from releasio.errors.index.answers import (
    DistributionChanged,
    IndexUnreachable,
    RedirectRefused,
    UploadForbidden,
    UploadRefused,
)
from releasio.errors.index.release import FileDiffers
from releasio.frozen import replace
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.world.build.metadata import upload_fields
from releasio.world.http.client import new_client
from releasio.world.index.index import Index
from tests.fakes.index import Clock, FakeIndex
from tests.fakes.screen import Quiet
from tests.fakes.sink import sink
from tests.fakes.wheels import sha256, wheel

TOKEN = "pypi-a-token-nobody-may-see"
CREDENTIAL = Credential("__token__", Secret(TOKEN), "test")
PATH = "/legacy/"
EXPIRED = "403 Invalid API Token: token is expired"


@pytest.fixture
def fake() -> FakeIndex:
    return FakeIndex()


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return wheel(tmp_path)


def upload(fake: FakeIndex, dist: Path, digest: str = "") -> None:
    fake.client().upload(dist, upload_fields(dist), always, sha256=digest or sha256(dist))


def always(_expired: Credential | None) -> Credential:
    """Give the one credential, whatever was wrong with it."""
    return CREDENTIAL


class TestUpload:
    def test_the_index_gets_the_form_and_the_file(self, fake: FakeIndex, dist: Path) -> None:
        upload(fake, dist)

        (arrived,) = fake.uploads
        assert arrived.fields[:2] == [(":action", "file_upload"), ("protocol_version", "1")]
        assert ("name", "demo") in arrived.fields
        assert ("sha256_digest", sha256(dist)) in arrived.fields
        assert (dist.name, dist.read_bytes()) == (arrived.name, arrived.content)

    def test_the_token_travels_in_the_header_the_index_wants(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        upload(fake, dist)

        expected = base64.b64encode(f"__token__:{TOKEN}".encode()).decode()
        assert f"Basic {expected}" == fake.uploads[0].authorization

    def test_errors_are_asked_for_in_json(self, fake: FakeIndex, dist: Path) -> None:
        upload(fake, dist)

        assert (
            fake.requests[0].headers["Accept"]
            == "application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7"
        )

    def test_field_values_and_file_names_cannot_break_the_form(
        self, fake: FakeIndex, tmp_path: Path
    ) -> None:
        odd = tmp_path / 'a "quoted" name.whl'
        odd.write_bytes(b"\r\n--boundary\r\n")
        fields = [("description", "line\r\n--x--\r\n\r\nline"), ("name", "demo"), ("ünï", "cöde")]

        fake.client().upload(odd, fields, always, sha256=sha256(odd))

        (arrived,) = fake.uploads
        assert [*fields, ("sha256_digest", sha256(odd))] == arrived.fields[2:]
        assert arrived.content == b"\r\n--boundary\r\n"

    def test_an_empty_file_is_compared_as_well(self, fake: FakeIndex, tmp_path: Path) -> None:
        empty = tmp_path / "demo-1.0.tar.gz"
        empty.touch()

        with pytest.raises(DistributionChanged):
            fake.client().upload(empty, [], always, sha256="0" * 64)

    def test_memory_does_not_grow_with_the_file(self, tmp_path: Path) -> None:
        size = 60 * 1024 * 1024
        large = tmp_path / "demo-1.0.tar.gz"
        with large.open("wb") as file:
            file.truncate(size)
        digest = hashlib.sha256(bytes(size)).hexdigest()
        with sink() as server, new_client({}) as client:
            registry = Registry("sink", server.url, None)
            clock = Clock()
            index = Index(registry, client, clock=clock, sleep=clock.sleep, screen=Quiet())

            tracemalloc.start()
            index.upload(large, [("name", "demo")], always, sha256=digest)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()

        assert server.received > size
        assert peak < 4 * 1024 * 1024


class TestTryingAgain:
    @pytest.mark.parametrize(
        "fault",
        [
            httpx.ConnectError("refused"),
            httpx.ReadTimeout(""),
            httpx.WriteTimeout(""),
            httpx.RemoteProtocolError("closed"),
            httpx.Response(408),
            httpx.Response(429),
            httpx.Response(500),
            httpx.Response(502, text="<html>Bad gateway</html>"),
            httpx.Response(503),
        ],
        ids=str,
    )
    def test_what_may_pass_is_tried_again_with_the_same_bytes(
        self, fake: FakeIndex, dist: Path, fault: httpx.Response | Exception
    ) -> None:
        fake.fail(PATH, fault, fault)

        upload(fake, dist)

        assert dist.read_bytes() == fake.uploads[0].content
        assert len(fake.clock.pauses) == 2

    def test_each_pause_is_longer_and_is_said(self, fake: FakeIndex, dist: Path) -> None:
        fake.fail(PATH, *[httpx.Response(503)] * 4)

        upload(fake, dist)

        assert sorted(fake.clock.pauses) == fake.clock.pauses
        assert all(0.5 <= p / 2**n <= 1.0 for n, p in enumerate(fake.clock.pauses))
        assert fake.screen.notes[0].startswith("private: it answered 503; trying again in ")

    def test_the_index_may_say_how_long(self, fake: FakeIndex, dist: Path) -> None:
        fake.fail(
            PATH,
            httpx.Response(429, headers={"Retry-After": "7"}),
            httpx.Response(503, headers={"Retry-After": "Fri, 02 Jan 2026 03:04:42 GMT"}),
        )

        upload(fake, dist)

        assert fake.clock.pauses == [7.0, 30.0]

    def test_nobody_waits_an_hour(self, fake: FakeIndex, dist: Path) -> None:
        fake.fail(PATH, httpx.Response(429, headers={"Retry-After": "3600"}))

        with pytest.raises(IndexUnreachable) as caught:
            upload(fake, dist)

        assert ("private gave no usable answer: it answered 429 and asks to wait 3600 s") == str(
            caught.value
        )

    def test_in_the_end_it_is_said_what_happened(self, fake: FakeIndex, dist: Path) -> None:
        fake.fail(PATH, *[httpx.ConnectError("[Errno 111] Connection refused")] * 5)

        with pytest.raises(IndexUnreachable) as caught:
            upload(fake, dist)

        assert (
            str(caught.value)
            == "private gave no usable answer after 5 tries: ConnectError ([Errno 111] Connection "
            "refused)"
        )
        assert (
            "Check the network, and HTTPS_PROXY if it has a proxy; then run the same command again."
        ) == caught.value.hint
        assert caught.value.exit_code == 6

    def test_a_certificate_does_not_get_better(self, fake: FakeIndex, dist: Path) -> None:
        fake.fail(PATH, httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"))

        with pytest.raises(IndexUnreachable) as caught:
            upload(fake, dist)

        assert (
            caught.value.hint
        ) == "Set SSL_CERT_FILE to the certificates that this network trusts."
        assert fake.clock.pauses == []

    def test_an_answer_as_long_as_a_film_is_read_at_its_begin(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        """To look for secrets in all of it would take minutes and gigabytes."""
        fake.fail(PATH, httpx.Response(400, text="No, and here is why: " + "%5C" * 8_000_000))

        with pytest.raises(UploadRefused) as caught:
            upload(fake, dist)

        assert "No, and here is why: " in str(caught.value)
        assert 1000 > len(str(caught.value))

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 422])
    def test_nothing_else_is(self, fake: FakeIndex, dist: Path, status: int) -> None:
        fake.fail(PATH, httpx.Response(status))

        with pytest.raises(UploadRefused):
            upload(fake, dist)

        assert len(fake.asked(PATH)) == 1


class TestRefusals:
    def test_the_indexs_sentence_and_a_remedy_are_shown(self, fake: FakeIndex, dist: Path) -> None:
        sentence = "400 Uploading new files to releases older than 14 days is not allowed."
        fake.fail(PATH, httpx.Response(400, json={"code": sentence, "message": "long\n\nstory"}))

        with pytest.raises(UploadRefused) as caught:
            upload(fake, dist)

        assert (
            f"private refused {dist.name} (400): Uploading new files to releases older than "
            "14 days is not allowed." == str(caught.value)
        )
        assert (
            caught.value.hint
            == "The index takes no new files for a release after two weeks: release a new version "
            "(releasio release --version 1.0.1 --execute)."
        )
        assert caught.value.exit_code == 1

    def test_a_credential_that_is_not_taken_is_told_apart(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        fake.fail(PATH, *[httpx.Response(403, json={"code": EXPIRED})] * 2)

        with pytest.raises(UploadForbidden) as caught:
            upload(fake, dist)

        assert caught.value.code == "upload-forbidden"
        assert caught.value.exit_code == 5
        assert (
            caught.value.hint
            == "The token's time is over. A job of trusted publishing gets a fresh one when it is "
            "run again; a token of your own must be made anew."
        )

    def test_one_whose_time_was_over_at_the_index_is_replaced_once(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        fake.fail(PATH, httpx.Response(403, json={"code": EXPIRED}))
        fresh, refused = Credential("__token__", Secret("fresh-token"), "test"), []

        def authority(expired: Credential | None) -> Credential:
            refused.append(expired)
            return fresh if expired else CREDENTIAL

        fake.client().upload(dist, upload_fields(dist), authority, sha256=sha256(dist))

        expected = base64.b64encode(b"__token__:fresh-token").decode()
        assert [None, CREDENTIAL] == refused
        assert [f"Basic {expected}"] == [arrived.authorization for arrived in fake.uploads]

    def test_the_token_is_not_shown_even_if_the_index_echoes_it(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        basic = base64.b64encode(f"__token__:{TOKEN}".encode()).decode()
        echo = f"400 You sent {TOKEN} in Basic {basic}"
        fake.fail(PATH, httpx.Response(400, json={"code": echo}))

        with pytest.raises(UploadRefused) as caught:
            upload(fake, dist)

        assert str(caught.value).endswith("You sent *** in Basic ***")

    @pytest.mark.parametrize(
        ("target", "hint"),
        [
            (
                "http://127.0.0.1:9/legacy//",
                "Only the final slash is missing. If that is right, make it the registry's url.",
            ),
            ("https://elsewhere.example.org/", "If that is right, make it the registry's url."),
        ],
    )
    def test_a_redirect_is_not_followed_with_a_credential(
        self, fake: FakeIndex, dist: Path, target: str, hint: str
    ) -> None:
        fake.fail(PATH, httpx.Response(308, headers={"Location": target}))

        with pytest.raises(RedirectRefused) as caught:
            upload(fake, dist)

        assert f"http://127.0.0.1:9/legacy/ sends uploads on to {target}" == str(caught.value)
        assert hint == caught.value.hint

    def test_a_file_that_changed_since_it_was_checked_is_broken_off(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        checked = sha256(dist)
        dist.write_bytes(dist.read_bytes() + b"!")

        with pytest.raises(DistributionChanged) as caught:
            upload(fake, dist, checked)

        assert (
            f"{dist.name} has sha256 {sha256(dist)}, but had {checked} when it was checked"
            == str(caught.value)
        )
        assert (
            "Something here changed it meanwhile. Run again: what releasio built it builds anew. A "
            "file that you gave is checked anew; get it again from where it was built."
        ) == caught.value.hint
        assert fake.uploads == []


class TestAFileThatIsThereAlready:
    TAKEN = httpx.Response(400, json={"code": "400 File already exists ('demo')"})

    def test_is_success_if_it_is_the_same(self, fake: FakeIndex, dist: Path) -> None:
        fake.list("demo", (dist.name, dist.read_bytes()))
        fake.fail(PATH, httpx.ReadTimeout("lost answer"), self.TAKEN)

        upload(fake, dist)

        assert fake.uploads == []

    def test_stops_with_both_hashes_if_it_is_another(self, fake: FakeIndex, dist: Path) -> None:
        fake.list("demo", (dist.name, b"other bytes"))
        fake.fail(PATH, self.TAKEN)

        with pytest.raises(FileDiffers) as caught:
            upload(fake, dist)

        there = hashlib.sha256(b"other bytes").hexdigest()
        assert f"{dist.name} on private has sha256 {there}, the one here has {sha256(dist)}" == str(
            caught.value
        )

    def test_says_that_only_time_stamps_differ(self, fake: FakeIndex, dist: Path) -> None:
        fake.list("demo", (dist.name, dist.read_bytes()))
        before = dist.read_bytes()
        fake.fail(f"/files/{dist.name}", httpx.Response(200, content=iter([before])))
        fake.fail(PATH, self.TAKEN)
        with zipfile.ZipFile(dist) as archive:
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        with zipfile.ZipFile(dist, "w") as archive:
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name, (2030, 1, 2, 3, 4, 6)), content)

        with pytest.raises(FileDiffers, match="; only time stamps inside differ: "):
            upload(fake, dist)

    @pytest.mark.parametrize("page", [httpx.Response(404), httpx.Response(403)])
    def test_is_the_indexs_refusal_if_the_index_does_not_show_it(
        self, fake: FakeIndex, dist: Path, page: httpx.Response
    ) -> None:
        fake.fail(PATH, self.TAKEN)
        fake.fail("/simple/demo/", page)

        with pytest.raises(UploadRefused, match="File already exists"):
            upload(fake, dist)


class TestARefusalThatAnotherUploadCaused:
    """Two runs send the same file at once; while one is stored, the other is refused for good."""

    WORDS = (
        "This filename was previously used by a file that has since been deleted.",
        "Only one sdist may be uploaded per release.",
        "File already exists ('demo')",
    )

    @pytest.mark.parametrize("words", WORDS)
    def test_is_not_believed_once_the_index_has_this_very_file(
        self, fake: FakeIndex, dist: Path, words: str
    ) -> None:
        page = httpx.Response(200, json={"name": "demo", "files": []})
        page.headers["Content-Type"] = "application/vnd.pypi.simple.v1+json"
        fake.registry = replace(fake.registry, site="http://127.0.0.1:9")
        fake.list("demo", (dist.name, dist.read_bytes()))
        fake.fail("/simple/demo/", page, page)
        fake.fail(PATH, httpx.Response(400, json={"code": f"400 {words}"}))

        upload(fake, dist)

        assert [1.0, 2.0] == fake.clock.pauses

    @pytest.mark.parametrize("words", WORDS[:2])
    def test_is_not_believed_of_a_project_that_was_just_made(
        self, fake: FakeIndex, dist: Path, words: str
    ) -> None:
        fake.list("demo", (dist.name, dist.read_bytes()))
        fake.fail("/simple/demo/", httpx.Response(404))
        fake.fail(PATH, httpx.Response(400, json={"code": f"400 {words}"}))

        upload(fake, dist)

        assert [1.0] == fake.clock.pauses

    def test_of_other_bytes_is_told_with_both_hashes(self, fake: FakeIndex, dist: Path) -> None:
        fake.list("demo", (dist.name, b"other bytes"))
        fake.fail(PATH, httpx.Response(400, json={"code": f"400 {self.WORDS[0]}"}))

        with pytest.raises(FileDiffers, match="has sha256"):
            upload(fake, dist)

    def test_stands_after_a_short_wait_where_the_file_does_not_show_up(
        self, fake: FakeIndex, dist: Path
    ) -> None:
        fake.list("demo", ("demo-0.1-py3-none-any.whl", b"an older one"))
        fake.fail(PATH, httpx.Response(400, json={"code": f"400 {self.WORDS[0]}"}))

        with pytest.raises(UploadRefused, match="previously used by a file") as caught:
            upload(fake, dist)

        assert caught.value.lasting
        assert 10 < sum(fake.clock.pauses) < 20
