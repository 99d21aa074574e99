"""Trusted publishing from GitLab, whose identities are variables that the job declares."""

from __future__ import annotations

import httpx
import pytest

from releasio.auth.chain import trusts
from releasio.auth.trusted.gitlab import GitLabSource
from releasio.frozen import replace
from releasio.rules.credentials.credential import NotHere
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from releasio.world.ci.ci import token_variable
from tests.auth.desk import Desk
from tests.fakes.index import PRIVATE, START, FakeIndex
from tests.fakes.tokens import jwt

MINT, AUDIENCE = "/_/oidc/mint-token", "/_/oidc/audience"
SOURCE = "trusted publishing (GitLab CI)"
OF_PYPI, OF_TESTPYPI = jwt({"aud": "pypi"}), jwt({"aud": "testpypi"})


def job(registry: Registry = PYPI, **variables: str) -> Desk:
    desk = Desk(FakeIndex(registry), {"GITLAB_CI": "true", **variables})
    audience = "testpypi" if registry is TESTPYPI else "pypi"
    desk.fake.fail(AUDIENCE, httpx.Response(200, json={"audience": audience}))
    return desk


def ask(desk: Desk) -> str:
    return desk.obtain().credential.source


@pytest.mark.parametrize(
    ("audience", "variable"),
    [
        ("pypi", "PYPI_ID_TOKEN"),
        ("testpypi", "TESTPYPI_ID_TOKEN"),
        ("my.index/eu-1", "MY_INDEX_EU_1_ID_TOKEN"),
        ("3rd", "_RD_ID_TOKEN"),
    ],
)
def test_the_variable_is_named_after_the_audience(audience: str, variable: str) -> None:
    assert variable == token_variable(audience)


class TestTheIdentity:
    @pytest.mark.parametrize(
        ("registry", "variables"),
        [
            (PYPI, {"PYPI_ID_TOKEN": OF_PYPI}),
            (TESTPYPI, {"TESTPYPI_ID_TOKEN": OF_TESTPYPI, "PYPI_ID_TOKEN": OF_PYPI}),
            (TESTPYPI, {"PYPI_ID_TOKEN": OF_TESTPYPI}),
        ],
    )
    def test_of_the_index_is_traded(self, registry: Registry, variables: dict[str, str]) -> None:
        desk = job(registry, **variables)

        assert SOURCE == ask(desk)
        assert next(iter(variables.values())) in desk.fake.asked(MINT)[0].content.decode()

    def test_is_hidden(self) -> None:
        desk = job(PYPI_ID_TOKEN=OF_PYPI)
        ask(desk)

        assert OF_PYPI in {secret.reveal() for secret in desk.screen.secrets}

    def test_of_pypi_is_not_shown_to_testpypi(self) -> None:
        desk = job(TESTPYPI, PYPI_ID_TOKEN=OF_PYPI)
        error = desk.refused()

        assert "the job declares no identity for this index" in str(error)
        assert "      TESTPYPI_ID_TOKEN:\n        aud: testpypi" in error.hint
        assert [] == desk.fake.asked(MINT)

    @pytest.mark.parametrize("aud", ["sigstore", ["pypi"], None])
    def test_for_somebody_else_is_named(self, aud: object) -> None:
        desk = job(PYPI_ID_TOKEN=jwt({"aud": aud} if aud else {}))
        error = desk.refused()

        has = f"the audience {aud!r}" if aud else "no audience"
        assert f"PYPI_ID_TOKEN holds an identity with {has}, and pypi wants 'pypi'" in str(error)
        assert "`aud: pypi`" in error.hint
        assert [] == desk.fake.asked(MINT)

    def test_that_outlived_its_time_is_named(self) -> None:
        end = int(START.timestamp())
        error = job(PYPI_ID_TOKEN=jwt({"aud": "pypi", "exp": end})).refused()

        assert "PYPI_ID_TOKEN holds an identity that expired at 2026-01-02 03:04 UTC" in str(error)
        assert "give publishing a job of its own" in error.hint

    def test_whose_time_makes_no_sense_is_left_to_the_index(self) -> None:
        desk = job(PYPI_ID_TOKEN=jwt({"aud": "pypi", "exp": -(10**40)}))

        assert SOURCE == ask(desk)

    def test_is_good_for_one_try(self) -> None:
        desk = job(PYPI_ID_TOKEN=OF_PYPI)
        desk.fake.fail(MINT, httpx.Response(502))
        error = desk.refused()

        assert "PYPI_ID_TOKEN may have been used up by a try that got no answer" in str(error)
        assert "Run the job again" in error.hint
        assert 1 == len(desk.fake.asked(MINT))


