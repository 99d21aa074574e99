"""What setup.cfg and setup.py say of a project: read, never run."""

from __future__ import annotations

import ast
import configparser
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.project.python_source import PythonText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


@frozen
class SetupCall:
    """
    The call of `setup()` in a setup.py.

    Attributes:
        module: The file.
        arguments: What it is handed, by keyword.
        constants: What the module assigns to names at its top level.
    """

    module: PythonText
    arguments: Mapping[str, ast.expr]
    constants: Mapping[str, ast.expr]

    def value(self, argument: str) -> ast.expr | None:
        """Return what *argument* is, also where a name stands for it; `None`: it is not there."""
        value = self.arguments.get(argument)
        if isinstance(value, ast.Name) and value.id in self.constants:
            return self.constants[value.id]
        return value

    def text(self, argument: str) -> str:
        """Return the string that *argument* is; empty: none, or one that is worked out."""
        value = self.value(argument)
        is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
        return str(value.value) if is_text and isinstance(value, ast.Constant) else ""

    def strings(self) -> list[str]:
        """Return every string of the file."""
        return _strings_in([self.module.tree] if self.module.tree else [])

    def strings_behind(
        self, argument: str, helper: Callable[[str], PythonText | None]
    ) -> list[str]:
        """
        Return the strings that take part in what *argument* is.

        Those of its expression, of what the names in it are assigned, of the functions among
        them, and of what fills a dictionary of that name: `exec(open("about.py").read(), about)`.

        Args:
            argument: A keyword of `setup()`.
            helper: Returns the module of a name that lies beside setup.py; `None`: there is none.
        """
        value = self.arguments.get(argument)
        behind: list[tuple[PythonText, ast.AST]] = [(self.module, value)] if value else []
        followed: set[tuple[PythonText, str]] = set()
        for module, node in behind:  # grows while it is walked
            new_names = {(module, name) for name in _names_in(node)} - followed
            followed |= new_names
            for _, name in new_names:
                behind += [(module, origin) for origin in _origins(module, name)]
                module_name, imported = _imported(module, name)
                if module_name and (other := helper(module_name)):
                    behind += [(other, origin) for origin in _origins(other, imported)]
        return _strings_in(node for _, node in behind)


def read_setup_py(text: str | None) -> SetupCall | None:
    """Return the first call of `setup()`; `None`: there is none, or *text* is no Python."""
    return next(_setup_calls(text or ""), None)


