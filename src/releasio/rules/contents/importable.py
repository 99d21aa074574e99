"""Which modules a wheel puts in place, and under which names its programs start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# an extension module carries its ABI between name and ending
_MODULE = re.compile(r"(?P<name>[^./]+)(?:\.py|(?:\.[^./]+)?\.(?:so|pyd))")
# importing these runs or needs things that belong to development
_NOT_FOR_USERS = frozenset({"conftest", "setup", "tests", "test", "docs", "examples", "benchmarks"})


def importable_modules(members: Iterable[str]) -> tuple[str, ...]:
    """
    Return the modules a user of the wheel would import, outermost only, sorted.

    A package without `__init__` is a namespace: what is importable starts
    below it (`google.cloud.storage`). Private names come last resort only,
    development's own never unless there is nothing else.

    Args:
        members: The paths in the archive, as RECORD has them.
    """
    modules = {module for path in members if (module := _module(path))}
    outermost = {m for m in modules if not any(m.startswith(f"{o}.") for o in modules)}
    for_users = {m for m in outermost if m.partition(".")[0] not in _NOT_FOR_USERS}
    public = {m for m in for_users if not m.startswith("_")}
    return tuple(sorted(public or for_users or outermost))


def own_modules(modules: Sequence[str], name: str) -> tuple[str, ...]:
    """Return those of *modules* that are called as the project *name* is, or the only one."""
    own_name = re.sub(r"[-_.]+", "-", name).lower()
    own = tuple(module for module in modules if re.sub(r"[_.]+", "-", module).lower() == own_name)
    return own or (tuple(modules) if len(modules) == 1 else ())


def console_scripts(entry_points: str) -> dict[str, str]:
    """Return program name to target, from the text of `entry_points.txt`; {} when it is none."""
    scripts: dict[str, str] = {}
    section = ""
    for line in map(str.strip, entry_points.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
        elif section == "console_scripts" and "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            scripts[name.strip()] = target.strip()
    return scripts


def _module(path: str) -> str | None:
    """Return the dotted name that importing the file *path* takes, None if it cannot be."""
    parts = path.split("/")
    if parts[0].endswith(".data"):
        if parts[1:2] not in (["purelib"], ["platlib"]):
            return None
        parts = parts[2:]
    match = _MODULE.fullmatch(parts[-1]) if parts else None
    if match is None:
        return None
    names = [*parts[:-1], *([] if match["name"] == "__init__" else [match["name"]])]
    return ".".join(names) if names and all(map(str.isidentifier, names)) else None
