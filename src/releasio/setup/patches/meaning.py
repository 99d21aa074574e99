"""What a patch changes besides what it is to change."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.project.toml_string import toml_or_none
from releasio.rules.workflow.node import Node, parse_yaml
from releasio.setup.patches.patch import applied, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from releasio.setup.patches.patch import Edit, Patch

_MOST = 100_000  # values of a document; aliases of aliases make more


class _Value(NamedTuple):
    """A value of a document: the keys that lead to it, what it is, and its line."""

    keys: tuple[str, ...]
    text: str
    line: int
    column: int


def is_sound(patches: Iterable[Patch], texts: Mapping[str, str]) -> bool:
    """
    Tell whether every file that *patches* change still says, on the other lines, what it said.

    YAML that is no YAML any more is not sound, nor a key that is there twice then, nor an edit of
    what aliases repeat in other places. A file of another kind is only read once more.

    Args:
        patches: None of them touches what another one does.
        texts: Every file that they name, by path.
    """
    edits = [edit for patch in patches for edit in patch.edits]
    return all(
        _is_sound(path, texts.get(path, ""), text, [edit for edit in edits if edit.path == path])
        for path, text in applied(patches, texts).items()
    )


def _is_sound(path: str, before: str, after: str, edits: Sequence[Edit]) -> bool:
    if path.endswith(".toml"):
        was, will_be = (toml_or_none(text.removeprefix("\ufeff")) for text in (before, after))
        return was is None or will_be is not None
    if not path.endswith((".yml", ".yaml")):
        return True
    try:
        old, new = parse_yaml(before, path), parse_yaml(after, path)
    except WorkflowUnreadable:
        return False
    old_lines, new_lines = _changed_lines(edits, len(lines_of(before)))
    old_kept, old_changed = _split(old, old_lines)
    new_kept, new_changed = _split(new, new_lines)
    return (
        old_kept == new_kept
        and len(old_kept) + max(len(old_changed), len(new_changed)) < _MOST
        and not _are_repeated(old_changed)
        and not _are_repeated(new_changed)
        and _doubles(new) <= _doubles(old)
    )


def _changed_lines(edits: Sequence[Edit], number: int) -> tuple[set[int], set[int]]:
    """Return the lines that go, as they are counted before, and those that come, as after."""
    gone: set[int] = set()
    new: set[int] = set()
    shift = 0
    for edit in sorted(edits, key=lambda each: each.start):
        start = min(edit.start, number + 1)
        gone |= set(range(edit.start, edit.stop))
        new |= set(range(start + shift, start + shift + len(edit.lines)))
        shift += len(edit.lines) - (edit.stop - edit.start)
    return gone, new


def _split(node: Node, changed: set[int]) -> tuple[list[tuple[tuple[str, ...], str]], list[_Value]]:
    """Return what stands on lines that stay, without them, and what stands on *changed* ones."""
    kept, on_changed = [], []
    for value in islice(_values(node, ()), _MOST):
        if value.line in changed:
            on_changed.append(value)
        else:
            kept.append((value.keys, value.text))
    return kept, on_changed


def _values(node: Node, keys: tuple[str, ...]) -> Iterator[_Value]:
    if node.is_text:
        yield _Value(keys, f"{node.style}{node.text}", node.line, node.column)
    for item in node.items:
        yield from _values(item, (*keys, "-"))
    for entry in node.entries:
        yield from _values(entry.node, (*keys, entry.key))


def _are_repeated(values: Sequence[_Value]) -> bool:
    """Tell whether one of *values* is in several places of the document, by an alias."""
    places = [(value.line, value.column) for value in values]
    return len(set(places)) < len(places)


def _doubles(root: Node) -> int:
    """Return how many keys are in their mapping already when they come."""
    number = 0
    nodes = {id(root): root}
    pending = [root]
    while pending:
        node = pending.pop()
        keys = [entry.key for entry in node.entries]
        number += len(keys) - len(set(keys))
        for inner in (*node.items, *(entry.node for entry in node.entries)):
            if id(inner) not in nodes:  # what aliases name is there once
                nodes[id(inner)] = inner
                pending.append(inner)
    return number
