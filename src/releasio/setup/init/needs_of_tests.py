"""What the tests of a project need, as its files name it, and the commands that install it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changes.promises import strings, table
from releasio.rules.project.project_name import normalized_name
from releasio.setup.recipes.recipe import Answers
from releasio.text.command_line import joined
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FOR_TESTS = ("test", "tests", "testing")
_FOR_ALL = ("dev",)  # of linters, too
_RUNNER = "pytest"
_REQUIREMENT = pattern(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?")
_NAME = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?")  # a shell takes it as it is
_GROUPS_SINCE = "python -m pip install --upgrade pip"  # pip 25.1 is the first that has --group

_Key = tuple[str, str]  # "group" or "extra", and the name


def install_commands(
    project: str, groups: object, extras: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """
    Return the commands that install a project and what its tests need.

    A group of dependencies is taken, or else an extra, that is called as those of tests are; one
    that names pytest before one that does not.

    Args:
        project: Its name.
        groups: The table `[dependency-groups]` of its manifest; what it should not be is no group.
        extras: Its extras, and what each brings.

    Source: https://peps.python.org/pep-0735/
    """
    tables = _tables(groups, extras)
    found = [key for key in _candidates() if key in tables]
    if not found:
        return Answers().test[:-1]
    running = [key for key in found if _brings_runner(project, key, tables)]
    kind, name = (running or found)[0]
    written, _ = tables[kind, name]
    rest = [] if running else [_RUNNER]
    install = ["python", "-m", "pip", "install"]
    if kind == "extra":
        return (joined([*install, f".[{written}]", *rest], windows=False),)
    return (_GROUPS_SINCE, joined([*install, ".", *rest, "--group", written], windows=False))


def _candidates() -> Iterator[_Key]:
    """Yield what may be for tests, the likeliest first."""
    for names in (_FOR_TESTS, _FOR_ALL):
        for kind in ("group", "extra"):
            for name in names:
                yield kind, name


def _tables(
    groups: object, extras: Mapping[str, tuple[str, ...]]
) -> dict[_Key, tuple[str, list[object]]]:
    """Return the names of groups and extras as they are written, and what is listed in each."""
    lists = [("group", name, entry) for name, entry in table(groups).items()]
    lists += [("extra", name, [*entry]) for name, entry in extras.items()]
    return {
        (kind, normalized_name(name)): (name, entry)
        for kind, name, entry in lists
        if isinstance(entry, list) and _NAME.fullmatch(name)
    }


def _brings_runner(
    project: str, key: _Key, tables: Mapping[_Key, tuple[str, list[object]]]
) -> bool:
    """Tell whether pytest is among what *key* brings, by way of others, too."""
    seen: set[_Key] = set()
    waiting = [key]
    while waiting:
        here = waiting.pop()
        if here in seen or here not in tables:
            continue
        seen.add(here)
        _, entries = tables[here]
        for entry in entries:
            included = strings(table(entry).get("include-group"))
            waiting += [("group", normalized_name(name)) for name in included]
            match = _REQUIREMENT.match(entry) if isinstance(entry, str) else None
            name = normalized_name(match[1]) if match else ""
            if name == _RUNNER:
                return True
            if match and match[2] and name == normalized_name(project):
                waiting += [("extra", normalized_name(e.strip())) for e in match[2].split(",")]
    return False
