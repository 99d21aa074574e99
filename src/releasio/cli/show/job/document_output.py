"""The JSON document as an output of a job: in one line, and no longer than the runner takes."""

from __future__ import annotations

import json
from typing import Any

LIMIT = 500_000  # characters, all ASCII; the runner takes 1 MiB of UTF-16, which is 524 288
_SHORT = 2_000  # characters


def document_output(document: dict[str, Any]) -> str:
    """
    Return *document* in one line; of one above the limit first lists, then long texts are cut.

    What was cut still fits the schema, and its notes say so.
    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
    """
    text = _line(document)
    if len(text) <= LIMIT:
        return text
    for most in (100, 10, 1):
        shortened = {name: _shortened(value, most) for name, value in document.items()}
        cut = f"its lists are cut to {most}, its texts to {_SHORT} characters"
        notes = [_shortened(note, most) for note in document["notes"][:most]]
        shortened["notes"] = [*notes, f"the document is too long for an output: {cut}"]
        text = _line(shortened)
        if len(text) <= LIMIT:
            break
    return text


def _line(document: dict[str, Any]) -> str:
    text = json.dumps(document, separators=(",", ":"))
    return text.replace("##[", "#\\u0023[")  # who prints it gives the runner no command


def _shortened(value: object, most: int) -> object:
    match value:
        case str() if len(value) > _SHORT:
            return f"{value[:_SHORT]}…"
        case dict():
            return {name: _shortened(inner, most) for name, inner in value.items()}
        case list() | tuple():
            return [_shortened(inner, most) for inner in value[:most]]
    return value
