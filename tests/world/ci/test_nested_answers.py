"""An answer of brackets in brackets, as nobody who means well sends it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.errors.auth.identity import IdentityNotGiven
from releasio.errors.auth.publisher import TrustedPublishingUnsupported
from releasio.errors.index.answers import GarbledAnswer, IndexRefused
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.claims import read_claims
from releasio.rules.index.simple import IndexFile
from releasio.world.ci.google import GoogleIdentity
from releasio.world.ci.identity import GitHubIdentity
from releasio.world.sigstore.trouble import trouble_of
from tests.fakes.index import REQUEST_TOKEN, FakeIndex

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.errors.base import ReleasioError

    Ask = Callable[[FakeIndex], object]

NESTED = "[" * 200_000
AUDIENCE, MINT = "/_/oidc/audience", "/_/oidc/mint-token"
GOOGLE = "/computeMetadata/v1/instance/service-accounts/default/token"
SHOWN = "http://127.0.0.1:9/integrity"


def github(fake: FakeIndex) -> Secret:
    url = fake.env()["ACTIONS_ID_TOKEN_REQUEST_URL"]
    return GitHubIdentity(url, Secret(REQUEST_TOKEN), "pypi", fake.client().requester).fetch()


def google(fake: FakeIndex) -> Secret:
    return GoogleIdentity("pypi", fake.client().requester, "me@example.org").fetch()


def mint(fake: FakeIndex) -> object:
    return fake.client().mint(lambda: github(fake), "demo")


def provenance(fake: FakeIndex) -> object:
    return fake.client().provenance(IndexFile("demo-1.0.tar.gz", SHOWN, provenance=SHOWN))


def answer(status: int) -> httpx.Response:
    return httpx.Response(status, text=NESTED, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    ("path", "status", "ask", "error"),
    [
        (AUDIENCE, 200, lambda fake: fake.client().audience(), GarbledAnswer),
        (AUDIENCE, 403, lambda fake: fake.client().audience(), TrustedPublishingUnsupported),
        (MINT, 200, mint, GarbledAnswer),
        (MINT, 422, mint, GarbledAnswer),
        ("/simple/demo/", 200, lambda fake: fake.client().files("demo"), GarbledAnswer),
        ("/simple/demo/", 403, lambda fake: fake.client().files("demo"), IndexRefused),
        ("/integrity", 200, provenance, GarbledAnswer),
        ("/identity", 200, github, IdentityNotGiven),
        ("/identity", 400, github, IdentityNotGiven),
        (GOOGLE, 200, google, IdentityNotGiven),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_is_an_answer_that_nobody_can_make_sense_of(
    path: str, status: int, ask: Ask, error: type[ReleasioError]
) -> None:
    fake = FakeIndex()
    fake.fail(path, answer(status))

    with pytest.raises(error) as caught:
        ask(fake)
    assert len(str(caught.value)) < 1000


def test_of_sigstore_is_quoted_from_its_beginning() -> None:
    error = httpx.HTTPStatusError("", request=httpx.Request("GET", SHOWN), response=answer(400))

    assert trouble_of(error).problem.startswith("it answered 400: [[[[")


def test_payload_makes_an_identity_without_claims() -> None:
    payload = base64.urlsafe_b64encode(NESTED.encode()).decode()

    assert {} == read_claims(Secret(f"a.{payload}.c"))
