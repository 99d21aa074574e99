"""Edits of one value or one entry of a workflow file; every other byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.patch import Edit, Patch

if TYPE_CHECKING:
    from releasio.rules.workflow.node import Node


def with_value(path: str, text: str, node: Node | None, value: str) -> Patch | None:
    """
    Return the patch that writes *value* in place of *node*.

    None where *node* is not written on one line, or is not there.

    Args:
        path: The file.
        text: All of it.
        node: A scalar, or a list in brackets.
        value: As it is to be written.
    """
    if node is None:
        return None
    line = text.split("\n")[node.line - 1].rstrip("\r")
    end = _end_of_value(line, node)
    if end is None:
        return None
    new = line[: node.column] + value + line[end:]
    return Patch((Edit(path, node.line, node.line + 1, (new,)),))


def with_list(path: str, text: str, parent: Node, key: str, value: str) -> Patch | None:
    """Return the patch that writes *value* in place of the list under *key* of *parent*."""
    entry = parent.entry(key)
    if entry is None:
        return None
    node, lines = entry.node, text.split("\n")[entry.line - 1 : entry.node.end - 1]
    if not node.is_sequence or node.flow:
        return with_value(path, text, node, value)
    if any("#" in line for line in lines):
        return None  # somebody's reasons would go with it
    new = f"{' ' * entry.column}{key}: {value}"
    return Patch((Edit(path, entry.line, node.end, (new,)),))


def _end_of_value(line: str, node: Node) -> int | None:
    """Return the column behind *node* on its *line*; None: it goes on below."""
    start = line[node.column : node.column + 1]
    if node.style in {"'", '"'}:
        end = line.find(node.style, node.column + 1)
        return end + 1 if end > 0 else None
    if node.is_sequence and node.flow and start == "[":
        end = line.find("]", node.column)
        return end + 1 if end > 0 else None
    if node.is_text and not node.style and line[node.column :].startswith(node.text):
        return node.column + len(node.text)
    return None


def without_entry(path: str, parent: Node, keys: tuple[str, ...]) -> Patch | None:
    """
    Return the patch that removes what is under *keys* of *parent*.

    A block that would be empty then goes as well. None where it is written in brackets.
    """
    for depth in range(1, len(keys)):
        outer = parent.get(*keys[:depth])
        if outer is not None and len(outer.entries) == 1:
            return without_entry(path, parent, keys[:depth])
    mapping = parent.get(*keys[:-1])
    entry = mapping.entry(keys[-1]) if mapping else None
    if mapping is None or entry is None or mapping.flow:
        return None
    if entry.line == parent.line:
        return None  # the line has the dash of its list, too
    return Patch((Edit(path, entry.line, max(entry.node.end, entry.line + 1), ()),))


def joined(*patches: Patch | None) -> Patch | None:
    """Return one patch of all of *patches*; None where one of them cannot be made."""
    edits = [edit for patch in patches if patch for edit in patch.edits]
    return Patch(tuple(edits)) if edits and all(patches) else None
