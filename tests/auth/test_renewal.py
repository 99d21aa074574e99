from __future__ import annotations

import threading
from datetime import timedelta

import httpx
import pytest

from releasio.auth.renewal import Renewal
from releasio.errors.auth.credential import NoCredential
from releasio.errors.index.answers import IndexUnreachable
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import Secret
from tests.auth.desk import Desk
from tests.fakes.index import START, FakeIndex, refusal

MINT = "/_/oidc/mint-token"
IDENTITY = "/identity"
UNKNOWN = refusal("invalid-publisher", "valid token, but no corresponding publisher")


def desk_in_ci(left: int | None = None, *, held: bool = True) -> Desk:
    """Return a job that may mint, holding a credential that ends in *left* seconds."""
    fake = FakeIndex()
    end = None if left is None else START + timedelta(seconds=left)
    desk = Desk(fake, fake.env())
    if held:
        desk.credentials[fake.registry] = Credential("__token__", Secret("held"), "test", end)
    return desk


def renewal(desk: Desk) -> Renewal:
    return Renewal(desk, desk.fake.registry, policy=Policy(), project="demo")  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "kept"), [(None, True), (600, True), (119, False)])
def test_a_new_one_is_obtained_before_the_old_one_ends(left: int | None, *, kept: bool) -> None:
    desk = desk_in_ci(left)

    assert kept is (renewal(desk)().secret == Secret("held"))


def test_a_run_that_holds_none_obtains_one() -> None:
    desk = desk_in_ci(held=False)

    assert Secret("minted-1-for-you") == renewal(desk)().secret


def test_one_that_the_index_called_expired_is_not_given_again() -> None:
    desk = desk_in_ci()
    authority = renewal(desk)

    assert Secret("minted-1-for-you") == authority(authority()).secret


def test_what_the_sources_said_the_last_time_is_known() -> None:
    desk = desk_in_ci(held=False)
    renewal(desk)()

    (answer,) = desk.answers[desk.fake.registry]
    assert ("trusted publishing (GitHub Actions)", "used") == (answer.source, answer.outcome)


def test_in_the_middle_of_many_files_a_fresh_identity_is_minted_again() -> None:
    desk = desk_in_ci(held=False)
    authority = renewal(desk)
    secrets = []
    for _ in range(4):
        secrets.append(authority().secret.reveal())
        desk.clock.sleep(400)

    assert ["minted-1-for-you"] * 2 + ["minted-2-for-you"] * 2 == secrets
    assert 2 == len(set(desk.fake.identities))


def at_the_end_of_its_time() -> Desk:
    """Return a job that mints, has a token beside, and holds what was minted 15 minutes ago."""
    desk = desk_in_ci(held=False)
    desk.env["RELEASIO_TOKEN"] = "a-token-of-the-whole-account"
    renewal(desk)()
    desk.clock.sleep(900)
    return desk


class TestWhatWasMinted:
    """The files carry attestations by now, and an index takes those with nothing else."""

    @pytest.mark.parametrize("service", [IDENTITY, MINT])
    def test_is_not_replaced_by_a_token_where_nobody_answers(self, service: str) -> None:
        desk = at_the_end_of_its_time()
        desk.fake.fail(service, *[httpx.Response(503)] * 9)

        with pytest.raises(IndexUnreachable, match="answered 503"):
            renewal(desk)()

    def test_is_not_replaced_by_a_token_where_it_is_refused(self) -> None:
        desk = at_the_end_of_its_time()
        desk.fake.fail(MINT, UNKNOWN)

        with pytest.raises(NoCredential) as caught:
            renewal(desk)()

        assert "trusted publishing (GitHub Actions): refused: " in str(caught.value)
        assert "RELEASIO_TOKEN" not in str(caught.value) + caught.value.hint

    def test_stays_held_so_that_the_next_file_asks_again(self) -> None:
        desk = at_the_end_of_its_time()
        desk.fake.fail(MINT, UNKNOWN)
        with pytest.raises(NoCredential):
            renewal(desk)()

        assert renewal(desk)().trusted


def test_many_at_the_same_time_get_one_token() -> None:
    desk = desk_in_ci(held=False)
    authority = renewal(desk)
    start, got = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        got.append(authority().secret.reveal())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ["minted-1-for-you"] * 8 == got
    assert 1 == len(desk.fake.asked(MINT))
