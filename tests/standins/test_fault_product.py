"""Every fault at every kind of request: the index plays each, and never breaks down itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.standins.publishing.issuer import PATH as ISSUER
from tests.embedded.faults import KINDS
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor
from tests.standins.packages import wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPO = "octo/demo"
HASTE = 0.3  # seconds for an answer that never comes
BROKEN = {"reset-before", "reset-middle", "reset-after", "cut"}
SILENT = {"timeout-before", "timeout-after"}
STATUSES = {
    "503-before": 503,
    "500-after": 500,
    "429": 429,
    "429-wait": 429,
    "html": 502,
    "html-200": 200,
}
SPOILT = {"garbage", "truncated"}
FAULTS = sorted(BROKEN | SILENT | SPOILT | STATUSES.keys() | {"slow"})
STATES = [
    *(("upload", how) for how in ("read-only", "uploads-off", "registration-off")),
    *(("upload", how) for how in ("too-many-projects", "name-taken", "attestations-off")),
    *(("integrity", "attestations-off"), ("mint", "unknown-key")),
    *(("simple", how) for how in ("stale", "stale-for")),
]
PLACES = {
    "audience": "/_/oidc/audience",
    "simple": "/simple/demo/",
    "integrity": f"/integrity/demo/1.0/{wheel().filename}/provenance",
    "discovery": f"{ISSUER}/.well-known/openid-configuration",
}


class Asking:
    """One request of each kind."""

    def __init__(self, index: EmbeddedIndex) -> None:
        self.index = index
        self.http = Visitor(index).http
        self.token = index.user_token()
        index.trust("demo", repository=REPO, workflow="release.yml")
        job = index.issuer.job(repository=REPO)
        self.bearer = {"Authorization": f"bearer {job['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"}
        self.identity = Visitor(index).identity(job)
        Visitor(index).upload(wheel(), self.token).raise_for_status()
        self.places = {
            **PLACES,
            "file": index.link("demo", wheel().filename).partition("#")[0],
            "oidc": f"{job['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=x",
        }

    def ask(self, kind: str, *, timeout: float = 10) -> httpx.Response:
        """Make a request of *kind*, and read all that comes back; *timeout* is in seconds."""
        posted: dict[str, Callable[[], httpx.Response]] = {
            "mint": lambda: self.http.post(
                "/_/oidc/mint-token", json={"token": self.identity}, timeout=timeout
            ),
            "burn": lambda: self.http.post(
                "/_/oidc/burn-token", json={"token": "none"}, timeout=timeout
            ),
            "upload": lambda: self.http.post(
                "/legacy/",
                data=wheel().form(),
                files={"content": (wheel().filename, wheel().data)},
                auth=("__token__", self.token),
                timeout=timeout,
            ),
            "fulcio": lambda: self.http.post("/api/v2/signingCert", json={}, timeout=timeout),
            "rekor": lambda: self.http.post("/api/v1/log/entries", json={}, timeout=timeout),
        }
        if kind in posted:
            return posted[kind]()
        headers = self.bearer if kind == "oidc" else {}
        return self.http.get(self.places[kind], timeout=timeout, headers=headers)


@pytest.fixture(scope="module")
def everything() -> Iterator[Asking]:
    """Return the one index that all of it happens to: keys take longer than requests."""
    with EmbeddedIndex() as index:
        yield Asking(index)


@pytest.fixture
def asking(everything: Asking) -> Iterator[Asking]:
    yield everything
    everything.index.heal()


@pytest.mark.parametrize("on", sorted(KINDS))
@pytest.mark.parametrize("how", FAULTS)
def test_every_fault_happens_at_every_request_and_is_over_then(
    asking: Asking, on: str, how: str
) -> None:
    before, well = len(asking.index.log), asking.ask(on)
    asking.index.fail(on=on, how=how, seconds=0.01)

    if how in BROKEN | SILENT:
        with pytest.raises(httpx.ReadTimeout if how in SILENT else httpx.TransportError):
            asking.ask(on, timeout=HASTE)
    else:
        answer = asking.ask(on)
        assert "X-Stand-In" in answer.headers  # a page of a server that broke down lacks it
        if how not in SPOILT | {"slow"}:
            assert STATUSES[how] == answer.status_code
    asked = asking.index.log[before:]
    assert [(on, None), (on, how)] == [(request.kind, request.fault) for request in asked]
    assert well.headers["X-Stand-In"] == asking.ask(on).headers["X-Stand-In"]


@pytest.mark.parametrize(("on", "how"), STATES)
def test_so_does_every_state_where_there_is_one(asking: Asking, on: str, how: str) -> None:
    asking.index.fail(on=on, how=how)
    asking.index.create_project("another")  # something that a stale page does not show

    assert "X-Stand-In" in asking.ask(on).headers


class TestFile:
    """A file is passed on as it lies on the disk, and spoilt all the same."""

    def test_half_of_it_looks_whole(self, asking: Asking) -> None:
        asking.index.fail(on="file", how="truncated")
        answer, data = asking.ask("file"), wheel().data

        assert (200, data[: len(data) // 2]) == (answer.status_code, answer.content)
        assert str(len(data) // 2) == answer.headers["Content-Length"]

    def test_a_part_of_it_is_cut_short_too(self, asking: Asking) -> None:
        asking.index.fail(on="file", how="truncated")
        answer = asking.http.get(asking.places["file"], headers={"Range": "bytes=10-109"})

        assert (206, wheel().data[10:60]) == (answer.status_code, answer.content)
