"""The version in a meson.build: `project('demo', 'c', version : '1.2.0')`."""

from __future__ import annotations

import re

_PIECE = r"""(?xs)(?P<comment>\#[^\n]*)
    |'''(?P<long>.*?)'''
    |'(?P<string>(?:\\.|[^'\\\n])*)'
    |(?P<word>[A-Za-z_]\w*)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<colon>:)
    |(?P<other>\S)"""


def project_version(text: str) -> tuple[int, int] | None:
    """
    Return where the version of `project()` begins and ends, when it is a plain string.

    Source: https://mesonbuild.com/Syntax.html
    """
    start = re.search(r"(?m)^\ufeff?[ \t]*project[ \t]*\(", text)
    if start is None:
        return None
    tokens = _arguments(text, start.end())
    words = [token[0] for token in tokens]
    places = [at for at in range(len(words)) if words[at : at + 2] == ["version", ":"]]
    if len(places) != 1:
        return None
    value, behind = [*tokens, None, None][places[0] + 2 : places[0] + 4]
    if value is None or value.lastgroup != "string" or "\\" in value["string"]:
        return None
    # else something is done with the string
    return value.span("string") if behind is None or behind[0] == "," else None


def _arguments(text: str, begin: int) -> list[re.Match[str]]:
    """Return the tokens of a call that stand in no further brackets, without comments."""
    depth, tokens = 1, []
    for token in re.compile(_PIECE).finditer(text, begin):
        if token.lastgroup == "close":
            depth -= 1
        if depth == 0:
            break
        if depth == 1 and token.lastgroup != "comment":
            tokens.append(token)
        if token.lastgroup == "open":
            depth += 1
    return tokens
