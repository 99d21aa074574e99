"""
Every request of a release, and everything that can become of it.

A cell of the tables beside this file is what a run says whose request met the fault: `ok` (it
tried again), `warned`, or one error. After an error the run is repeated with everything well.
Either way it must end where a release ends.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.fakes.git_http import git_over_http
from tests.fakes.index import Clock
from tests.journeys.in_process import Closed, InProcess, take_up, write_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDINGS = {
    "ok": "ok",
    "warned": "warned",
    "unreachable": "index-unreachable 6",
    "garbled": "garbled-answer 6",
    "no-credential": "no-credential 5",
    "look refused": "index-refused 1",
    "file refused": "upload-refused 1",
    "forbidden": "upload-forbidden 5",
}
ALWAYS = 99
HOUR = 3600.0
WEEK = 7.0  # seconds of a Retry-After that is worth waiting for


class Row(NamedTuple):
    """A fault of the embedded index (`refused`: of the way to it), how often, and its seconds."""

    how: str
    times: int = 1
    seconds: float = WEEK


class Column(NamedTuple):
    """Requests of a kind to an address, from the first step that asks; *after* so many of them."""

    kind: str
    path: str
    step: str = ""
    after: int = 0


ROWS = {
    "refused once": Row("refused"),
    "refused always": Row("refused", ALWAYS),
    "reset unread": Row("reset-before"),
    "reset half-way": Row("reset-middle"),
    "reset when done": Row("reset-after"),
    "reset always": Row("reset-before", ALWAYS),
    "silent once": Row("timeout-before"),
    "silent when done": Row("timeout-after"),
    "silent always": Row("timeout-before", ALWAYS),
    "503 once": Row("503-before"),
    "502 when done": Row("502-after"),
    "500 always": Row("500-before", ALWAYS),
    "429 once": Row("429"),
    "429 Retry-After": Row("429-wait"),
    "429 for an hour": Row("429-wait", ALWAYS, HOUR),
    "429 always": Row("429", ALWAYS),
    "login page, 200": Row("html-200"),
    "proxy page, 502": Row("html"),
    "garbage": Row("garbage"),
    "half a body": Row("truncated"),
    "body breaks off": Row("cut"),
    "404 always": Row("404-before", ALWAYS),
    "403 always": Row("403-before", ALWAYS),
}
COLUMNS = {
    "audience": Column("audience", "/_/oidc/audience"),
    "identity": Column("oidc", "/_issuer/token"),
    "mint": Column("mint", "/_/oidc/mint-token"),
    "first look": Column("simple", "/simple/"),
    "last look": Column("simple", "/simple/", "Upload"),
    "1st file": Column("upload", "/legacy/"),
    "2nd file": Column("upload", "/legacy/", after=1),
    "3rd file": Column("upload", "/legacy/", after=2),
    "verify": Column("simple", "/simple/", "Verify"),
}
A_WHILE = timedelta(seconds=11)
BEFORE_THE_PUSH = {"audience", "identity", "mint", "first look"}


def cells(name: str) -> list[tuple[str, str, str]]:
    """Return request, fault and ending of each cell; a dot is one that would show nothing new."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    head, *lines = (re.split(r" {2,}", line.strip()) for line in text.splitlines())
    return [
        (request, fault, ending)
        for fault, *endings in lines
        for request, ending in zip(head, endings, strict=True)
        if ending != "."
    ]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "template"
    write_template(folder)
    return folder


