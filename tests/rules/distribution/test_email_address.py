"""Addresses of authors, as the library judges them that the index asks."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email

from releasio.rules.distribution.email_address import is_address


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.com",
        "ada+releases@example.co.uk",
        "49699333+dependabot[bot]@users.noreply.github.com".replace("[bot]", "-bot"),
        "o'hara@example.org",
        "ada@intern.example",
        "jürgen@bücher.example",
        "a@x.c",
        "ada.l@x1.c2c",
    ],
)
def test_usual_ones_are_taken(address: str) -> None:
    assert is_address(address)
    assert is_valid(address)


@pytest.mark.parametrize(
    "address",
    [
        "ada",
        "",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example",
        "ada@example.invalid",
        "ada@example.TEST",
        "ada@box.local",
        "ada@home.arpa",
        "ada l@example.com",
        "a(b)@x.com",
        "a@b@x.com",
        "a@x_y.com",
        "a@x.com\n",
        "a..b@x.com",
        ".a@x.com",
        "a.@x.com",
        "a@x..com",
        "a@.x.com",
        "a@x.com.",
        "a@-x.com",
        "a@x-.com",
        "a@[1.2.3.4]",
        '"a b"@x.com',
        "a@1.2.3.4",
        f"a@{'x' * 64}.com",
        f"a@{'x.' * 126}com",
        "ada@exam\u200bple.com",
        "a\u2003da@example.com",
        "\u0301da@example.com",
    ],
)
def test_others_are_not(address: str) -> None:
    assert not is_address(address)
    assert not is_valid(address)


def is_valid(address: str) -> bool:
    """Return what the library says that the index asks."""
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
