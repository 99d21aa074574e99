"""Patches of one value in a workflow file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.patches.patch import Edit, Patch

if TYPE_CHECKING:
    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.workflow import Job, Workflow


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


def with_environment_name(workflow: Workflow, job: Job, name: str) -> Patch | None:
    """Return the patch that gives the environment of *job* another name; None: it is no word."""
    node = job.environment
    if node is None or "${{" in node.text:
        return None
    return with_value(workflow.path, workflow.text, node, node.style + name + node.style)
