"""Addresses of authors, as the library judges them that the index asks."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email

from releasio.rules.distribution.email_address import address_flaw

RESERVED = (
    "The part after the @-sign is a special-use or reserved name that cannot be used with email."
)
ONE_MORE = "1 character too many"
UNSAFE = "The email address contains unsafe characters"
NO_PERIOD = "The part after the @-sign is not valid. It should have a period."


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
    ],
)
def test_usual_ones_are_taken(address: str) -> None:
    assert address_flaw(address) is None
    assert "" == library_flaw(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ada", "An email address must have an @-sign."),
        ("", "An email address must have an @-sign."),
        ("@example.com", "There must be something before the @-sign."),
        ("ada@", "There must be something after the @-sign."),
        ("ada@localhost", NO_PERIOD),
        ("ada@example", NO_PERIOD),
        ("ada@example.invalid", RESERVED),
        ("ada@example.TEST", RESERVED),
        ("ada@box.local", RESERVED),
        ("ada@home.arpa", RESERVED),
        (
            "ada l@example.com",
            "The email address contains invalid characters before the @-sign: SPACE.",
        ),
        (
            "a(b)@x.com",
            "The email address contains invalid characters before the @-sign: '(', ')'.",
        ),
        ("a@b@x.com", "The part after the @-sign contains invalid characters: '@'."),
        ("a@x_y.com", "The part after the @-sign contains invalid characters: '_'."),
        ("a@x.com\n", "The part after the @-sign contains invalid characters: U+000A."),
        ("a..b@x.com", "An email address cannot have two periods in a row."),
        (".a@x.com", "An email address cannot start with a period."),
        ("a.@x.com", "An email address cannot have a period immediately before the @-sign."),
        ("a@x..com", "An email address cannot have two periods in a row."),
        ("a@.x.com", "An email address cannot have a period immediately after the @-sign."),
        ("a@x.com.", "An email address cannot end with a period."),
        ("a@-x.com", "An email address cannot have a hyphen immediately after the @-sign."),
        (
            "a@x-.com",
            "An email address cannot have a period and a hyphen next to each other.",
        ),
        ("a@[1.2.3.4]", "A bracketed IP address after the @-sign is not allowed here."),
        ('"a b"@x.com', "Quoting the part before the @-sign is not allowed here."),
        (
            "a@1.2.3.4",
            "The part after the @-sign is not valid. It is not within a valid top-level domain.",
        ),
        (
            f"a@{'x' * 64}.com",
            f"After the @-sign, periods cannot be separated by so many characters ({ONE_MORE}).",
        ),
        (
            f"a@{'x.' * 126}com",
            "The email address is too long after the @-sign (2 characters too many).",
        ),
        ("ada@exam\u200bple.com", f"{UNSAFE}: U+200B."),
        ("a\u2003da@example.com", f"{UNSAFE}: EM SPACE."),
        ("\u0301da@example.com", f"{UNSAFE}: U+0301."),
    ],
)
def test_others_are_not(address: str, expected: str) -> None:
    assert expected == address_flaw(address)
    assert expected.partition(": ")[0].removesuffix(".") in library_flaw(address)


def library_flaw(address: str) -> str:
    """Return what the library says that the index asks."""
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        return str(error)
    return ""