def argument_spans(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Return where the strings stand that calls of `setup()` are handed as *name*."""
    values = [(call.module, call.value(name)) for call in _setup_calls(text)]
    spans = (module.literal_span(value) for module, value in values if value is not None)
    return tuple(dict.fromkeys(filter(None, spans)))


def _setup_calls(text: str) -> Iterator[SetupCall]:
    module = PythonText(text)
    for call in ast.walk(module.tree) if module.tree else ():
        if isinstance(call, ast.Call) and _function_name(call.func) == "setup":
            yield SetupCall(module, _arguments(module, call), _constants(module))


def parse_cfg(text: str | None, *, keep_case: bool = False) -> configparser.RawConfigParser:
    """
    Return what setup.cfg, or a file like it, holds; nothing where it is no such file.

    Args:
        text: Its content; `None`: there is none.
        keep_case: Whether options differ by case, as the names of extras do.
    """
    parser = configparser.RawConfigParser(strict=False)
    if keep_case:
        parser.optionxform = str  # type: ignore[assignment,method-assign] # as configparser's page says
    try:
        parser.read_string((text or "").removeprefix("\ufeff"))
    except configparser.Error:  # whoever needs it will say so
        return configparser.RawConfigParser()
    return parser


def cfg_value(text: str | None, section: str, option: str) -> str:
    """Return what setup.cfg says; empty: nothing, or it is no such file."""
    return parse_cfg(text).get(section, option, fallback="").strip()


def has_section(text: str | None, section: str) -> bool:
    """Whether setup.cfg has *section*."""
    return parse_cfg(text).has_section(section)


def _arguments(module: PythonText, call: ast.Call) -> dict[str, ast.expr]:
    """Return what *call* is handed, also by `**arguments` of a dictionary that is written out."""
    arguments = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    names = {
        keyword.value.id
        for keyword in call.keywords
        if keyword.arg is None and isinstance(keyword.value, ast.Name)
    }
    for node in ast.walk(module.tree) if module.tree and names else ():
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        if node.targets[0].id in names:
            arguments |= _entries(node.value)
    return arguments


def _entries(value: ast.expr) -> dict[str, ast.expr]:
    """Return the entries of `dict(name=...)` or `{"name": ...}`."""
    match value:
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            return {keyword.arg: keyword.value for keyword in keywords if keyword.arg}
        case ast.Dict(keys=keys, values=values):
            return {
                str(key.value): entry
                for key, entry in zip(keys, values, strict=True)
                if isinstance(key, ast.Constant)
            }
        case _:
            return {}


def _names_in(node: ast.AST) -> set[str]:
    """Return the names in *node*, and with a dot what is taken from them: `about`, `about.get`."""
    names = set()
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name):
                names.add(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                names.add(f"{owner}.{name}")
    return names


def _imported(module: PythonText, name: str) -> tuple[str, str]:
    """Return which module *name* is imported from, and what it is called there; empty: none."""
    owner, _, attribute = name.rpartition(".")
    for node in ast.walk(module.tree) if module.tree else ():
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                known_as = alias.asname or alias.name
                if isinstance(node, ast.Import) and known_as == owner:
                    return alias.name, attribute
                if isinstance(node, ast.ImportFrom) and known_as == name:
                    return node.module or "", alias.name
    return "", ""


def _strings_in(nodes: Iterable[ast.AST]) -> list[str]:
    parts = (part for node in nodes for part in ast.walk(node))
    constants = (part.value for part in parts if isinstance(part, ast.Constant))
    return [constant for constant in constants if isinstance(constant, str)]


def _origins(module: PythonText, name: str) -> Iterator[ast.AST]:
    """Yield what gives the variable or function *name* its value, anywhere in the file."""
    for statement in module.tree.body if module.tree else ():
        if isinstance(statement, ast.Try | ast.For | ast.With) and _fills(statement, name):
            yield statement
    for node in ast.walk(module.tree) if module.tree else ():
        targets, values = _binding(node)
        if any(isinstance(part, ast.Name) and part.id == name for part in targets):
            yield from values
        if isinstance(node, ast.FunctionDef) and node.name == name:
            yield from node.body


def _binding(node: ast.AST) -> tuple[Sequence[ast.AST], Sequence[ast.AST]]:
    """Return the names that *node* gives a value, and what that is made of."""
    match node:
        case ast.Assign(targets=targets, value=value):
            return targets, [value]
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return [target], [value]
        case ast.AugAssign(target=target, value=value):
            return [target], [value]
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            return [target], [value]
        case ast.Call(func=ast.Name(id="exec"), args=[code, filled, *_]):
            return [filled], [code]
        case _:
            return [], []


def _fills(statement: ast.stmt, name: str) -> bool:
    """Whether *statement* puts entries into the dictionary *name*: `meta.update(...)`."""
    for node in ast.walk(statement):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=filled), attr="update")):
                pass
            case ast.Subscript(value=ast.Name(id=filled), ctx=ast.Store()):
                pass
            case _:
                continue
        if filled == name:
            return True
    return False


def _constants(module: PythonText) -> dict[str, ast.expr]:
    """Return what names are assigned at the top level; those that change are left out."""
    constants: dict[str, ast.expr] = {}
    changing: set[str] = set()
    for node in module.tree.body if module.tree else ():
        if isinstance(node, ast.AugAssign | ast.AnnAssign):
            target: ast.expr = node.target
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        else:
            continue
        if not isinstance(target, ast.Name):
            continue
        if target.id in constants:
            changing.add(target.id)
        if node.value is not None:
            constants[target.id] = node.value
    return {name: value for name, value in constants.items() if name not in changing}


def _function_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
