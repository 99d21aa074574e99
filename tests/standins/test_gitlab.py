from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest

from tests.standins.conftest import declared
from tests.standins.packages import wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor

PROJECT = "tools/octo/demo"  # a namespace may have several parts
NOT_FOUND = "Publisher with matching claims was not found"


@pytest.fixture
def trusting(index: EmbeddedIndex) -> EmbeddedIndex:
    index.trust_gitlab("demo", repository=PROJECT)
    return index


def reason(visitor: Visitor, job: dict[str, str]) -> str:
    """Return why *job* gets no token."""
    answer = visitor.mint(declared(job))
    error = answer.json()["errors"][0]
    assert (422, "invalid-publisher") == (answer.status_code, error["code"])
    described: str = error["description"]
    return described.removeprefix("valid token, but no corresponding publisher (")[:-1]


class TestJob:
    def test_publishes_with_the_identity_it_was_given(
        self, trusting: EmbeddedIndex, visitor: Visitor
    ) -> None:
        job = trusting.gitlab.job(project=PROJECT)
        token = visitor.mint(declared(job)).json()["token"]

        assert 200 == visitor.upload(wheel(), token).status_code

    def test_can_use_it_once(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        job = trusting.gitlab.job(project=PROJECT)
        answers = [visitor.mint(declared(job)) for _ in range(2)]

        assert [200, 422] == [answer.status_code for answer in answers]
        assert "invalid-reuse-token" == answers[1].json()["errors"][0]["code"]

    def test_has_a_variable_for_each_audience(self, index: EmbeddedIndex) -> None:
        job = index.gitlab.job(project=PROJECT, audiences=("pypi", "test-pypi"))

        assert {"PYPI_ID_TOKEN", "TEST_PYPI_ID_TOKEN"} == {n for n in job if n.endswith("_TOKEN")}

    def test_is_signed_with_a_key_that_its_issuer_shows(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        page = visitor.get("/_gitlab/.well-known/openid-configuration").json()
        keys = visitor.http.get(page["jwks_uri"]).json()

        assert index.gitlab.issuer.url == page["issuer"]
        assert index.gitlab.issuer.keys() == keys

    def test_is_told_from_one_of_github(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.trust("demo", repository="octo/demo", workflow="release.yml")
        job = index.gitlab.job(project="octo/demo", workflow="release.yml")

        assert NOT_FOUND == reason(visitor, job)


class TestClaims:
    @pytest.mark.parametrize(
        "claim", ["sub", "project_path", "ci_config_ref_uri", "ref_path", "sha", "jti"]
    )
    def test_are_all_needed(self, trusting: EmbeddedIndex, visitor: Visitor, claim: str) -> None:
        gitlab = trusting.gitlab.issuer
        token = declared(trusting.gitlab.job(project=PROJECT))
        said = claims_of(token)
        del said[claim]

        assert f"Missing claim '{claim}'" == reason(visitor, {"AN_ID_TOKEN": gitlab.sign(said)})

    @pytest.mark.parametrize(
        ("claims", "expected"),
        [
            ({"project_path": "tools/octo/other"}, NOT_FOUND),
            ({"ci_config_ref_uri": ""}, "The ci_config_ref_uri claim is empty"),
            (
                {"ci_config_ref_uri": "nothing of the kind"},
                "Could not extract workflow filename from OIDC claims",
            ),
            ({"sub": "project_path:tools/octo/fork:x"}, "Check failed for required claim 'sub'"),
            ({"ref_path": ""}, "The ref_path and sha claims are empty"),
            ({"sha": ""}, "The ref_path and sha claims are empty"),
        ],
    )
    def test_must_fit(
        self,
        trusting: EmbeddedIndex,
        visitor: Visitor,
        claims: dict[str, str],
        expected: str,
    ) -> None:
        job = trusting.gitlab.job(project=PROJECT, claims=claims)

        assert expected == reason(visitor, job)

    def test_name_the_configuration_to_the_letter(
        self, trusting: EmbeddedIndex, visitor: Visitor
    ) -> None:
        said = reason(visitor, trusting.gitlab.job(project=PROJECT.upper()))

        assert said.startswith("The ci_config_ref_uri claim does not match, expecting one of [")
        assert PROJECT in said
        assert PROJECT.upper() in said

    def test_may_name_it_at_the_commit(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        host = trusting.gitlab.issuer.url.partition("://")[2]
        uri = f"{host}/{PROJECT}//.gitlab-ci.yml@{'0' * 40}"
        job = trusting.gitlab.job(project=PROJECT, claims={"ci_config_ref_uri": uri})

        assert 200 == visitor.mint(declared(job)).status_code


class TestEnvironment:
    @pytest.mark.parametrize(
        ("registered", "said", "expected"),
        [
            (None, None, 200),
            (None, "release", 200),
            ("release", "release", 200),
            ("release", "Release", 422),
            ("release", None, 422),
        ],
    )
    def test_is_compared_to_the_letter(
        self,
        index: EmbeddedIndex,
        visitor: Visitor,
        registered: str | None,
        said: str | None,
        expected: int,
    ) -> None:
        index.trust_gitlab("demo", repository=PROJECT, environment=registered)
        job = index.gitlab.job(project=PROJECT, environment=said)

        assert expected == visitor.mint(declared(job)).status_code


def claims_of(token: str) -> dict[str, object]:
    said: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    return said
