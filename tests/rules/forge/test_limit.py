from __future__ import annotations

import pytest

from releasio.rules.forge.limit import Limit, limit_of

SLOW = '{"message": "You have exceeded a secondary rate limit."}'


@pytest.mark.parametrize(
    ("status", "headers", "body", "wait", "limit"),
    [
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1060"}, "", None, Limit(60)),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "900"}, "", None, Limit(0)),
        (429, {"ratelimit-reset": "1030"}, "", None, Limit(30)),
        (429, {}, "", 7.0, Limit(7)),
        (429, {"x-ratelimit-reset": "soon"}, "", None, Limit(None)),
        (403, {"x-ratelimit-remaining": "12", "x-ratelimit-reset": "1060"}, SLOW, 9.0, Limit(9)),
        (
            403,
            {"x-ratelimit-remaining": "12", "x-ratelimit-reset": "9000"},
            SLOW,
            None,
            Limit(60),
        ),
        (403, {"x-ratelimit-remaining": "12"}, '{"message": "Must have admin rights"}', None, None),
        (503, {}, "", 7.0, None),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1060"}, "", None, None),
    ],
)
def test_a_limit_is_told_from_everything_else(
    status: int, headers: dict[str, str], body: str, wait: float | None, limit: Limit | None
) -> None:
    assert limit == limit_of(status, headers, body, wait=wait, now=1000.0)
