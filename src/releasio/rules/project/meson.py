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
    start = re.search(r"(?m)^[ \t]*project[ \t]*\(", text)
    if start is None:
        return None
    depth, before = 1, ["", ""]
    for token in re.compile(_PIECE).finditer(text, start.end()):
        kind = token.lastgroup or ""
        if kind == "comment":
            continue
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth == 0:
            return None
        if depth == 1 and kind == "string" and before == ["version", ":"]:
            return None if "\\" in token["string"] else token.span("string")
        before = [before[1], token[0]]
    return None
