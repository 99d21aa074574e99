"""Patches of one entry of a mapping in a workflow file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.patches.patch import Edit, Patch

if TYPE_CHECKING:
    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.workflow import Workflow


def insert_entry(
    workflow: Workflow, node: Node, lines: tuple[str, ...], *, before: str
) -> Patch | None:
    """
    Return the patch that puts *lines* into the block mapping *node*, before its entry *before*.

    At the end of *node* where it has no such entry; None where it is written in brackets.
    """
    if node.flow or not node.entries:
        return None
    indent = " " * node.entries[0].column
    entry = node.entry(before)
    line = entry.line if entry else node.end
    return Patch((Edit(workflow.path, line, line, tuple(indent + each for each in lines)),))


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
