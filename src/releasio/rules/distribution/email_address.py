"""Which addresses an index takes for authors and maintainers."""

from __future__ import annotations

import re
import unicodedata

# names that no mail goes to. Source: RFC 6761 and what IANA lists beside it
_RESERVED = (".arpa", ".invalid", ".local", ".localhost", ".onion", ".test")
_LONGEST_DOMAIN = 253
# mail knows letters of other scripts since RFC 6532
_LETTER = r"(?:[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]|[^\x00-\x7f])"
_LABEL = r"(?!-)(?:[A-Za-z0-9-]|[^\x00-\x7f]){1,63}(?<!-)"
_ADDRESS = re.compile(rf"{_LETTER}+(?:\.{_LETTER}+)*@(?P<domain>(?:{_LABEL}\.)+{_LABEL}(?<![0-9]))")


def is_address(text: str) -> bool:
    """Tell whether an index takes *text*, which it judges without asking the network."""
    match = _ADDRESS.fullmatch(text)
    if match is None or len(match["domain"]) > _LONGEST_DOMAIN:
        return False
    if f".{match['domain'].lower()}".endswith(_RESERVED):
        return False
    # letters that are not seen, or change the ones before them
    is_seen = all(unicodedata.category(letter)[0] in "LMNPS" for letter in text)
    return is_seen and not any(unicodedata.combining(part[0]) for part in text.split("@"))
