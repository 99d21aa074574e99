"""Who a commit's trailers name beside its author."""

from __future__ import annotations

import re
from itertools import islice

from releasio.text.pattern import pattern

_CO_AUTHOR = pattern(
    r"^co-authored-by:[ \t]*([^<>\s][^<>\n]*)?<([^<>\s]+)>[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_MOST = 50  # of one commit


def co_authors(message: str) -> tuple[tuple[str, str], ...]:
    """Return name and address of each `Co-authored-by:` line of *message*, of the first 50."""
    if "uthored-" not in message and "UTHORED-" not in message:  # nearly all of 100,000
        return ()
    matches = islice(_CO_AUTHOR.finditer(message), _MOST)
    return tuple(((match[1] or "").rstrip(), match[2]) for match in matches)


def co_author_emails(message: str) -> tuple[str, ...]:
    """Return the addresses in these lines, in their order."""
    return tuple(email for _, email in co_authors(message))
