"""Read JSON that others wrote."""

from __future__ import annotations

from typing import Any


def read_json(text: str | bytes) -> Any:  # noqa: ANN401 -- what a document is, only its reader knows
    """
    Return what *text* says.

    Raises:
        ValueError: It is not JSON, or in deeper brackets than anybody reads.
    """
    import json

    try:
        return json.loads(text)
    except RecursionError:
        msg = "it is nested too deeply"
        raise ValueError(msg) from None
