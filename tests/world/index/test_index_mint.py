from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.errors.auth.identity import IdentityNotGiven, IdentityRefused
from releasio.errors.auth.publisher import (
    AudienceRefused,
    MintRefused,
    PendingPublisherStale,
    PublisherUnknown,
    TrustedPublishingOff,
    TrustedPublishingUnsupported,
)
from releasio.errors.index.answers import GarbledAnswer, IndexUnreachable
from releasio.rules.credentials.secret import Secret
from releasio.world.ci.identity import GitHubIdentity
from tests.fakes.index import REQUEST_TOKEN, START, FakeIndex, refusal

if TYPE_CHECKING:
    from releasio.world.index.minting import Minted

AUDIENCE = "/_/oidc/audience"
MINT = "/_/oidc/mint-token"
IDENTITY = "/identity"
UNKNOWN = refusal(
    "invalid-publisher",
    "valid token, but no corresponding publisher (Publisher with matching claims was not found)",
)
STALE = refusal("invalid-pending-publisher", "valid token, but project already exists")


@pytest.fixture
def fake() -> FakeIndex:
    return FakeIndex()


def identity(fake: FakeIndex) -> GitHubIdentity:
    url = fake.env()["ACTIONS_ID_TOKEN_REQUEST_URL"]
    return GitHubIdentity(url, Secret(REQUEST_TOKEN), "pypi", fake.client().requester)


def mint(fake: FakeIndex) -> Minted:
    return fake.client().mint(identity(fake).fetch, "demo")


class TestAudience:
    def test_is_asked_of_the_index(self, fake: FakeIndex) -> None:
        assert "127.0.0.1:9" == fake.client().audience()

    def test_of_another_is_refused_before_there_is_an_identity(self, fake: FakeIndex) -> None:
        fake.audience = "pypi"

        with pytest.raises(AudienceRefused) as caught:
            fake.client().audience()

        assert (
            "private asks for an identity for the audience 'pypi': it is PyPI that takes these, "
            "and private could use it there"
        ) == str(caught.value)
        assert (
            "No index but that one gets them; give this one a token, or correct its url."
            == caught.value.hint
        )

    def test_that_is_not_its_host_is_named_in_the_settings(self, fake: FakeIndex) -> None:
        fake.audience = "corp\x1b-packages"

        with pytest.raises(
            AudienceRefused, match=r"'corp\\x1b-packages': that is neither"
        ) as caught:
            fake.client().audience()

        assert (
            "If that is the audience of this index alone, set registries.private.audience."
            == caught.value.hint
        )

    @pytest.mark.parametrize(
        "reply",
        [
            httpx.Response(404, text="Not Found"),
            httpx.Response(401),
            httpx.Response(302, headers={"Location": "/login"}),
            httpx.Response(403, text="<html>Forbidden</html>"),
        ],
        ids=lambda reply: str(reply.status_code),
    )
    def test_most_indexes_have_none(self, fake: FakeIndex, reply: httpx.Response) -> None:
        fake.fail(AUDIENCE, reply)

        with pytest.raises(TrustedPublishingUnsupported) as caught:
            fake.client().audience()

        assert (
            f"private does not offer trusted publishing (it answered {reply.status_code})"
            == str(caught.value)
        )

    def test_it_may_be_switched_off(self, fake: FakeIndex) -> None:
        message = {"message": "Trusted publishing functionality not enabled"}
        fake.fail(AUDIENCE, httpx.Response(403, json=message))

        with pytest.raises(TrustedPublishingOff) as caught:
            fake.client().audience()

        assert (
            str(caught.value) == "private has switched trusted publishing off: "
            "Trusted publishing functionality not enabled"
        )

    @pytest.mark.parametrize("reply", ["<html>Please log in</html>", "[]", '{"audience": 7}'])
    def test_a_proxy_may_answer_instead(self, fake: FakeIndex, reply: str) -> None:
        fake.fail(AUDIENCE, httpx.Response(200, text=reply))

        with pytest.raises(GarbledAnswer, match="answered 200 with something"):
            fake.client().audience()


