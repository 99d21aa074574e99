"""Read other people's Python without running it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast


def parse_python(text: str) -> ast.Module | None:
    """Return what *text* is made of; `None`: it is no Python of this interpreter's."""
    import ast

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # such as of "\\d": Python tells our user, who only released
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
