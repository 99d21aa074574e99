"""GitHub's `${{ }}` as far as our action uses it; anything else is an error, not a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_REFERENCE = re.compile(r"[a-z]\w*(\.[A-Za-z_][\w-]*)+")


def fill(text: str, contexts: Mapping[str, object]) -> str:
    """Return *text* with every `${{ }}` replaced by its value, once: values are not expanded."""
    return _EXPRESSION.sub(lambda match: evaluate(match[1], contexts), text)


def evaluate(expression: str, contexts: Mapping[str, object]) -> str:
    """
    Return the value of *expression*: references, joined by `||`.

    Raises:
        ValueError: It is more than that.
        KeyError: It refers to a context that composite actions do not have.
    """
    value = ""
    for part in expression.split("||"):
        reference = part.strip()
        if not _REFERENCE.fullmatch(reference):
            msg = f"not understood: {expression!r}"
            raise ValueError(msg)
        value = _look_up(reference, contexts)
        if value:
            break
    return value


def _look_up(reference: str, contexts: Mapping[str, object]) -> str:
    """As GitHub does: an unknown context is an error, a missing member is empty."""
    context, *names = reference.split(".")
    value: object = contexts[context]
    for name in names:
        value = value.get(name, "") if isinstance(value, dict) else ""
    return str(value)
