"""The module that sources in other packages are written with."""

from __future__ import annotations

from datetime import UTC, datetime

import releasio.credentials
from releasio.credentials import Question, Refused, Secret, Token


class TestToken:
    def test_hides_what_it_is_given(self) -> None:
        token = Token("a-token-of-mine")

        assert Secret("a-token-of-mine") == token.secret
        assert "a-token" not in f"{token!r} {token} {vars(token)}"

    def test_takes_what_is_hidden_already(self) -> None:
        end = datetime(2027, 1, 1, tzinfo=UTC)
        token = Token(Secret("a-token"), user="ada", expires=end)

        assert (Secret("a-token"), "ada", end) == (token.secret, token.user, token.expires)


def test_a_refusal_has_a_reason_and_perhaps_a_fix() -> None:
    refused = Refused("it is locked")

    assert ("it is locked", "", "it is locked") == (refused.reason, refused.fix, str(refused))


def test_the_names_that_stay() -> None:
    assert ["NotHere", "Question", "Refused", "Secret", "Token"] == releasio.credentials.__all__
    assert ["registry", "url", "project", "user", "env"] == list(Question.__annotations__)