def test_a_token_with_a_line_break_in_it_is_none(fake: FakeIndex) -> None:
    fake.fail(MINT, httpx.Response(200, json={"token": "pypi-one\ntwo"}))

    with pytest.raises(GarbledAnswer, match="an answer without a token"):
        mint(fake)


class TestIdentity:
    def test_the_audience_is_added_to_the_query_that_is_there(self, fake: FakeIndex) -> None:
        identity(fake).fetch()

        assert dict(fake.requests[0].url.params) == {"api-version": "2.0", "audience": "pypi"}

    def test_is_hidden_at_birth(self, fake: FakeIndex) -> None:
        assert identity(fake).fetch() in fake.screen.secrets

    def test_is_asked_for_again_when_the_service_stumbles(self, fake: FakeIndex) -> None:
        fake.fail(IDENTITY, httpx.Response(500), httpx.ReadTimeout(""))

        assert identity(fake).fetch()

    @pytest.mark.parametrize(
        ("reply", "words"),
        [
            (httpx.Response(400, text=f"no {REQUEST_TOKEN}!"), "400 no ***!"),
            (httpx.Response(200, text=f"<html>{REQUEST_TOKEN}"), "it answered '<html>***'"),
            (httpx.Response(200, json={"value": ""}), "it answered"),
            (httpx.Response(200, json=[]), "it answered '[]'"),
        ],
    )
    def test_a_service_that_gives_none_is_quoted_without_the_secret(
        self, fake: FakeIndex, reply: httpx.Response, words: str
    ) -> None:
        fake.fail(IDENTITY, reply)

        with pytest.raises(IdentityNotGiven) as caught:
            identity(fake).fetch()

        assert str(caught.value).startswith(
            f"GitHub's identity service gave no identity token: {words}"
        )

    def test_one_for_somebody_else_is_not_used(self, fake: FakeIndex) -> None:
        fake.fail(IDENTITY, httpx.Response(200, json={"value": "a.b.c"}))

        with pytest.raises(IdentityNotGiven, match="its audience is None, not 'pypi'"):
            identity(fake).fetch()


