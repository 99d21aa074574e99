"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """
    Return what `re.compile` returns, which is compiled at its first use.

    Compiling takes a tenth of a millisecond and more, and a preview of one project meets a third
    of what our rules know. Methods are to be looked up when they are called: `_NAME.search(...)`.
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a pattern has
        compiled = re.compile(*self._source)
        for method in ("match", "fullmatch", "search", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))  # the next time it is found at once
        return getattr(compiled, name)
