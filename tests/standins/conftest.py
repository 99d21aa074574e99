"""An embedded index, a clock that stands still, and somebody to talk to the index."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.embedded.index import EmbeddedIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.standins.packages import Package


@dataclass
class Clock:
    """Stands still until it is told otherwise."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@cache
def client() -> httpx.Client:
    """Return the one client of all tests: making one takes longer than most of them."""
    return httpx.Client(timeout=10, trust_env=False)


@pytest.fixture(scope="session", autouse=True)
def _one_client() -> Iterator[None]:
    yield
    client().close()


@dataclass(frozen=True)
class Http:
    """Requests to addresses below *url*."""

    url: str

    def get(self, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 -- as httpx has it
        return client().get(self.url + path.removeprefix(self.url), **more)

    def post(self, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 -- as httpx has it
        return client().post(self.url + path.removeprefix(self.url), **more)


def declared(job: Mapping[str, str]) -> str:
    """Return the identity that a GitLab job declares for the index."""
    others = {"SIGSTORE_ID_TOKEN"}
    (identity,) = (job[name] for name in job.keys() - others if name.endswith("_ID_TOKEN"))
    return identity


class Visitor:
    """Speaks to an index as clients do."""

    def __init__(self, index: EmbeddedIndex) -> None:
        self.index = index
        self.http = Http(index.url)

    def get(self, path: str, accept: str | None = None) -> httpx.Response:
        return self.http.get(path, headers={"Accept": accept} if accept else {})

    def identity(self, job: dict[str, str], audience: str = "") -> str:
        """Return an identity token, asked for as a job does."""
        wanted = audience or self.index.audience
        answer = self.http.get(
            f"{job['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience={wanted}",
            headers={"Authorization": f"bearer {job['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"},
        )
        value: str = answer.raise_for_status().json()["value"]
        return value

    def mint(self, identity: object) -> httpx.Response:
        return self.http.post("/_/oidc/mint-token", json={"token": identity})

    def minted(self, job: dict[str, str]) -> str:
        token: str = self.mint(self.identity(job)).raise_for_status().json()["token"]
        return token

    def upload(
        self,
        package: Package,
        token: str,
        *,
        accept: str = "application/json",
        content_type: str = "application/octet-stream",
        **changes: str | list[str] | None,
    ) -> httpx.Response:
        return self.http.post(
            "/legacy/",
            data=package.form(**changes),
            files={"content": (package.filename, package.data, content_type)},
            auth=("__token__", token),
            headers={"Accept": accept},
        )

    def refusal(self, package: Package, token: str, **options: Any) -> str:  # noqa: ANN401 -- of upload()
        """Upload something that is refused, and return the sentence with its status."""
        answer = self.upload(package, token, **options)
        code: str = answer.json()["code"]
        assert code.startswith(str(answer.status_code))
        return code.replace(self.index.url, "…")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def index(clock: Clock) -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex(clock=clock) as index:
        yield index


@pytest.fixture
def visitor(index: EmbeddedIndex) -> Visitor:
    return Visitor(index)


@pytest.fixture
def token(index: EmbeddedIndex) -> str:
    return index.user_token()
