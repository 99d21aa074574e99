"""Strings that a Python module assigns to a name at its top level, as Python itself finds them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from releasio.rules.project.python_source import parse_python

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterable, Iterator

_LITERAL = re.compile(r"""([uU]?)('''|\"""|'|")(.*)\2""", re.DOTALL)
_BOM = "\ufeff"


@lru_cache(maxsize=16)  # the same few files are looked at for edits, conflicts and remarks
def assigned_versions(text: str, names: tuple[str, ...]) -> tuple[tuple[int, int, str, str], ...]:
    """
    Return begin, end, content and name of each string assigned to one of *names*.

    Only at the top level of the module: what a function, an `except` or an `if` assigns is
    a fallback, or somebody else's. Strings with escapes, or made of several, are left out.
    """
    wanted = "|".join(map(re.escape, names))
    if not re.search(rf"(?m)^{_BOM}?[^#\n]*\b(?:{wanted})\b[^#\n]*=[^#\n]*[\"']", text):
        return ()  # most modules; parsing costs more
    body = text.removeprefix(_BOM)
    tree = parse_python(body)
    if tree is None:
        return ()
    shift = len(text) - len(body)
    found = []
    for begin, end, value, name in string_spans(tree.body, body, names):
        literal = _LITERAL.fullmatch(text, begin + shift, end + shift)
        if literal is not None and literal[3] == value:
            found.append((literal.start(3), literal.end(3), value, name))
    return tuple(found)


def string_spans(
    nodes: Iterable[ast.AST], text: str, names: Collection[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield where the string literals of *names* begin and end, what they say, and for which."""
    import ast  # noqa: PLC0415 -- only who has a tree needs it

    # ast counts lines by \n, \r\n and \r, and columns in bytes of UTF-8
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in nodes:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        ours = [one.id for one in targets if isinstance(one, ast.Name) and one.id in names]
        value = node.value
        if not ours or not isinstance(value, ast.Constant):
            continue
        if isinstance(value.value, str) and value.end_lineno and value.end_col_offset:
            end = offset(value.end_lineno, value.end_col_offset)
            yield offset(value.lineno, value.col_offset), end, value.value, ours[0]
