"""Why a build failed, read from what it printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|"
    r"connection broken by|Max retries exceeded|Connection refused|"
    r"Temporary failure in name resolution|Name or service not known|getaddrinfo failed|"
    r"Network is unreachable|error sending request|dns error|client error \(Connect\)|"
    r"Could not fetch URL|too many 5\d\d error responses|HTTP error 5\d\d|"
    r"HTTP status server error|Request failed after \d+ retries",
    re.IGNORECASE,
)
_INSTALLING = "Installing packages in isolated environment"
_PAST_INSTALLING = re.compile(r"^\* (?:Getting build|Building)", re.MULTILINE)
_NO_SUCH = re.compile(
    r"No matching distribution found for (?P<pip>[^\s(]+)|"
    r"Because (?P<uv>[\w.-]+) was not found in the",
)
_NO_BACKEND = re.compile(
    r"Backend '?(?P<name>[\w.:]+)'? is not available|Cannot import '(?P<b>[\w.]+)'"
)
_NO_PROJECT = re.compile(r"does not appear to be a Python project")
_FRONT_END = re.compile(r"build[/\\]__main__\.py")
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '(?P<name>[\w.]+)'")


def is_unreachable(lines: Sequence[str]) -> bool:
    """
    Tell whether the build failed because its requirements could not be fetched.

    Only what is printed while they are being installed counts: a project's own
    tests of its network code may print anything.
    """
    _, installing, after = _joined(lines).rpartition(_INSTALLING)
    return (
        bool(installing) and not _PAST_INSTALLING.search(after) and bool(_UNREACHABLE.search(after))
    )


def no_answer(lines: Sequence[str]) -> bool:
    """Tell whether an installer that printed *lines* failed because an index did not answer."""
    return bool(_UNREACHABLE.search(_joined(lines)))


def hint(lines: Sequence[str], *, build_system: bool) -> str:
    """
    Return what to do about a failed build.

    Args:
        lines: The last lines it printed, without escape sequences.
        build_system: Whether pyproject.toml has a `[build-system]` table.
    """
    text = _joined(lines)
    if _NO_PROJECT.search(text):
        return (
            "There is no pyproject.toml or setup.py where the build ran. Is it committed, and is "
            "releasio pointed at the project's directory?"
        )
    if found := _NO_SUCH.search(text):
        return (
            f"The index has no {found['pip'] or found['uv']}: correct [build-system] requires in "
            "pyproject.toml, or point pip or uv at the index that has it."
        )
    if found := _NO_BACKEND.search(text):
        return (
            f"[build-system] build-backend names {found['name'] or found['b']}, but nothing in "
            "requires (or backend-path) provides it."
        )
    if not build_system:
        return (
            "pyproject.toml has no [build-system] table, so setuptools was used. Add the table "
            "with the backend you build with."
        )
    if found := _NO_MODULE.search(text):
        return (
            f"{found['name']} is not there in an isolated build: add what provides it to "
            "[build-system] requires, or do not import it while building."
        )
    return "To see it without releasio, run `python -m build` in a fresh clone."


def telling(lines: Sequence[str]) -> list[str]:
    """Return *lines* without what the front end says about itself: its traceback and its tip."""
    kept: list[str] = []
    inside = False
    for index, line in enumerate(lines):
        if line.startswith("Traceback "):
            inside = bool(_FRONT_END.search("".join(lines[index + 1 : index + 2])))
        elif inside and line and not line[0].isspace():
            inside = False
            continue  # the exception itself, which the ERROR line repeats
        if not inside and not line.startswith("TIP "):
            kept.append(line)
    return kept


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)
