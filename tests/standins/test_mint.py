from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Literal

import jwt
import pytest

from releasio.standins.publishing.issuer import new_key
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor
from tests.standins.packages import wheel

if TYPE_CHECKING:
    import httpx

    from tests.standins.conftest import Clock

REPO = "octo/demo"
FLOW = "release.yml"


def job(index: EmbeddedIndex, environment: str | None = None) -> dict[str, str]:
    return index.issuer.job(repository=REPO, workflow=FLOW, environment=environment)


def changed(visitor: Visitor, identity: str, **claims: object) -> str:
    """Return *identity* signed afresh with other claims, or without those that are None."""
    said = jwt.decode(identity, options={"verify_signature": False}) | claims
    return visitor.index.issuer.sign({k: v for k, v in said.items() if v is not None})


def error(answer: httpx.Response) -> tuple[str, str]:
    assert answer.status_code == 422
    body = answer.json()
    assert body["message"] == "Token request failed"
    [one] = body["errors"]
    return one["code"], one["description"]


@pytest.fixture
def trusting(index: EmbeddedIndex) -> EmbeddedIndex:
    index.trust("demo", repository=REPO, workflow=FLOW)
    return index


class TestAudience:
    def test_is_what_identity_tokens_must_be_made_for(self, visitor: Visitor) -> None:
        assert {"audience": visitor.index.audience} == visitor.get("/_/oidc/audience").json()

    def test_is_refused_where_the_operator_says_so(self) -> None:
        with EmbeddedIndex(trusted_publishing="disabled") as index:
            answer = Visitor(index).get("/_/oidc/audience")

        assert 403 == answer.status_code
        assert {"message": "Trusted publishing functionality not enabled"} == answer.json()

    def test_does_not_exist_where_the_feature_does_not(self) -> None:
        with EmbeddedIndex(trusted_publishing="absent") as index:
            visitor = Visitor(index)

            assert 404 == visitor.get("/_/oidc/audience").status_code
            assert 404 == visitor.mint("x").status_code


