"""GitHub's expressions, as far as ready workflows use them; anything else is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"\s*('[^']*'|[A-Za-z_][\w.-]*|&&|\|\||==|!=|[!(),])")


def fill(text: str, contexts: Mapping[str, object]) -> str:
    """Return *text* with every `${{ }}` replaced by its value."""
    return _PLACE.sub(lambda place: _shown(evaluate(place[1], contexts)), text)


def evaluate(expression: str, contexts: Mapping[str, object]) -> object:
    """
    Return the value of *expression*, with or without `${{ }}` around it.

    Raises:
        ValueError: It has more than references, texts, `! && || == !=` and `contains`.
    """
    inner = expression.strip().removeprefix("${{").removesuffix("}}").strip()
    tokens = _TOKEN.findall(inner)
    if "".join(tokens) != re.sub(r"\s", "", inner):
        msg = f"not understood: {inner}"
        raise ValueError(msg)
    reader = _Reader(tokens, contexts)
    value = reader.alternatives()
    if reader.tokens:
        msg = f"not understood: {reader.tokens} of {inner}"
        raise ValueError(msg)
    return value


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "")


@dataclass
class _Reader:
    tokens: list[str]
    contexts: Mapping[str, object]

    def alternatives(self) -> object:
        value = self._all()
        while self._takes("||"):
            other = self._all()
            value = value or other
        return value

    def _all(self) -> object:
        value = self._comparison()
        while self._takes("&&"):
            other = self._comparison()
            value = value and other
        return value

    def _comparison(self) -> object:
        value = self._single()
        if self._takes("=="):
            return value == self._single()
        if self._takes("!="):
            return value != self._single()
        return value

    def _single(self) -> object:
        if self._takes("!"):
            return not self._single()
        if self._takes("("):
            value = self.alternatives()
            assert self._takes(")")
            return value
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1]
        if token == "contains":
            assert self._takes("(")
            where, _, what = self.alternatives(), self._takes(","), self.alternatives()
            assert self._takes(")")
            return str(what).lower() in str(where).lower()
        return self._looked_up(token)

    def _looked_up(self, reference: str) -> object:
        context, *names = reference.split(".")
        value: object = self.contexts[context]
        for name in names:
            value = value.get(name, "") if isinstance(value, dict) else ""
        return value

    def _takes(self, token: str) -> bool:
        if self.tokens[:1] != [token]:
            return False
        del self.tokens[0]
        return True
