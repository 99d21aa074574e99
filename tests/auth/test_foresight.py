"""What a preview knows of each source: the very refusal of the run, and nothing is minted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.auth.chain import foresee
from releasio.auth.refusal import no_credential
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import PYPI
from tests.auth.desk import SITE, TEST_SITE, Desk
from tests.auth.test_prospects import HELD, OWN
from tests.fakes.index import PRIVATE, FakeIndex
from tests.fakes.tokens import jwt, macaroon

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.rules.credentials.credential import Answer

MINT = "/_/oidc/mint-token"


def foreseen(desk: Desk) -> tuple[Answer, ...]:
    return foresee(desk, desk.fake.registry, desk.policy, "demo", chain=desk.chain())


def job(**claims: object) -> Desk:
    fake = FakeIndex(PYPI)
    fake.claims.update(claims)
    return desk_with(fake, **fake.env())


def desk_with(fake: FakeIndex | None = None, **env: str) -> Desk:
    desk = Desk(fake or FakeIndex(PYPI), env)
    desk.keyring.absent = True
    desk.policy = Policy(order=("trusted-publishing", "environment"))
    return desk


def by_a_stranger() -> Desk:
    desk = job()
    desk.env["GITHUB_EVENT_NAME"] = "pull_request_target"
    return desk


def without_permission() -> Desk:
    return desk_with(GITHUB_ACTIONS="true")


CERTAIN: dict[str, Callable[[], Desk]] = {
    **{name: lambda claims=claims: job(**claims) for name, claims in HELD.items()},  # type: ignore[misc]
    "started by pull_request_target": by_a_stranger,
    "no id-token permission": without_permission,
    "no identity in GitLab": lambda: desk_with(GITLAB_CI="true"),
    "an identity for another in GitLab": lambda: desk_with(
        GITLAB_CI="true", PYPI_ID_TOKEN=jwt({"aud": "sigstore"})
    ),
    "an identity that is over": lambda: desk_with(
        CI="true", RELEASIO_OIDC_TOKEN=jwt({"aud": "pypi", "exp": 1})
    ),
    "a token that is none": lambda: desk_with(RELEASIO_TOKEN="hunter2-hunter2"),
    "a token in pieces": lambda: desk_with(RELEASIO_TOKEN="pypi-abc def"),
    "a token of another index": lambda: desk_with(RELEASIO_TOKEN=macaroon(TEST_SITE)),
    "a password": lambda: desk_with(TWINE_USERNAME="ada", TWINE_PASSWORD="a-long-password"),
}


class TestWhatIsCertain:
    @pytest.mark.parametrize("name", CERTAIN)
    def test_is_foreseen_as_the_run_would_tell_it(self, name: str) -> None:
        desk = CERTAIN[name]()
        answers = foreseen(desk)

        assert "possible" not in {answer.outcome for answer in answers}
        error = no_credential(PYPI, answers, desk.env, desk.policy)  # type: ignore[arg-type]
        refusal = CERTAIN[name]().refused()
        assert (str(refusal), refusal.hint) == (str(error), error.hint)
        assert [] == desk.fake.asked(MINT)

    def test_does_not_keep_the_next_source_from_being_asked(self) -> None:
        desk = desk_with(RELEASIO_TOKEN="hunter2-hunter2", PYPI_TOKEN=macaroon(SITE))
        outcomes = {answer.source: answer.outcome for answer in foreseen(desk)}

        assert ("refused", "possible") == (outcomes["RELEASIO_TOKEN"], outcomes["PYPI_TOKEN"])


class TestAnIndexWithoutTrustedPublishing:
    def test_leaves_a_job_of_github_without_a_source(self) -> None:
        desk = job()
        desk.fake.registry = PRIVATE
        desk.fake.fail("/_/oidc/audience", httpx.Response(404))

        assert "possible" not in {answer.outcome for answer in foreseen(desk)}
        assert [] == desk.fake.identities

    def test_that_is_silent_just_now_leaves_it_open(self) -> None:
        desk = job()
        desk.fake.registry = PRIVATE
        desk.fake.fail("/_/oidc/audience", *[httpx.Response(503)] * 5)

        assert "possible" in {answer.outcome for answer in foreseen(desk)}


class TestWhatIsOpen:
    def test_a_job_that_may_publish(self) -> None:
        assert "possible" in {answer.outcome for answer in foreseen(job())}

    def test_a_reusable_workflow_of_the_same_repository(self) -> None:
        desk = job(job_workflow_ref=OWN)

        assert "possible" in {answer.outcome for answer in foreseen(desk)}

    def test_an_identity_service_that_gives_none_just_now(self) -> None:
        desk = job()
        desk.fake.fail("/identity", httpx.Response(403))

        assert "possible" in {answer.outcome for answer in foreseen(desk)}

    def test_what_may_be_typed(self) -> None:
        desk = desk_with()
        desk.policy, desk.terminal.answer = Policy(), "anything"
        answers = {answer.source: answer.outcome for answer in foreseen(desk)}

        assert "possible" == answers["prompt"]
        assert [] == desk.terminal.asked

    def test_a_keyring_is_left_alone_outside_a_ci(self) -> None:
        desk = desk_with()
        desk.policy, desk.keyring.problem = Policy(), "it is locked"

        assert "possible" in {answer.outcome for answer in foreseen(desk)}

    def test_no_keyring_of_a_ci_is_a_source(self) -> None:
        desk = desk_with(CI="true")
        desk.policy = Policy()
        reasons = {answer.source: answer.reason for answer in foreseen(desk)}

        assert "there is none" == reasons["keyring"]