class TestMint:
    def test_gives_a_token_for_the_projects_of_the_publisher(
        self, trusting: EmbeddedIndex, visitor: Visitor, clock: Clock
    ) -> None:
        answer = visitor.mint(visitor.identity(job(trusting))).json()

        assert answer["success"] is True
        assert int(clock.now.timestamp()) + 900 == answer["expires"]
        assert 200 == visitor.upload(wheel(), answer["token"]).status_code

    def test_serves_the_older_address_too(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        identity = visitor.identity(job(trusting))
        answer = visitor.http.post("/_/oidc/github/mint-token", json={"token": identity})

        assert 200 == answer.status_code

    def test_reads_the_body_as_json_whatever_its_type(
        self, trusting: EmbeddedIndex, visitor: Visitor
    ) -> None:
        body = json.dumps({"token": visitor.identity(job(trusting)), "more": 1})
        answer = visitor.http.post(
            "/_/oidc/mint-token", content=body, headers={"Content-Type": "text/plain"}
        )

        assert 200 == answer.status_code

    def test_prefers_the_publisher_with_the_environment(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.trust("anywhere", repository=REPO, workflow=FLOW)
        index.trust("careful", repository=REPO, workflow=FLOW, environment="PyPI")
        token = visitor.minted(job(index, environment="pypi"))

        assert 200 == visitor.upload(wheel("careful"), token).status_code
        assert 403 == visitor.upload(wheel("anywhere"), token).status_code

    def test_serves_every_project_of_one_publisher(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.trust("one", repository=REPO, workflow=FLOW)
        index.trust("two", repository=REPO, workflow=FLOW)
        token = visitor.minted(job(index))

        assert 200 == visitor.upload(wheel("one"), token).status_code
        assert 200 == visitor.upload(wheel("two"), token).status_code


class TestBurn:
    def burn(self, visitor: Visitor, token: object) -> int:
        return visitor.http.post("/_/oidc/burn-token", json={"token": token}).status_code

    def test_a_token_given_back_works_no_more(
        self, trusting: EmbeddedIndex, visitor: Visitor
    ) -> None:
        token = visitor.minted(job(trusting))

        assert 202 == self.burn(visitor, token)
        assert visitor.refusal(wheel(), token).startswith(
            "403 Invalid or non-existent authentication information."
        )

    def test_a_token_of_a_person_stays(self, visitor: Visitor, token: str) -> None:
        assert 202 == self.burn(visitor, token)
        assert 200 == visitor.upload(wheel(), token).status_code

    @pytest.mark.parametrize("sent", ["", "nonsense", "rehearsal-", 1, None, []])
    def test_answers_the_same_whatever_is_sent(self, visitor: Visitor, sent: object) -> None:
        assert 202 == self.burn(visitor, sent)

    def test_does_not_exist_where_trusted_publishing_does_not(self) -> None:
        with EmbeddedIndex(trusted_publishing="absent") as index:
            assert 404 == self.burn(Visitor(index), "x")


class TestOrderOfRefusals:
    """Section 1.2 of the registry contract, row by row."""

    @pytest.mark.parametrize("body", ["", "nonsense", "[]", "{}", '{"token": 1}'])
    def test_1_a_body_that_is_no_object_with_a_token(self, visitor: Visitor, body: str) -> None:
        code, description = error(visitor.http.post("/_/oidc/mint-token", content=body))

        assert "invalid-payload" == code
        assert description.startswith("1 validation error for TokenPayload")

    @pytest.mark.parametrize("text", ["nonsense", "a.b.c"])
    def test_2_no_jwt(self, visitor: Visitor, text: str) -> None:
        assert ("invalid-payload", "malformed JWT") == error(visitor.mint(text))

    def test_2_no_issuer(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        identity = changed(visitor, visitor.identity(job(trusting)), iss=None)

        assert ("invalid-payload", "malformed JWT") == error(visitor.mint(identity))

    def test_3_another_issuer(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        identity = changed(visitor, visitor.identity(job(trusting)), iss="urn:other")

        wanted = ("invalid-payload", "unknown trusted publishing issuer")
        assert wanted == error(visitor.mint(identity))

    def test_4_switched_off(self) -> None:
        with EmbeddedIndex(trusted_publishing="disabled") as index:
            visitor = Visitor(index)
            answer = visitor.mint(visitor.identity(job(index)))

        wanted = ("not-enabled", "github trusted publishing functionality not enabled")
        assert wanted == error(answer)

    @pytest.mark.parametrize(
        "claims",
        [
            {"aud": "pypi"},
            {"aud": None},
            {"exp": None},
            {"iat": None},
            {"exp": "soon"},
        ],
    )
    def test_5_claims_that_every_token_needs(
        self, trusting: EmbeddedIndex, visitor: Visitor, claims: dict[str, object]
    ) -> None:
        identity = changed(visitor, visitor.identity(job(trusting)), **claims)

        assert ("invalid-token", "malformed or invalid token") == error(visitor.mint(identity))

    def test_5_the_audience_is_no_list(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        identity = changed(visitor, visitor.identity(job(trusting)), aud=[trusting.audience])

        assert ("invalid-token", "malformed or invalid token") == error(visitor.mint(identity))

    @pytest.mark.parametrize(
        ("claim", "seconds", "status"),
        [
            ("exp", -29, 200),
            ("exp", -30, 422),
            ("iat", 30, 200),
            ("iat", 31, 422),
            ("nbf", 30, 200),
            ("nbf", 31, 422),
        ],
    )
    def test_5_times_with_half_a_minute_to_spare(
        self,
        trusting: EmbeddedIndex,
        visitor: Visitor,
        clock: Clock,
        claim: str,
        seconds: int,
        status: int,
    ) -> None:
        identity = visitor.identity(job(trusting))
        time = int(clock.now.timestamp()) + seconds

        answer = visitor.mint(changed(visitor, identity, **{claim: time}))

        assert status == answer.status_code

    def test_5_signed_by_somebody_else(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        claims = jwt.decode(visitor.identity(job(trusting)), options={"verify_signature": False})
        forged = trusting.issuer.sign(claims, key=new_key())

        assert ("invalid-token", "malformed or invalid token") == error(visitor.mint(forged))

    def test_6_a_project_that_exists_already(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.expect("Demo", repository=REPO, workflow=FLOW)
        index.trust("demo", repository=REPO, workflow=FLOW)
        first = visitor.mint(visitor.identity(job(index)))

        wanted = ("invalid-pending-publisher", "valid token, but project already exists")
        assert wanted == error(first)
        assert 200 == visitor.mint(visitor.identity(job(index))).status_code

    def test_7_a_project_that_may_not_be_created(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.expect("json", repository=REPO, workflow=FLOW)
        code, description = error(visitor.mint(visitor.identity(job(index))))

        assert "invalid-payload" == code
        assert description.startswith(
            "The name 'json' isn't allowed (conflict with Python Standard Library module name)."
        )

    def test_8_a_token_that_was_used(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        identity = visitor.identity(job(trusting))
        visitor.mint(identity)

        wanted = ("invalid-reuse-token", "invalid token: already used")
        assert wanted == error(visitor.mint(identity))

    def test_9_nobody_registered(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        wanted = (
            "invalid-publisher",
            (
                "valid token, but no corresponding publisher "
                "(Publisher with matching claims was not found)"
            ),
        )

        assert wanted == error(visitor.mint(visitor.identity(job(index))))

    def test_9_does_not_spend_the_token(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        identity = visitor.identity(job(index))
        visitor.mint(identity)
        index.trust("demo", repository=REPO, workflow=FLOW)

        assert 200 == visitor.mint(identity).status_code

    def test_10_of_several_at_once_one_wins(
        self, trusting: EmbeddedIndex, visitor: Visitor
    ) -> None:
        identity = visitor.identity(job(trusting))
        answers = []
        threads = [
            threading.Thread(target=lambda: answers.append(visitor.mint(identity).status_code))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [200, 422, 422, 422] == sorted(answers)


class TestPendingPublisher:
    def test_becomes_project_and_publisher_at_the_first_mint(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.expect("Demo", repository=REPO, workflow=FLOW)
        token = visitor.minted(job(index))

        assert ["Demo"] == index.projects()
        assert {} == index.files("demo")
        assert 200 == visitor.upload(wheel(), token).status_code
        assert 200 == visitor.mint(visitor.identity(job(index))).status_code

    def test_with_another_name_than_the_file_ends_in_an_empty_project(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.expect("dmeo", repository=REPO, workflow=FLOW)
        refusal = visitor.refusal(wheel(), visitor.minted(job(index)))

        assert refusal.startswith("400 Non-user identities cannot create new projects. This was ")
        assert ["dmeo"] == index.projects()

    def test_of_one_identity_is_the_only_one(self, index: EmbeddedIndex) -> None:
        index.expect("one", repository=REPO, workflow=FLOW)

        with pytest.raises(ValueError, match="identity already"):
            index.expect("two", repository=REPO, workflow=FLOW)


class TestTokenOfAPublisher:
    def test_lives_fifteen_minutes(
        self, trusting: EmbeddedIndex, visitor: Visitor, clock: Clock
    ) -> None:
        token = visitor.minted(job(trusting))
        clock.pass_by(seconds=899)
        early = visitor.upload(wheel(version="1.0"), token)
        clock.pass_by(seconds=1)
        late = visitor.refusal(wheel(version="1.1"), token)

        assert 200 == early.status_code
        assert "403 Invalid API Token: token is expired" == late

    def test_is_for_the_projects_of_its_publisher(
        self, trusting: EmbeddedIndex, visitor: Visitor
    ) -> None:
        trusting.create_project("other")
        refusal = visitor.refusal(wheel("other"), visitor.minted(job(trusting)))

        wanted = "403 Invalid API Token: OIDC scoped token is not valid for project 'other'"
        assert wanted == refusal

    @pytest.mark.parametrize("status", ["archived", "quarantined"])
    def test_cannot_upload_to_a_project_that_is_closed(
        self, trusting: EmbeddedIndex, visitor: Visitor, status: Literal["archived", "quarantined"]
    ) -> None:
        trusting.set_status("demo", status)
        refusal = visitor.refusal(wheel(), visitor.minted(job(trusting)))

        wanted = "403 The given token isn't allowed to upload to project 'demo'. See …/help/"
        assert refusal.startswith(wanted)


class TestUnknownKey:
    def test_can_be_played_once(self, trusting: EmbeddedIndex, visitor: Visitor) -> None:
        trusting.fail(on="mint", how="unknown-key")
        identity = visitor.identity(job(trusting))

        assert "invalid-token" == error(visitor.mint(identity))[0]
        assert 200 == visitor.mint(identity).status_code
