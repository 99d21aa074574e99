"""Who a commit's trailers name beside its author."""

from __future__ import annotations

import re

from releasio.text.pattern import pattern

_CO_AUTHOR = pattern(r"^co-authored-by:[^<\n]*<([^<>\s]+)>[ \t]*$", re.IGNORECASE | re.MULTILINE)


def co_author_emails(message: str) -> tuple[str, ...]:
    """Return the addresses in the `Co-authored-by:` lines of *message*, in their order."""
    return tuple(_CO_AUTHOR.findall(message))
