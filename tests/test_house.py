"""What CONTRIBUTING.md says of the house, where no linter looks."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import releasio

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
HOUSE = Path(releasio.__file__).parent
LONGEST = {HOUSE: 299, ROOT / "tests": 500}  # lines of a module; what tests try makes tables
MOST_FILES = 16  # files of a room; what is full has two subjects
CROWDED = {"commands", "sources"}  # one file each for a command, or for where something comes from
LONGEST_FUNCTION = 50  # lines, without its docstring
NAMELESS = {"common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}


def modules() -> Iterator[tuple[Path, Path]]:
    """Return every module, and the tree it stands in."""
    for tree in LONGEST:
        yield from ((module, tree) for module in tree.rglob("*.py"))


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    told = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def long_functions(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_bytes())):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (lines := length_of(node)) > LONGEST_FUNCTION:
            yield f"{module}:{node.lineno}: {node.name} has {lines} lines"


def name_of(module: Path) -> str:
    dotted = ".".join(module.relative_to(HOUSE.parent).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def imports_of(module: Path, known: set[str]) -> set[str]:
    """Return the modules that *module* names anywhere, for annotations too."""
    names = {
        f"{node.module}.{one.name}" if f"{node.module}.{one.name}" in known else node.module
        for node in ast.walk(ast.parse(module.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.module
        for one in node.names
    }
    return names & known


def test_no_imports_go_in_a_circle() -> None:
    found = {name_of(module): module for module in HOUSE.rglob("*.py")}
    graph = {name: imports_of(module, set(found)) - {name} for name, module in found.items()}

    assert len(found) == len([*TopologicalSorter(graph).static_order()])  # else it names the circle


def test_no_room_is_crowded() -> None:
    sizes = {
        name_of(room): len([*room.parent.glob("*.py")])
        for room in HOUSE.rglob("__init__.py")
        if room.parent.name not in CROWDED
    }

    assert {} == {name: size for name, size in sizes.items() if size > MOST_FILES}


def test_modules_are_short() -> None:
    lengths = {module: len(module.read_bytes().splitlines()) for module, _ in modules()}

    long = {str(one): lengths[one] for one, tree in modules() if lengths[one] > LONGEST[tree]}
    assert {} == long, "which subjects are in it that a newcomer would look for by name?"


def test_functions_are_short() -> None:
    long = [one for module, _ in modules() for one in long_functions(module)]

    assert [] == long, "name its parts, so that it reads like their table of contents"


def test_errors_declare_their_words_and_fields() -> None:
    own = [
        f"{module.name}: {node.name}"
        for module in (HOUSE / "errors").rglob("*.py")
        for node in ast.parse(module.read_bytes()).body
        if isinstance(node, ast.ClassDef) and node.name != "ReleasioError" and node.bases
        if any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body)
    ]

    assert [] == own, "message, hint and fields, as CONTRIBUTING.md has it: the base does the rest"


def test_names_say_what_is_inside() -> None:
    nameless = [
        str(module) for module, _ in modules() if NAMELESS & {module.stem, module.parent.name}
    ]

    assert [] == nameless


def test_every_room_is_on_the_plan() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    plan = text.partition("## The house")[2].partition("```text")[2].partition("```")[0]

    rooms = {f"{one.parent.name}/" for one in HOUSE.glob("*/__init__.py")}
    stairs = {one.name for one in HOUSE.glob("[!_]*.py")}
    assert set() == {one for one in rooms | stairs if one not in plan}
