"""How a forge says that a token has used up its requests, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORBIDDEN, _TOO_MANY = 403, 429
_SLOWED = 60.0  # seconds that GitHub wants to be left alone for, where it does not say how many
_RESETS = ("x-ratelimit-reset", "ratelimit-reset")  # GitHub's and GitLab's; seconds since 1970


@frozen
class Limit:
    """A limit that was reached; `seconds` until it ends, None: the forge does not say."""

    seconds: float | None


def limit_of(
    status: int, headers: Mapping[str, str], body: str, *, wait: float | None, now: float
) -> Limit | None:
    """
    Return the limit that an answer tells of; None: it is about something else.

    GitHub's answers for its limits are 403 or 429: without requests left
    (`x-ratelimit-remaining: 0`), or too many in a short time, which a `retry-after` or only the
    sentence tells from a missing right.

    Args:
        status: Of the answer.
        headers: Of the answer, by lower-case name.
        body: Of the answer, as it came.
        wait: Seconds that `retry-after` asks for; None: it is not there.
        now: Seconds since 1970.

    Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
    """
    is_used_up = headers.get("x-ratelimit-remaining", "").strip() == "0"
    is_slowed = wait is not None or "rate limit" in body.lower()
    if status != _TOO_MANY and not (status == _FORBIDDEN and (is_used_up or is_slowed)):
        return None
    if wait is not None:
        return Limit(wait)
    if status == _FORBIDDEN and not is_used_up:
        return Limit(_SLOWED)
    resets = [headers.get(name, "").strip() for name in _RESETS]
    moments = [float(text) for text in resets if text.isascii() and text.isdigit()]
    return Limit(max(0.0, moments[0] - now) if moments else None)
