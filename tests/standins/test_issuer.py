from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest

if TYPE_CHECKING:
    from jwt.types import Options

    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor


class TestDiscovery:
    def test_leads_to_the_key_that_signs(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        identity = visitor.identity(index.issuer.job(repository="octo/demo"))
        found = visitor.get("/_issuer/.well-known/openid-configuration").json()
        keys = visitor.get(found["jwks_uri"]).json()["keys"]

        header = jwt.get_unverified_header(identity)
        [key] = [key for key in keys if key["kid"] == header["kid"]]
        options: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
        claims = jwt.decode(identity, jwt.PyJWK(key), audience=index.audience, options=options)
        assert index.issuer.url == found["issuer"] == claims["iss"]
        assert "RS256" == header["alg"]


class TestJob:
    def test_finds_itself_in_its_environment(self, index: EmbeddedIndex) -> None:
        job = index.issuer.job(
            repository="octo/demo", workflow="ship.yml", ref="refs/tags/v1", sha="a" * 40
        )

        assert "true" == job["GITHUB_ACTIONS"]
        assert "octo/demo" == job["GITHUB_REPOSITORY"]
        assert "octo/demo/.github/workflows/ship.yml@refs/tags/v1" == job["GITHUB_WORKFLOW_REF"]
        assert ("refs/tags/v1", "v1", "tag") == (
            job["GITHUB_REF"],
            job["GITHUB_REF_NAME"],
            job["GITHUB_REF_TYPE"],
        )
        assert "api-version=2.0" in job["ACTIONS_ID_TOKEN_REQUEST_URL"]

    def test_without_permission_has_nowhere_to_ask(self, index: EmbeddedIndex) -> None:
        job = index.issuer.job(repository="octo/demo", identity=False)

        assert not [name for name in job if name.startswith("ACTIONS_")]

    def test_gets_another_token_each_time(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        job = index.issuer.job(repository="octo/demo", environment="pypi")
        claims = [
            jwt.decode(visitor.identity(job), options={"verify_signature": False}) for _ in range(2)
        ]

        assert claims[0]["jti"] != claims[1]["jti"]
        assert "repo:octo/demo:environment:pypi" == claims[0]["sub"]
        assert "pypi" == claims[0]["environment"]
        assert 300 == claims[0]["exp"] - claims[0]["iat"]

    def test_says_what_it_is_told_to(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        job = index.issuer.job(repository="octo/demo", claims={"ref": None, "sha": "b" * 40})
        claims = jwt.decode(visitor.identity(job), options={"verify_signature": False})

        assert "ref" not in claims
        assert "b" * 40 == claims["sha"]

    @pytest.mark.parametrize("header", ["", "bearer wrong", "basic x"])
    def test_is_known_by_its_bearer(
        self, index: EmbeddedIndex, visitor: Visitor, header: str
    ) -> None:
        job = index.issuer.job(repository="octo/demo")
        answer = visitor.http.get(
            job["ACTIONS_ID_TOKEN_REQUEST_URL"], headers={"Authorization": header}
        )

        assert 401 == answer.status_code

    def test_must_keep_the_query_it_was_given(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        job = index.issuer.job(repository="octo/demo")
        address = job["ACTIONS_ID_TOKEN_REQUEST_URL"].partition("?")[0]
        answer = visitor.http.get(
            f"{address}?audience=rehearsal",
            headers={"Authorization": f"Bearer {job['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"},
        )

        assert 400 == answer.status_code
