"""Why a build failed, read from what it printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.text.full_disk import tells_full_disk

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
_MISSING = re.compile(
    r"No matching distribution found for ([^\s(]+)|"
    r"Because ([\w.-]+) was not found in the|"
    r"Because there (?:is|are) no versions? of (\S+)|"
    r"Because only ([\w.-]+)\S* (?:is|are) available"
)
_MAKE_SPACE = (
    "Make space on the disk of temporary files (TMPDIR, TEMP), and that of the installer's cache, "
    "then run again."
)
# what is looked for, in this order, and what to do; what a group found stands for {}
_ADVICE = {
    re.compile(r"does not appear to be a Python project"): "There is no pyproject.toml or "
    "setup.py where the build ran. Is it committed, and is releasio pointed at the project's "
    "directory? A setup.cfg alone is not enough: `releasio init` writes the pyproject.toml that "
    "goes with it.",
    _MISSING: "The index has no {}: correct [build-system] requires in pyproject.toml, or point "
    "pip or uv at the index that has it.",
    re.compile(r"have conflicting dependencies|requirements are unsatisfiable"): "What is "
    "required to build cannot be installed together. Loosen a version in [build-system] requires, "
    "or in what PIP_CONSTRAINT or UV_CONSTRAINT names.",
}
_NO_BACKEND = re.compile(r"Backend '?([\w.:]+)'? is not available|Cannot import '([\w.]+)'")
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '(?P<name>[\w.]+)'")


def no_answer(lines: Sequence[str]) -> bool:
    """Tell whether an installer that printed *lines* failed because an index did not answer."""
    return bool(_UNREACHABLE.search(_joined(lines))) and not is_full(lines)


def is_full(lines: Sequence[str]) -> bool:
    """Tell whether a program that printed *lines* failed because a disk is full."""
    return tells_full_disk(_joined(lines))


def missing_project(lines: Sequence[str]) -> str:
    """Return the requirement that an installer found on no index; empty: it says nothing such."""
    match = _MISSING.search(" ".join(_joined(lines).split()))
    return next(filter(None, match.groups())) if match else ""


def hint(lines: Sequence[str], *, build_system: bool) -> str:
    """
    Return what to do about a failed build.

    Args:
        lines: The last lines it printed, without escape sequences.
        build_system: Whether pyproject.toml has a `[build-system]` table.
    """
    if is_full(lines):
        return _MAKE_SPACE
    text = " ".join(_joined(lines).split())  # uv breaks its lines
    for pattern, advice in _ADVICE.items():
        if match := pattern.search(text):
            return advice.format(*filter(None, match.groups()))
    backend = _NO_BACKEND.search(text)
    name = next(filter(None, backend.groups())) if backend else ""
    module = _NO_MODULE.search(text)
    if name and (module is None or f"{name}.".startswith(f"{module['name']}.")):
        return (
            f"[build-system] build-backend names {name}, but nothing in requires (or "
            "backend-path) provides it."
        )
    if not build_system:
        return (
            "pyproject.toml has no [build-system] table, so setuptools was used. Add the table "
            "with the backend you build with."
        )
    if module:
        return (
            f"{module['name']} is not there in an isolated build: add what provides it to "
            "[build-system] requires, or do not import it while building."
        )
    return "To see it without releasio, run `python -m build` in a fresh clone."


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)
