"""YAML as it is written: every word with its line, and nothing guessed from how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_YamlNode = Any  # of PyYAML, which has no types of its own

_TOO_DEEP = "it is nested too deeply"
_CHARACTER = "a character is not allowed"
_DEEPEST = 50  # levels; a workflow has ten


@frozen
class Entry:
    """
    One entry of a mapping.

    Attributes:
        key: Its name.
        line: The 1-based line that the name stands on.
        column: Blanks before the name.
        node: Its value.
    """

    key: str
    line: int
    column: int
    node: Node


@frozen
class Node:
    """
    A value of a YAML document. Numbers, dates and booleans are the text they are written as.

    Attributes:
        line: The 1-based line on which it begins.
        end: The 1-based line after its last one.
        column: Blanks before it on that line.
        text: Of a scalar its text, else empty.
        entries: Of a mapping its entries; where a key is there twice, both.
        items: Of a sequence its items.
        form: What it is.
        flow: Whether it is written in brackets, as JSON is.
        style: How a scalar is quoted: `'`, `"`, `|`, `>`, or empty for a plain one.
    """

    line: int
    end: int
    column: int
    text: str = ""
    entries: tuple[Entry, ...] = ()
    items: tuple[Node, ...] = ()
    form: str = "text"
    flow: bool = False
    style: str = ""

    @property
    def is_mapping(self) -> bool:
        """Whether it has entries, or could have."""
        return self.form == "mapping"

    @property
    def is_sequence(self) -> bool:
        """Whether it has items, or could have."""
        return self.form == "sequence"

    @property
    def is_text(self) -> bool:
        """Whether it is a scalar."""
        return self.form == "text"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return self.is_text and not self.style and self.text in {"", "~", "null"}

    @property
    def text_line(self) -> int:
        """The 1-based line on which its text begins: of a block that below its `|`."""
        return self.line + (1 if self.style in {"|", ">"} else 0)

    def entry(self, key: str) -> Entry | None:
        """Return the entry called *key*."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def get(self, *keys: str) -> Node | None:
        """Return the value under *keys*, each in the one before it."""
        node: Node | None = self
        for key in keys:
            entry = node.entry(key) if node else None
            node = entry.node if entry else None
        return node

    def entries_at(self, *keys: str) -> tuple[Entry, ...]:
        """Return the entries of the mapping at *keys*; none: it is not there, or no mapping."""
        node = self.get(*keys)
        return node.entries if node else ()

    def text_at(self, *keys: str) -> str:
        """Return the text under *keys*; empty where there is none."""
        node = self.get(*keys)
        return node.text if node and not node.is_empty else ""

    def texts(self) -> tuple[str, ...]:
        """Return the texts of a list, or the one text in its place."""
        if self.is_sequence:
            return tuple(item.text for item in self.items if item.is_text)
        return () if self.is_mapping or self.is_empty else (self.text,)

    def scalars(self) -> Iterator[Node]:
        """Yield every scalar in it, in order, keys aside."""
        if self.is_text:
            yield self
        for node in (*self.items, *(entry.node for entry in self.entries)):
            yield from node.scalars()


NOTHING = Node(1, 1, 0)


def parse_yaml(text: str, path: str) -> Node:
    """
    Return what *text* says; `NOTHING` where it says nothing.

    Args:
        text: One YAML document.
        path: Its file, for errors.

    Raises:
        WorkflowUnreadable: It is no YAML, several documents, or deeper than a workflow can be.

    Source: https://yaml.org/spec/1.2.2/
    """
    import yaml  # 30 ms, which only those who look at workflows need

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "it is no YAML"
        raise WorkflowUnreadable(problem, path=path, line=mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)  # a character that no YAML may have
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        raise WorkflowUnreadable(_CHARACTER, path=path, line=line) from None
    except RecursionError:
        raise WorkflowUnreadable(_TOO_DEEP, path=path, line=1) from None
    return NOTHING if root is None else _Reading(path).node(root, 0)


class _Reading:
    """Turns PyYAML's nodes into ours; what several aliases name is turned once."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._nodes: dict[int, Node] = {}

    def node(self, node: _YamlNode, depth: int) -> Node:
        if id(node) not in self._nodes:
            self._nodes[id(node)] = self._read(node, depth)
        return self._nodes[id(node)]

    def _read(self, node: _YamlNode, depth: int) -> Node:
        line = node.start_mark.line + 1
        if depth > _DEEPEST:  # an alias may stand for what it is in
            raise WorkflowUnreadable(_TOO_DEEP, path=self._path, line=line)
        column, flow = node.start_mark.column, bool(getattr(node, "flow_style", False))
        end = max(line + 1, node.end_mark.line + (2 if node.end_mark.column else 1))
        if node.id == "scalar":
            return Node(line, end, column, text=node.value, style=node.style or "")
        if node.id == "sequence":
            items = tuple(self.node(item, depth + 1) for item in node.value)
            end = end if flow else _end(line, items)
            return Node(line, end, column, items=items, form="sequence", flow=flow)
        entries = tuple(
            Entry(
                key.value if key.id == "scalar" else "",
                key.start_mark.line + 1,
                key.start_mark.column,
                self.node(value, depth + 1),
            )
            for key, value in node.value
        )
        end = end if flow else _end(line, [entry.node for entry in entries])
        return Node(line, end, column, entries=entries, form="mapping", flow=flow)


def _end(line: int, nodes: Iterable[Node]) -> int:
    """Return the line after the last of *nodes*: for PyYAML a block ends where the next begins."""
    return max((node.end for node in nodes), default=line + 1)
