from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.errors.auth.token import (
    TokenExpired,
    TokenForAnotherIndex,
    TokenForAnotherProject,
    TokenMalformed,
)
from releasio.rules.credentials.secret import Secret
from releasio.rules.credentials.token import TokenFacts, check_token, read_token
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from tests.fakes.tokens import macaroon

SITE = (PYPI.site or "").removeprefix("https://")
TEST_SITE = (TESTPYPI.site or "").removeprefix("https://")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
STAMP = int(NOW.timestamp())
OTHER = Registry("internal", "https://pkg.example.org/up/", None)


def check(token: str, registry: Registry = PYPI, project: str = "demo") -> TokenFacts | None:
    return check_token(Secret(token), "RELEASIO_TOKEN", registry=registry, project=project, now=NOW)


class TestReadToken:
    def test_begins_as_the_tokens_of_the_two_sites_do(self) -> None:
        assert macaroon(SITE).startswith("pypi-AgEIcHlwaS5vcmc")
        assert macaroon(TEST_SITE).startswith("pypi-AgENdGVzdC5weXBpLm9yZw")

    @pytest.mark.parametrize(
        ("caveats", "expected"),
        [
            ([], TokenFacts(SITE)),
            ([[3, "user-id"]], TokenFacts(SITE)),
            ([[1, ["Some_Thing"]]], TokenFacts(SITE, ("some-thing",), limited=True)),
            ([[2, ["0000-1111"]]], TokenFacts(SITE, limited=True)),
            (
                [[4, "publisher-id", None], [2, ["a"]], [0, STAMP + 900, STAMP]],
                TokenFacts(
                    SITE,
                    limited=True,
                    publisher=True,
                    not_before=NOW,
                    expires=datetime.fromtimestamp(STAMP + 900, UTC),
                ),
            ),
            ([{"version": 1, "permissions": "user"}], TokenFacts(SITE)),
            (
                [{"version": 1, "permissions": {"projects": ["demo"]}}],
                TokenFacts(SITE, ("demo",), limited=True),
            ),
            ([[99, "of the future"], "?"], TokenFacts(SITE)),
        ],
    )
    def test_reads_every_restriction_it_knows(
        self, caveats: list[object], expected: TokenFacts
    ) -> None:
        assert expected == read_token(Secret(macaroon(SITE, *caveats)))

    def test_reads_caveats_longer_than_one_length_byte(self) -> None:
        names = [f"project-{number}" for number in range(40)]

        facts = read_token(Secret(macaroon(SITE, [1, names])))

        assert facts is not None
        assert tuple(names) == facts.projects

    @pytest.mark.parametrize(
        "text", ["", "pypi-", "pypi-AgEI", "ghp_0123456789", "pypi-äöü", "pypi-AQ", "pypi-Ag"]
    )
    def test_what_is_no_token_is_none(self, text: str) -> None:
        assert read_token(Secret(text)) is None

    @given(st.integers(min_value=6, max_value=100))
    def test_a_token_cut_short_never_crashes(self, length: int) -> None:
        read_token(Secret(macaroon(SITE, [1, ["demo"]])[:length]))

    @given(st.text(alphabet="ABCDEFabcdef0123456789_-", max_size=80))
    def test_nonsense_never_crashes(self, text: str) -> None:
        read_token(Secret(f"pypi-{text}"))


class TestCheckToken:
    def test_a_fitting_token_passes(self) -> None:
        assert TokenFacts(SITE) == check(macaroon(SITE))

    @pytest.mark.parametrize(
        ("site", "registry", "made_for"),
        [
            (TEST_SITE, PYPI, "testpypi"),
            (SITE, TESTPYPI, "pypi"),
            (SITE, OTHER, "pypi"),
            (TEST_SITE, OTHER, "testpypi"),
            ("index.example", PYPI, "index.example"),
        ],
    )
    def test_names_the_index_a_token_belongs_to(
        self, site: str, registry: Registry, made_for: str
    ) -> None:
        with pytest.raises(TokenForAnotherIndex) as caught:
            check(macaroon(site), registry)

        assert (
            f"RELEASIO_TOKEN holds a token of {made_for}, but the upload goes to {registry.name}"
            == str(caught.value)
        )
        assert (
            f"Make a token on {registry.name}, or choose the registry {made_for}."
            == caught.value.hint
        )

    def test_says_when_it_expired(self) -> None:
        with pytest.raises(TokenExpired) as caught:
            check(macaroon(SITE, [0, STAMP, STAMP - 900]))

        assert (
            str(caught.value) == "RELEASIO_TOKEN holds a token that expired at 2026-01-02 03:04 UTC"
        )
        assert caught.value.hint == "Make a new token, or use trusted publishing, which needs none."

    def test_names_the_projects_it_is_for(self) -> None:
        with pytest.raises(TokenForAnotherProject) as caught:
            check(macaroon(SITE, [1, ["other"]]))

        assert str(caught.value) == "RELEASIO_TOKEN holds a token for other, not for demo"
        assert caught.value.hint.startswith("Make a token for demo. If demo does not exist")

    def test_projects_are_compared_normalised(self) -> None:
        assert check(macaroon(SITE, [1, ["Some_Thing"]]), project="some.thing") is not None

    def test_projects_known_by_id_only_are_for_the_index_to_judge(self) -> None:
        assert check(macaroon(SITE, [2, ["0000"]])) is not None

    @pytest.mark.parametrize("text", ["hunter22", "ghp_abcdefghijklmnopqrstuvwxyz", "pypi-AgEIcH"])
    def test_what_is_no_token_is_not_sent_to_pypi(self, text: str) -> None:
        with pytest.raises(TokenMalformed) as caught:
            check(text)

        assert str(caught.value) == "what RELEASIO_TOKEN holds is not an API token of pypi"
        assert caught.value.hint == "A token begins with pypi- and is pasted whole, without quotes."
        assert text not in str(caught.value)

    def test_other_indexes_have_tokens_of_their_own_kind(self) -> None:
        assert check("AKCp5-anything", OTHER) is None
