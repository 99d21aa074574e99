"""Read other people's Python without running it."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import ast

_LITERAL = pattern(r"""([uU]?)('''|\"""|'|")(.*)\2""", re.DOTALL)
_BOM = "\ufeff"


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


class PythonText:
    """
    The text of a module, and where in it the parts of its syntax tree stand.

    Attributes:
        tree: Its syntax; `None`: it is no Python of this interpreter's.
    """

    def __init__(self, text: str) -> None:
        """Parse *text*; a byte order mark before it is no part of the syntax."""
        self._text = text
        body = text.removeprefix(_BOM)
        self.tree = parse_python(body)
        # ast counts lines by \n, \r\n and \r, and columns in bytes of UTF-8
        self._lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", body)
        self._starts = [len(text) - len(body)]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def literal_span(self, node: ast.expr) -> tuple[int, int] | None:
        """
        Return where the content of the string *node* begins and ends, without its quotes.

        `None`: it is no string, has escapes, or is made of several.
        """
        import ast

        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            return None
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        begin = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno, node.end_col_offset)
        literal = _LITERAL.fullmatch(self._text, begin, end)
        return literal.span(3) if literal is not None and literal[3] == node.value else None

    def numbers_span(self, node: ast.expr) -> tuple[int, int] | None:
        """Return where the numbers in `(1, 2, 0)` begin and end; `None`: *node* is no tuple."""
        import ast

        if not isinstance(node, ast.Tuple | ast.List) or not node.elts:
            return None
        values = [part.value for part in node.elts if isinstance(part, ast.Constant)]
        if len(values) < len(node.elts) or any(type(value) is not int for value in values):
            return None
        first, last = node.elts[0], node.elts[-1]
        begin = self._offset(first.lineno, first.col_offset)
        end = self._offset(last.end_lineno or last.lineno, last.end_col_offset or 0)
        text = self._text[begin:end]
        return (begin, end) if re.fullmatch(r"\d+(\s*,\s*\d+)*", text) else None

    def string_around(self, begin: int, end: int) -> ast.Constant | None:
        """Return the string, other than a docstring, that the text from *begin* to *end* is in."""
        import ast

        nodes = [*ast.walk(self.tree)] if self.tree else []
        docstrings = [node.value for node in nodes if isinstance(node, ast.Expr)]
        for node in nodes:
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if node.end_lineno is None or node.end_col_offset is None or node in docstrings:
                continue
            if self._offset(node.lineno, node.col_offset) <= begin and end <= self._offset(
                node.end_lineno, node.end_col_offset
            ):
                return node
        return None

    def _offset(self, line: int, column: int) -> int:
        """Return the position in the text, in characters."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())
