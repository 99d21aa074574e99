"""Strings that a Python module assigns to a name at its top level, as Python itself finds them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from releasio.rules.project.python_source import PythonText, parse_python
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterable, Iterator

_NUMBER = pattern(r"[vV]?\d")
# nothing may be done to the numbers on the way
_JOINED = pattern(
    r"'\.'\.join\((?:map\(str, (?P<mapped>\w+)\)"
    r"|\[?\(?str\((?P<each>\w+)\) for (?P=each) in (?P<listed>\w+)\)?\]?)\)"
)
_BOM = "\ufeff"
_NAME = "__version__"


@lru_cache(maxsize=16)  # the same few files are looked at for edits, conflicts and remarks
def assigned_versions(text: str, names: tuple[str, ...]) -> tuple[tuple[int, int, str, str], ...]:
    """
    Return begin, end, content and name of each string assigned to one of *names*.

    Only at the top level of the module: what a function, an `except` or an `if` assigns is
    a fallback, or somebody else's. Strings with escapes, or made of several, are left out.
    A name that is assigned another one (`__version__ = VERSION`) has that one's string.
    """
    module = PythonText(text) if _mentions(text, names) else None
    if module is None or module.tree is None:
        return ()
    aliases = _aliases(module.tree, names)
    plain_names = {*names, *aliases} - _worked_out(module, module.tree)
    spans = string_spans(module.tree.body, module, plain_names)
    return tuple(
        (begin, end, value, aliases.get(assigned, assigned))
        for begin, end, value, assigned in spans
    )


def assigned_numbers(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Return where the numbers begin and end that the tuples assigned to *name* have."""
    module = PythonText(text)
    values = assignments(module.tree.body if module.tree else ())
    spans = (module.numbers_span(value) for _, assigned, value in values if assigned == name)
    return tuple(filter(None, spans))


def joined_name(text: str, name: str) -> str | None:
    """Return what is joined where *name* is `".".join(...)` of one name, or else *name* itself."""
    import ast

    tree = parse_python(text.removeprefix(_BOM))
    for _, assigned, value in assignments(tree.body if tree else ()):
        if assigned != name or not isinstance(value, ast.Call):
            continue
        match = _JOINED.fullmatch(ast.unparse(value))
        joined = match[match.lastgroup or 0] if match else ""
        return joined if len(assigned_numbers(text, joined)) == 1 else None
    return name if len(assigned_numbers(text, name)) == 1 else None


def strings_beside(text: str, begin: int, end: int) -> tuple[tuple[int, int], ...] | None:
    """
    Return every string of the name that is assigned the one from *begin* to *end*.

    Each without what stands around those in their string, such as `v` before them. Empty: they
    are in a string that is made of several, has escapes or several lines, or is worked on, once
    of many times. `None`: no name is assigned them, or *text* is no Python.
    """
    module = PythonText(text)
    node = module.string_around(begin, end)
    if module.tree is None or node is None:
        return None
    span = module.literal_span(node)
    if span is None or "\n" in text[slice(*span)]:
        return ()
    import ast

    values = [(name, value) for _, name, value in assignments(module.tree.body)]
    name = next((name for name, value in values if node in ast.walk(value)), None)
    if (name, node) not in values:
        return () if name and len([one for one, _ in values if one == name]) > 1 else None
    before, behind = begin - span[0], span[1] - end
    return tuple(
        (start + before, stop - behind)
        for start, stop, _, _ in string_spans(module.tree.body, module, (name or "",))
        if start + before < stop - behind
    )


def unread_version(text: str) -> int | None:
    """
    Return the line that makes up `__version__` in a way that only running it would tell.

    Something that holds numbers itself, that is: `".".join(...)` of a tuple, strings in
    pieces, or one inside an `if`. What asks the metadata, or another module, is right by itself.
    """
    tree = parse_python(text.removeprefix(_BOM)) if _mentions(text, (_NAME,)) else None
    if tree is None or assigned_versions(text, (_NAME,)):
        return None
    import ast

    inside = [inner for node in tree.body if isinstance(node, ast.If) for inner in node.body]
    values = {name: value for _, name, value in assignments(tree.body)}
    for line, name, value in assignments([*tree.body, *inside]):
        names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
        parts = [value, *(values[used_name] for used_name in names if used_name in values)]
        if name == _NAME and any(map(_has_numbers, parts)):
            return line
    return None


def _mentions(text: str, names: Iterable[str]) -> bool:
    """Whether one of *names* may be assigned: most modules have none, and parsing costs more."""
    alternatives = "|".join(map(re.escape, names))
    return re.search(rf"(?m)^{_BOM}?[^#\n]*\b(?:{alternatives})\b[^#\n]*=", text) is not None


def _aliases(tree: ast.Module, names: Collection[str]) -> dict[str, str]:
    """Return the names that *names* are assigned, each with the one: `{VERSION: __version__}`."""
    import ast

    return {
        value.id: name
        for _, name, value in assignments(tree.body)
        if name in names and isinstance(value, ast.Name) and value.id not in names
    }


def _worked_out(module: PythonText, tree: ast.Module) -> set[str]:
    """Return the names that are assigned a version with something done to it, once or always."""
    import ast

    return {
        name
        for _, name, value in assignments(tree.body)
        if module.literal_span(value) is None
        for node in ast.walk(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if _NUMBER.match(node.value)
    }


def assignments(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str, ast.expr]]:
    """Yield line, name and value of each name that is assigned something."""
    import ast

    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    yield node.lineno, target.id, node.value


def _has_numbers(value: ast.expr) -> bool:
    import ast

    constants = (node.value for node in ast.walk(value) if isinstance(node, ast.Constant))
    return any(
        type(constant) is int or (isinstance(constant, str) and _NUMBER.match(constant))
        for constant in constants
    )


def string_spans(
    nodes: Iterable[ast.AST], module: PythonText, names: Collection[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield where the strings assigned to *names* begin and end, what they say, and for which."""
    import ast

    for node in nodes:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        ours = [
            target.id for target in targets if isinstance(target, ast.Name) and target.id in names
        ]
        span = module.literal_span(node.value) if ours else None
        if span and isinstance(node.value, ast.Constant):
            yield *span, str(node.value.value), ours[0]
