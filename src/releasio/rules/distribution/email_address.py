"""Which addresses an index takes for authors and maintainers, in its words."""

from __future__ import annotations

import re
import unicodedata

# names that no mail goes to. Source: RFC 6761 and what IANA lists beside it
_RESERVED = ("arpa", "invalid", "local", "localhost", "onion", "test")
_LONGEST_LABEL = 63
_LONGEST_DOMAIN = 253
# of ASCII alone, for mail knows letters of other scripts since RFC 6532
_NOT_BEFORE = re.compile(r"(?![A-Za-z0-9.!#$%&'*+\-/=?^_`{|}~])[\x00-\x7f]")
_NOT_AFTER = re.compile(r"(?![A-Za-z0-9.\-])[\x00-\x7f]")
_AFTER = "The part after the @-sign"


def address_flaw(address: str) -> str | None:
    """Return why an index does not take *address*; None: it does."""
    local, sign, domain = address.partition("@")
    if not sign:
        return "An email address must have an @-sign."
    return _before(local) or _after(domain)


def _before(local: str) -> str | None:
    if not local:
        return "There must be something before the @-sign."
    if local.startswith('"'):
        return "Quoting the part before the @-sign is not allowed here."
    if wrong := _list_of(_NOT_BEFORE.findall(local)):
        return f"The email address contains invalid characters before the @-sign: {wrong}."
    if local.startswith("."):
        return "An email address cannot start with a period."
    if local.endswith("."):
        return "An email address cannot have a period immediately before the @-sign."
    return _TWICE if ".." in local else _unsafe(local)


def _after(domain: str) -> str | None:
    if not domain:
        return "There must be something after the @-sign."
    if domain.startswith("["):
        return "A bracketed IP address after the @-sign is not allowed here."
    if wrong := _list_of(_NOT_AFTER.findall(domain)):
        return f"{_AFTER} contains invalid characters: {wrong}."
    return _length(domain) or _unsafe(domain) or _shape(domain) or _place(domain.lower())


def _length(domain: str) -> str | None:
    excess = len(domain) - _LONGEST_DOMAIN
    return (
        f"The email address is too long after the @-sign ({_too_many(excess)})."
        if excess > 0
        else None
    )


def _unsafe(part: str) -> str | None:
    """Look for letters that are not seen, or change the ones before them."""
    begin = [letter for letter in part[:1] if unicodedata.category(letter)[0] == "M"]
    wrong = [letter for letter in part if unicodedata.category(letter)[0] not in "LMNPS"]
    letters = _list_of([*begin, *wrong])
    return f"The email address contains unsafe characters: {letters}." if letters else None


def _shape(domain: str) -> str | None:
    for mark, word in ((".", "period"), ("-", "hyphen")):
        if domain.endswith(mark):
            return f"An email address cannot end with a {word}."
        if domain.startswith(mark):
            return f"An email address cannot have a {word} immediately after the @-sign."
    if ".." in domain:
        return _TWICE
    if ".-" in domain or "-." in domain:
        return "An email address cannot have a period and a hyphen next to each other."
    excess = max(map(len, domain.split("."))) - _LONGEST_LABEL
    if excess > 0:
        separated = "After the @-sign, periods cannot be separated by so many characters"
        return f"{separated} ({_too_many(excess)})."
    return None


def _place(domain: str) -> str | None:
    if "." not in domain:
        return f"{_AFTER} is not valid. It should have a period."
    if domain[-1].isascii() and not domain[-1].isalpha():
        return f"{_AFTER} is not valid. It is not within a valid top-level domain."
    if any(f".{domain}".endswith(f".{name}") for name in _RESERVED):
        return f"{_AFTER} is a special-use or reserved name that cannot be used with email."
    return None


def _too_many(excess: int) -> str:
    return f"{excess} character{'s' * (excess > 1)} too many"


def _list_of(letters: list[str]) -> str:
    return ", ".join(map(_name_of, sorted(set(letters))))


def _name_of(letter: str) -> str:
    if unicodedata.category(letter)[0] in "LNPS":
        return repr(letter)
    if unicodedata.category(letter)[0] == "Z":
        return unicodedata.name(letter)
    return f"U+{ord(letter):04X}"


_TWICE = "An email address cannot have two periods in a row."
