"""Patches of the permissions in workflow files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.patches.entries import insert_entry
from releasio.setup.patches.patch import Edit, Patch, lines_of
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.workflow import Job, Workflow


def with_permission(workflow: Workflow, job: Job, name: str, level: str = "write") -> Patch | None:
    """
    Return the patch that gives *job* a permission, without taking one from it.

    None where the permissions are an expression, or written in brackets over several lines.
    Brackets stay, and so do comments.
    """
    if job.node.entry("permissions") is not None:
        return _added(workflow, job, name, level)
    inherited = workflow.permissions
    levels = dict(inherited.levels) if inherited else {"contents": "read"}
    if inherited and inherited.usual != "none":
        return None
    levels[name] = level
    lines = ("permissions:", *(f"  {key}: {value}" for key, value in levels.items()))
    return insert_entry(workflow, job.node, lines, before="steps")


def _added(workflow: Workflow, job: Job, name: str, level: str) -> Patch | None:
    entry = job.node.entry("permissions")
    if entry is None:
        return None
    node = entry.node
    permission = node.entry(name)
    if permission is not None:
        return with_value(workflow.path, workflow.text, permission.node, level)
    if node.entries and not node.flow:
        line = " " * node.entries[0].column + f"{name}: {level}"
        last = node.entries[-1].node.end
        return Patch((Edit(workflow.path, last, last, (line,)),))
    if not node.is_mapping or node.line != entry.line or node.end != entry.line + 1:
        return None
    text = lines_of(workflow.text)[node.line - 1]
    end = text.find("}", node.column)  # levels are words: none of them has another one
    before, after = text[:end].rstrip(), text[end:]
    if node.entries:
        blanks = text[len(before) : end]
        lines: tuple[str, ...] = (f"{before}, {name}: {level}{blanks}{after}",)
    else:
        indent = " " * entry.column
        lines = (text[: node.column].rstrip() + after[1:], f"{indent}  {name}: {level}")
    return Patch((Edit(workflow.path, entry.line, entry.line + 1, lines),))


def without_permission(workflow: Workflow, node: Node, name: str) -> Patch | None:
    """
    Return the patch that takes a permission out of the block of *node*, a job or a workflow.

    None where it is not written on a line of its own.
    """
    entry = node.entry("permissions")
    if entry is None or entry.node.flow or not entry.node.is_mapping:
        return None
    permission = entry.node.entry(name)
    if permission is None:
        return None
    if len(entry.node.entries) == 1:
        line = " " * entry.column + "permissions: {}"
        return Patch((Edit(workflow.path, entry.line, entry.node.end, (line,)),))
    return Patch((Edit(workflow.path, permission.line, permission.line + 1, ()),))