@pytest.fixture(scope="module")
def nobody() -> Iterator[int]:
    """A port that is taken, and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def release(template: Path, nobody: int, request: pytest.FixtureRequest) -> Iterator[InProcess]:
    number = hashlib.sha256(request.node.name.encode()).hexdigest()
    clock = Clock()
    with EmbeddedIndex(clock=clock) as index:
        folder = template.with_name(number[:12])
        yield take_up(template, folder, index, Closed(port=nobody), clock)
        shutil.rmtree(folder, ignore_errors=True)  # there are hundreds of them


def arm(release: InProcess, request: Column, fault: Row) -> Callable[[str], None]:
    """Return what lets *request* meet *fault* once the step that sends it begins."""

    def begun(step: str) -> None:
        if step != request.step:
            return
        release.clock.now += A_WHILE  # what was read before is too old by now
        if fault.how == "refused":
            release.closed.let(request.path, after=request.after, times=fault.times)
        else:
            release.index.fail(
                on=request.kind,
                how=fault.how,
                times=fault.times,
                after=request.after,
                seconds=fault.seconds,
            )

    return begun


def times_met(release: InProcess, request: Column, fault: Row) -> int:
    """Return how many requests of the kind of *request* met *fault*."""
    if fault.how == "refused":
        return release.closed.refused
    met = [(one.kind, one.fault) for one in release.index.log]
    return met.count((request.kind, fault.how))


@pytest.mark.parametrize(("request_", "fault", "ending"), cells("faults_of_the_index.txt"))
def test_ends_well_or_with_one_error_and_is_finished_by_a_second_run(
    release: InProcess, request_: str, fault: str, ending: str
) -> None:
    row, column = ROWS[fault], COLUMNS[request_]
    release.hasty = fault.startswith("silent")
    begun = arm(release, column, row)
    begun("")
    before = release.state()
    run = release.run(begun)

    assert ENDINGS[ending] == str(run), run.said
    assert 1 <= times_met(release, column, row) <= row.times
    assert all(run.hints)
    assert not run.leaked()
    assert sum(release.clock.pauses) < 100
    if row.how == "429-wait" and row.seconds == WEEK:
        assert WEEK in release.clock.pauses
    if run.codes and request_ in BEFORE_THE_PUSH:
        assert before == release.state()
    if run.codes:
        again = release.run_again()
        assert "ok" == str(again), again.said
    assert release.files() == release.index.files("demo")
    assert release.finished() == release.public()


class Meeting(NamedTuple):
    """Requests of the git remote of a kind, from the first step that sends them."""

    kind: str
    step: str = ""


REMOTE_ENDINGS = {
    "ok": "ok",
    "unreachable": "remote-unreachable 6",
    "not found": "remote-not-found 4",
    "no access": "remote-auth-failed 5",
    "refused": "push-refused 4",
}
REMOTE_ROWS = {
    "reset once": ("reset", 1),
    "reset always": ("reset", ALWAYS),
    "reset when done": ("reset-after", 1),
    "reset twice done": ("reset-after", 2),
    "silent": ("silent", 1),
    "silent when done": ("silent-after", 1),
    "503": ("503", 1),
    "502 when done": ("502-after", 1),
    "429": ("429", 1),
    "login page, 200": ("login", 1),
    "proxy page, 502": ("proxy", 1),
    "garbage": ("garbage", 1),
    "answer breaks off": ("cut", 1),
    "404": ("404", 1),
    "403": ("403", 1),
}
REMOTE_COLUMNS = {
    "first look": Meeting("look"),
    "last look": Meeting("look", "Push"),
    "offer": Meeting("offer"),
    "push": Meeting("push"),
}


@pytest.mark.parametrize(("request_", "fault", "ending"), cells("faults_of_the_remote.txt"))
def test_so_it_does_when_the_remote_fails(
    release: InProcess, nobody: int, request_: str, fault: str, ending: str
) -> None:
    meeting = REMOTE_COLUMNS[request_]
    release.patience = 2.0 if fault.startswith("silent") else None
    with git_over_http(release.remote.path) as remote:
        release.lead(meeting.kind, remote.url)

        def begun(step: str) -> None:
            if step != meeting.step:
                return
            if fault == "refused":
                release.lead(meeting.kind, f"http://127.0.0.1:{nobody}/remote.git")
            else:
                how, times = REMOTE_ROWS[fault]
                remote.fail(meeting.kind, how, times)

        begun("")
        before = release.state()
        run = release.run(begun)

    assert REMOTE_ENDINGS[ending] == str(run), run.said
    # who asks where nobody listens is not seen there, but fails in each of these cells
    assert fault == "refused" or (meeting.kind, REMOTE_ROWS[fault][0]) in remote.met
    assert all(run.hints)
    assert not run.leaked()
    if run.codes:
        assert before[1:] == release.state()[1:]  # nothing is public
        if request_ == "first look":
            assert before == release.state()
        again = release.run_again()
        assert "ok" == str(again), again.said
    assert release.files() == release.index.files("demo")
    assert release.finished() == release.public()


def test_a_push_of_which_nobody_can_tell_whether_it_arrived_is_finished_by_a_second_run(
    release: InProcess,
) -> None:
    with git_over_http(release.remote.path) as remote:
        release.lead("", remote.url)

        def begun(step: str) -> None:
            if step == "Push":
                remote.fail("push", "502-after")
                remote.fail("look", "", times=2)  # of the step itself
                remote.fail("look", "503", ALWAYS)

        run = release.run(begun)
        public = release.public()
        remote.heal()
        again = release.run()

    assert ("remote-unreachable 6", "ok") == (str(run), str(again)), again.said
    assert release.finished() == public == release.public()
    assert release.files() == release.index.files("demo")


SIGSTORE_ENDINGS = {
    "ok": "ok",
    "warned": "warned",
    "issuer down": "index-unreachable 6",
    "not given": "identity-not-given 5",
    "unreachable": "sigstore-unreachable 6",
    "refused": "signing-refused 1",
}
SIGSTORE_COLUMNS = {
    "identity": Column("oidc", "/_issuer/token", "Attest"),
    "certificate": Column("fulcio", "/_fulcio/", "Attest"),
    "log": Column("rekor", "/_rekor/", "Attest"),
    "provenance": Column("integrity", "/integrity/", "Verify"),
}


@pytest.fixture
def signing(template: Path, nobody: int, tmp_path: Path) -> Iterator[InProcess]:
    """A release with attestations; what signs them goes by the machine's clock."""
    with EmbeddedIndex() as index:
        folder, clock = template.with_name(tmp_path.name), Clock(datetime.now(UTC))
        made = take_up(template, folder, index, Closed(port=nobody), clock)
        trust = tmp_path / "trust.json"
        trust.write_text(index.sigstore.trust_config, encoding="utf-8")
        made.env["RELEASIO_PUBLISH_ATTESTATIONS"] = "true"
        made.env["RELEASIO_PUBLISH_SIGSTORE_TRUST_CONFIG"] = str(trust)
        yield made
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(("request_", "fault", "ending"), cells("faults_of_sigstore.txt"))
def test_so_it_does_when_sigstore_fails(
    signing: InProcess, request_: str, fault: str, ending: str
) -> None:
    signing.hasty = fault.startswith("silent")
    before = signing.state()
    row, column = ROWS[fault], SIGSTORE_COLUMNS[request_]
    run = signing.run(arm(signing, column, row))

    assert SIGSTORE_ENDINGS[ending] == str(run), run.said
    assert 1 <= times_met(signing, column, row) <= row.times
    assert all(run.hints)
    assert not run.leaked()
    if run.codes:
        assert before == signing.state()
        again = signing.run_again()
        assert "ok" == str(again), again.said
    assert signing.files() == signing.index.files("demo")
    assert signing.finished() == signing.public()


