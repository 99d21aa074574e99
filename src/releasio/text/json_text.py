"""JSON that others wrote, and JSON for others to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.text.invisible import ALL
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import re

Json = Any  # what a document is, only its reader knows

_UNSEEN = pattern(rf"[\x7f-\x9f{ALL}]|##\[")


def read_json(text: str | bytes) -> Json:
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


def write_json(document: object) -> str:
    """
    Return *document* as text for a file, a terminal, or the log of a job.

    To every parser it is the same: characters that nobody sees, and what the runner of GitHub
    Actions takes for a command, are escaped.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)

    def escaped(match: re.Match[str]) -> str:
        return "#\\u0023[" if match[0] == "##[" else json.dumps(match[0])[1:-1]

    return _UNSEEN.sub(escaped, text)