GITLAB = {"GITLAB_CI": "true"}
OF_SIGSTORE = jwt({"aud": "sigstore"})


class TestBeforeItIsShown:
    @pytest.mark.parametrize(
        ("registry", "variables"),
        [
            (PYPI, {"PYPI_ID_TOKEN": OF_PYPI}),
            (TESTPYPI, {"TESTPYPI_ID_TOKEN": OF_TESTPYPI}),
            (TESTPYPI, {"PYPI_ID_TOKEN": OF_TESTPYPI}),
            (PRIVATE, {"CORP_INDEX_ID_TOKEN": jwt({"aud": "corp-index"})}),
        ],
    )
    def test_one_for_the_index_counts(self, registry: Registry, variables: dict[str, str]) -> None:
        offer = GitLabSource().offer(GITLAB | variables, registry)

        assert "the job declares an identity" == offer
        assert trusts(GITLAB | variables, registry, policy=Policy())

    @pytest.mark.parametrize(
        ("registry", "variables"),
        [
            (PYPI, {"SIGSTORE_ID_TOKEN": OF_SIGSTORE}),
            (PYPI, {"VAULT_ID_TOKEN": jwt({"aud": "https://vault.example"})}),
            (PYPI, {"TESTPYPI_ID_TOKEN": OF_TESTPYPI}),
            (PYPI, {"PYPI_ID_TOKEN": " "}),
            (TESTPYPI, {"SIGSTORE_ID_TOKEN": OF_SIGSTORE, "PYPI_ID_TOKEN": OF_PYPI}),
            (TESTPYPI, {"PYPI_ID_TOKEN": "no identity at all"}),
        ],
    )
    def test_one_for_somebody_else_does_not(
        self, registry: Registry, variables: dict[str, str]
    ) -> None:
        offer = GitLabSource().offer(GITLAB | variables, registry)

        assert isinstance(offer, NotHere)
        assert "the job declares no identity for this index" == offer.reason
        assert not trusts(GITLAB | variables, registry, policy=Policy())

    def test_that_of_sigstore_is_none_for_an_index_of_ones_own(self) -> None:
        offer = GitLabSource().offer({**GITLAB, "SIGSTORE_ID_TOKEN": OF_SIGSTORE}, PRIVATE)

        assert "the index says which one" == offer


class TestWithoutOne:
    def test_the_block_to_add_is_shown(self) -> None:
        error = job().refused()

        assert f"{SOURCE}: does not apply: the job declares no identity" in str(error)
        assert (
            "Add to the job that publishes, in .gitlab-ci.yml:\n"
            "    id_tokens:\n"
            "      PYPI_ID_TOKEN:\n"
            "        aud: pypi\n"
        ) in error.hint

    def test_another_index_is_asked_what_it_wants(self) -> None:
        registry = replace(PRIVATE, audience="corp-index")
        desk = Desk(FakeIndex(registry), {"GITLAB_CI": "true"})
        desk.fake.fail(AUDIENCE, httpx.Response(200, json={"audience": "corp-index"}))

        assert "      CORP_INDEX_ID_TOKEN:\n        aud: corp-index" in desk.refused().hint