class TestMint:
    def test_gives_a_token_and_its_end(self, fake: FakeIndex) -> None:
        minted = mint(fake)

        assert minted.token.reveal() == "minted-1-for-you"
        assert START + timedelta(seconds=900) == minted.expires
        assert minted.token in fake.screen.secrets

    def test_the_end_may_be_missing(self, fake: FakeIndex) -> None:
        fake.fail(MINT, httpx.Response(200, json={"success": True, "token": "pypi-token"}))

        assert mint(fake).expires is None

    @pytest.mark.parametrize(
        "expires",
        [
            "1767323945000",  # milliseconds
            "1" + "0" * 40,
            "-1" + "0" * 40,
            "1e300",
            "NaN",
            "Infinity",
            "900",  # how long, not until when
            "true",
            '"2026-01-02T03:19:05Z"',
            "null",
        ],
    )
    def test_an_end_that_makes_no_sense_is_none(self, fake: FakeIndex, expires: str) -> None:
        text = f'{{"success": true, "token": "minted-for-you", "expires": {expires}}}'
        fake.fail(MINT, httpx.Response(200, text=text))
        minted = mint(fake)

        assert (Secret("minted-for-you"), None) == (minted.token, minted.expires)
        assert minted.token in fake.screen.secrets

    def test_the_end_may_have_a_fraction(self, fake: FakeIndex) -> None:
        end = START + timedelta(seconds=899.5)
        answer = {"success": True, "token": "minted-for-you", "expires": end.timestamp()}
        fake.fail(MINT, httpx.Response(200, json=answer))

        assert end == mint(fake).expires

    @pytest.mark.parametrize(
        "fault",
        [httpx.ReadTimeout(""), httpx.WriteError(""), httpx.Response(500), httpx.Response(429)],
        ids=str,
    )
    def test_each_try_has_an_identity_of_its_own(
        self, fake: FakeIndex, fault: httpx.Response | Exception
    ) -> None:
        fake.fail(MINT, fault, fault)

        mint(fake)

        sent = [request.content for request in fake.asked(MINT)]
        assert len(set(sent)) == 3

    @pytest.mark.parametrize("fault", [httpx.ConnectError(""), httpx.ConnectTimeout("")], ids=repr)
    def test_one_that_could_not_be_sent_is_not_used_up(
        self, fake: FakeIndex, fault: Exception
    ) -> None:
        """Of some CIs a job gets only one."""
        fake.fail(MINT, fault, fault)

        mint(fake)

        assert 1 == len({request.content for request in fake.asked(MINT)})

    def test_it_is_tried_five_times(self, fake: FakeIndex) -> None:
        fake.fail(MINT, *[httpx.Response(503)] * 5)

        with pytest.raises(IndexUnreachable, match="after 5 tries: it answered 503"):
            mint(fake)

    def test_after_a_stale_pending_publisher_the_normal_one_is_found(self, fake: FakeIndex) -> None:
        fake.fail(MINT, STALE)

        assert mint(fake).token
        assert len(fake.identities) == 2

    @pytest.mark.parametrize(
        ("replies", "error"),
        [
            ([STALE, STALE], PendingPublisherStale),
            ([STALE, UNKNOWN], PublisherUnknown),
            ([UNKNOWN], PublisherUnknown),
            ([refusal("invalid-token", "malformed or invalid token")], IdentityRefused),
            ([refusal("invalid-reuse-token", "invalid token: already used")], IdentityRefused),
            ([refusal("not-enabled", "github trusted publishing ...")], TrustedPublishingOff),
            ([refusal("invalid-payload", "unknown trusted publishing issuer")], MintRefused),
            ([refusal("of-the-future", "no")], MintRefused),
            ([httpx.Response(422, json={"message": "Token request failed"})], MintRefused),
            ([httpx.Response(422, json={"errors": ["odd"]})], MintRefused),
            ([httpx.Response(403, text="<html>Forbidden")], GarbledAnswer),
            ([httpx.Response(200, text="<html>Welcome")], GarbledAnswer),
            ([httpx.Response(200, json={"success": True})], GarbledAnswer),
        ],
    )
    def test_every_refusal_has_its_name(
        self, fake: FakeIndex, replies: list[httpx.Response], error: type[Exception]
    ) -> None:
        fake.fail(MINT, *replies)

        with pytest.raises(error):
            mint(fake)

        assert len(replies) == len(fake.asked(MINT))

    @pytest.mark.parametrize("code", ["invalid-payload", "invalid-publisher", "invalid-token"])
    def test_the_identity_is_not_shown_even_if_the_index_echoes_it(
        self, fake: FakeIndex, code: str
    ) -> None:
        fake.fail(
            MINT,
            lambda request: refusal(code, f"you sent {request.content.decode()}"),
        )

        with pytest.raises((MintRefused, PublisherUnknown, IdentityRefused)) as caught:
            mint(fake)

        (sent,) = fake.identities
        assert "you sent" in str(caught.value)
        assert not any(part in str(caught.value) for part in sent.split("."))


BURN = "/_/oidc/burn-token"


class TestBurn:
    def test_gives_the_token_back_to_the_index_it_is_of(self, fake: FakeIndex) -> None:
        fake.client().give_back(Secret("minted-1-for-you"))

        [request] = fake.asked(BURN)
        assert ("POST", b'{"token":"minted-1-for-you"}') == (request.method, request.content)
        assert ["the minted token is not needed any more; private has forgotten it"] == (
            fake.screen.lines
        )

    @pytest.mark.parametrize("status", [301, 404, 405, 500, 503])
    def test_an_index_that_takes_none_back_is_asked_once(
        self, fake: FakeIndex, status: int
    ) -> None:
        fake.fail(BURN, httpx.Response(status))
        fake.client().give_back(Secret("minted-1-for-you"))

        assert 1 == len(fake.requests)
        said = f"private did not take it back: it answered {status}"
        assert [f"the minted token is not needed any more; {said}"] == fake.screen.lines

    def test_nobody_waits_for_an_index_that_is_silent(self, fake: FakeIndex) -> None:
        fake.fail(BURN, httpx.ReadTimeout(""))
        fake.client().give_back(Secret("minted-1-for-you"))

        [request] = fake.requests
        assert {5.0} == set(request.extensions["timeout"].values())
        assert "did not take it back: no answer within the time allowed" in fake.screen.lines[0]