class TestStalePages:
    """Caches show the index as it was before the upload."""

    @pytest.fixture(autouse=True)
    def _one_after_the_other(self, release: InProcess) -> None:
        release.env["RELEASIO_PUBLISH_PARALLEL"] = "1"

    def test_are_waited_for(self, release: InProcess) -> None:
        release.index.fail(on="simple", how="stale", times=4)
        run = release.run()

        assert "ok" == str(run), run.said
        assert [1, 2, 4, 8] == release.clock.pauses
        assert release.files() == release.index.files("demo")

    def test_are_waited_for_no_longer_than_a_minute_and_said(self, release: InProcess) -> None:
        """The upload was confirmed, so it is no failure."""
        release.index.fail(on="simple", how="stale", times=ALWAYS)
        run = release.run()

        assert "warned" == str(run), run.said
        assert "took the upload but lists none of it" in run.said
        assert 60 == sum(release.clock.pauses)
        assert release.files() == release.index.files("demo")

    def test_of_some_files_name_the_others(self, release: InProcess) -> None:
        release.index.fail(on="upload", how="403-before", times=ALWAYS, after=2)
        release.run()
        release.heal()
        release.index.fail(on="simple", how="stale", times=ALWAYS)
        run = release.run()

        assert "warned" == str(run), run.said
        assert "took the upload but does not list demo-0.1.0.tar.gz yet" in run.said

    @pytest.mark.parametrize("stored", [1, 2])
    def test_let_a_second_run_send_again_what_is_there_which_changes_nothing(
        self, release: InProcess, stored: int
    ) -> None:
        release.index.fail(on="simple", how="stale", times=ALWAYS)
        release.index.fail(on="upload", how="403-before", after=stored)
        first = release.run()
        before = release.index.files("demo")
        second = release.run()
        sent = [one.filename for one in release.index.log if one.status == 200 and one.filename]

        assert ("upload-forbidden 5", stored) == (str(first), len(before))
        assert "warned" == str(second), second.said
        assert stored + 3 == len(sent)
        assert release.files() == release.index.files("demo")

    def test_of_five_minutes_are_gone_when_somebody_looks_again(self, release: InProcess) -> None:
        release.index.fail(on="simple", how="stale-for", seconds=300)
        run = release.run()
        release.clock.sleep(300)
        again = release.run()

        assert ("warned", "ok") == (str(run), str(again))
        assert 3 == len([one for one in release.index.log if one.filename])
