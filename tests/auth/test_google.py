"""Trusted publishing from a machine of Google's; its services are at the far end of the wire."""

from __future__ import annotations

import json

import httpx
import pytest

from releasio.auth.chain import forecast
from releasio.auth.trusted.google import GoogleSource
from releasio.rules.credentials.credential import NotHere
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import PYPI
from tests.auth.desk import Desk
from tests.fakes.index import FakeIndex
from tests.fakes.tokens import jwt

ACCOUNT = "release@acme.iam.gserviceaccount.com"
MACHINE = "/computeMetadata/v1/instance/service-accounts/default"
GENERATE = f"/v1/projects/-/serviceAccounts/{ACCOUNT}:generateIdToken"
IDENTITY = jwt({"aud": "pypi", "email": ACCOUNT, "sub": "123"})
SOURCE = "trusted publishing (Google Cloud)"


@pytest.fixture
def machine() -> Desk:
    """A machine that says it is Google's."""
    return Desk(FakeIndex(PYPI), machine="Google Compute Engine")


@pytest.fixture
def named() -> Desk:
    """Any machine, with a service account that it may act as."""
    desk = Desk(FakeIndex(PYPI), {"GOOGLE_SERVICE_ACCOUNT_NAME": ACCOUNT})
    desk.fake.fail(f"{MACHINE}/token", httpx.Response(200, json={"access_token": "ya29.access"}))
    return desk


def ask(desk: Desk) -> str:
    return desk.obtain().credential.source


class TestTheMachinesOwnAccount:
    def test_proves_who_it_is(self, machine: Desk) -> None:
        machine.fake.fail(f"{MACHINE}/identity", httpx.Response(200, text=f"{IDENTITY}\n"))
        source = ask(machine)
        (request,) = machine.fake.asked(f"{MACHINE}/identity")

        assert SOURCE == source
        assert ("metadata.google.internal", "Google") == (
            request.url.host,
            request.headers["Metadata-Flavor"],
        )
        assert {"audience": "pypi", "format": "full"} == dict(request.url.params)
        assert IDENTITY in {secret.reveal() for secret in machine.screen.secrets}

    def test_is_asked_for_where_the_variable_says(self, machine: Desk) -> None:
        machine.env["GCE_METADATA_HOST"] = "127.0.0.1:9"
        machine.fake.fail(f"{MACHINE}/identity", httpx.Response(200, text=IDENTITY))
        ask(machine)

        (request,) = machine.fake.asked(f"{MACHINE}/identity")
        assert "http://127.0.0.1:9" in str(request.url)

    def test_may_be_missing(self, machine: Desk) -> None:
        machine.fake.fail(f"{MACHINE}/identity", httpx.Response(404, text="Not Found"))
        error = machine.refused()

        assert "metadata.google.internal gave no identity token: 404 Not Found" in str(error)
        assert "Give the machine a service account, or name one" in error.hint

    def test_a_page_of_something_else_is_no_identity(self, machine: Desk) -> None:
        page = "<html>Welcome to the hotel</html>"
        machine.fake.fail(f"{MACHINE}/identity", httpx.Response(200, text=page))

        assert "it answered '<html>Welcome" in str(machine.refused())

    def test_an_identity_for_somebody_else_is_not_used(self, machine: Desk) -> None:
        other = jwt({"aud": "sigstore"})
        machine.fake.fail(f"{MACHINE}/identity", httpx.Response(200, text=other))

        assert "its audience is 'sigstore'" in str(machine.refused())
        assert [] == machine.fake.asked("/_/oidc/mint-token")


class TestANamedAccount:
    def test_is_acted_as(self, named: Desk) -> None:
        named.fake.fail(GENERATE, httpx.Response(200, json={"token": IDENTITY}))
        source = ask(named)
        (request,) = named.fake.asked(GENERATE)

        assert SOURCE == source
        assert {"audience": "pypi", "includeEmail": True} == json.loads(request.content)
        assert "Bearer ya29.access" == request.headers["Authorization"]
        assert "iamcredentials.googleapis.com" == request.url.host
        assert "ya29.access" in {secret.reveal() for secret in named.screen.secrets}

    def test_must_allow_it_and_never_is_the_token_shown(self, named: Desk) -> None:
        denied = {"error": {"message": "denied"}, "message": "Permission denied for ya29.access"}
        named.fake.fail(GENERATE, httpx.Response(403, json=denied))
        error = named.refused()

        assert "Google's IAM gave no identity token: 403 Permission denied for ***" in str(error)
        assert f"Identity Token Creator on {ACCOUNT}" in error.hint
        assert "ya29" not in str(error)


class TestElsewhere:
    @pytest.mark.parametrize("product", ["", "VirtualBox"])
    def test_it_does_not_apply(self, product: str) -> None:
        offer = GoogleSource(lambda: product).offer({}, PYPI)

        assert NotHere("not a machine of Google's") == offer

    def test_nor_where_nobody_is_to_look(self) -> None:
        offer = GoogleSource(lambda: "Google").offer({"NO_GCE_CHECK": "true"}, PYPI)

        assert NotHere("not a machine of Google's") == offer

    @pytest.mark.parametrize("ci", ["GITLAB_CI", "CIRCLECI", "GITHUB_ACTIONS", "CI"])
    def test_a_ci_on_a_machine_of_googles_is_not_google(self, machine: Desk, ci: str) -> None:
        answers = forecast({ci: "true"}, PYPI, policy=Policy(), chain=machine.chain())

        (answer,) = (one for one in answers if one.source == SOURCE)
        assert "GOOGLE_SERVICE_ACCOUNT_NAME is not set" == answer.reason
