"""Where the identity to sign with comes from, and what is said where there is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from releasio.auth.trusted.signing_identity import VARIABLE, fetcher, why_none
from releasio.errors.auth.attestation import SigningIdentityMissing, SigningIdentityUnusable
from releasio.errors.auth.token import SecretGarbled
from releasio.rules.identity.claims import read_claims
from releasio.world.http.client import new_client
from releasio.world.http.requester import Requester
from tests.embedded.index import EmbeddedIndex
from tests.fakes.screen import Quiet
from tests.fakes.tokens import jwt

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 24 * 3600  # a run of the tests may take an hour on a slow machine
GOOD = jwt({"aud": "sigstore", "exp": int(time.time()) + DAY})
GITLAB = {"GITLAB_CI": "true", "CI": "true"}


@pytest.fixture
def requester() -> Iterator[Requester]:
    made = Requester(new_client({}), lambda: datetime.now(UTC), time.sleep, Quiet())
    yield made
    made.client.close()


def missing(env: dict[str, str]) -> SigningIdentityMissing:
    found = why_none(env)
    assert found is not None
    return found


class TestWhere:
    def test_a_github_job_asks_for_one_that_is_made_for_sigstore(
        self, requester: Requester
    ) -> None:
        with EmbeddedIndex() as index:
            job = index.issuer.job(repository="acme/demo")

            identity = fetcher(job, requester)()

        assert why_none(job) is None
        assert "sigstore" == read_claims(identity)["aud"]

    @pytest.mark.parametrize("env", [{VARIABLE: GOOD}, {**GITLAB, "SIGSTORE_ID_TOKEN": GOOD}])
    def test_others_find_it_in_a_variable(self, requester: Requester, env: dict[str, str]) -> None:
        identity = fetcher(env, requester)()

        assert why_none(env) is None
        assert GOOD == identity.reveal()
        assert isinstance(requester.screen, Quiet)
        assert GOOD in [secret.reveal() for secret in requester.screen.secrets]

    def test_the_explicit_variable_comes_before_the_job(self, requester: Requester) -> None:
        with EmbeddedIndex() as index:
            job = index.issuer.job(repository="acme/demo")

            identity = fetcher({**job, VARIABLE: GOOD}, requester)()

        assert GOOD == identity.reveal()

    def test_gitlabs_variable_is_only_gitlabs(self) -> None:
        assert why_none({"CI": "true", "SIGSTORE_ID_TOKEN": GOOD})


class TestNone:
    def test_on_a_laptop(self) -> None:
        error = missing({})

        assert "there is no identity to sign with: this is no CI" == str(error)
        wanted = "Put an identity token made for sigstore into RELEASIO_SIGSTORE_ID_TOKEN."
        assert wanted == error.hint

    def test_in_a_github_job_without_the_permission(self) -> None:
        error = missing({"GITHUB_ACTIONS": "true"})

        assert str(error).endswith("the job lacks the permission id-token: write")
        assert "      id-token: write" in error.hint

    def test_in_a_gitlab_job_that_declares_none(self) -> None:
        error = missing(GITLAB)

        assert str(error).endswith("the job declares no identity for sigstore")
        wanted = (
            "Declare it in the job that publishes:\n"
            "    id_tokens:\n      SIGSTORE_ID_TOKEN:\n        aud: sigstore"
        )
        assert wanted == error.hint

    def test_in_another_ci(self) -> None:
        error = missing({"CI": "true", "BUILDKITE": "true"})

        assert str(error).endswith("Buildkite gives none that we know of")


class TestUnusable:
    def test_one_for_somebody_else(self, requester: Requester) -> None:
        with pytest.raises(SigningIdentityUnusable) as raised:
            fetcher({VARIABLE: jwt({"aud": "pypi"})}, requester)()

        told = f"the identity in {VARIABLE} cannot sign: it is made for 'pypi', not for 'sigstore'"
        assert told == str(raised.value)
        wanted = f"Let the CI make one for the audience sigstore in each job, or unset {VARIABLE}."
        assert wanted == raised.value.hint

    def test_one_whose_time_is_over(self, requester: Requester) -> None:
        with pytest.raises(SigningIdentityUnusable, match="it expired at 2001-09-09 01:46 UTC"):
            fetcher({VARIABLE: jwt({"aud": "sigstore", "exp": 1_000_000_000})}, requester)()

    def test_one_with_a_line_break_in_it(self, requester: Requester) -> None:
        with pytest.raises(SecretGarbled):
            fetcher({VARIABLE: f"{GOOD[:9]}\n{GOOD[9:]}"}, requester)()
