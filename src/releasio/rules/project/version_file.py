"""Files that repeat the version: `__version__ = "..."`, `VERSION`, and any text around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from releasio.errors.project.manifest import VersionNotFound
from releasio.rules.project.python_source import PythonText
from releasio.rules.project.python_version import assignments, string_spans
from releasio.rules.versions.version_form import written_like

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterable

_PLACEHOLDERS = {
    "version": r"v?[0-9](?:[0-9A-Za-z.!+_-]*[0-9A-Za-z])?",
    "major": r"[0-9]+",
    "minor": r"[0-9]+",
    "patch": r"[0-9]+",
}
_PLACEHOLDER = re.compile(r"\{(version|major|minor|patch)\}")


def set_file_version(
    text: str, version: Version, *, path: str = "", patterns: Collection[str] = ()
) -> str:
    """
    Return *text* with the new version; all else stays, byte for byte.

    Without *patterns* it is Python with `__version__ = "..."` or a file that
    holds nothing but the version.

    Args:
        text: The file's content.
        version: The new version.
        path: Its name, for errors.
        patterns: Texts with `{version}`, `{major}`, `{minor}` or `{patch}` where
            the numbers stand; each must be there, and is replaced everywhere.

    Raises:
        VersionNotFound: It is not there.
    """
    for pattern in patterns:
        text = _set_pattern(text, version, pattern, path)
    if patterns:
        return text
    if "__version__" in text:
        return _set_dunder(text, version, path)
    return _set_plain(text, version, path)


def _set_pattern(text: str, version: Version, pattern: str, path: str) -> str:
    pieces = _PLACEHOLDER.split(pattern)  # literal, placeholder, literal, ...
    regex = re.compile(
        "".join(
            f"({_PLACEHOLDERS[piece]})" if number % 2 else f"({re.escape(piece)})"
            for number, piece in enumerate(pieces)
        )
    )
    numbers = {
        "major": str(version.major),
        "minor": str(version.minor),
        "patch": str(version.micro),
    }

    def filled(match: re.Match[str]) -> str:
        """Return the pattern with the new numbers, as the old ones are written."""
        old = match.groups()
        return "".join(
            (numbers.get(piece) or _spelled_like(version, old[number])) if number % 2 else piece
            for number, piece in enumerate(pieces)
        )

    new_text, count = regex.subn(filled, text)
    if not count or len(pieces) == 1:
        raise VersionNotFound(path, what=pattern)
    return new_text


def _spelled_like(version: Version, old: str) -> str:
    return f"{old[: old[0] in 'vV']}{written_like(version, old)}"


def _set_plain(text: str, version: Version, path: str) -> str:
    core = text.strip().removeprefix("\ufeff")
    try:
        Version(core)
    except InvalidVersion:
        raise VersionNotFound(path, what="a version and nothing else") from None
    new = written_like(version, core)
    return text.replace(core, f"v{new}" if core[0] in "vV" else new)


def _set_dunder(text: str, version: Version, path: str) -> str:
    """Replace the strings assigned to `__version__`, as Python itself finds them."""
    import ast

    module = PythonText(text)
    if module.tree is None:
        raise VersionNotFound(path, what='__version__ = "..." in valid Python')
    nodes = list(ast.walk(module.tree))
    spans = sorted(string_spans(nodes, module, ("__version__",)), reverse=True)
    if not spans or len(spans) < _strings_assigned(nodes):  # escapes, two strings side by side
        raise VersionNotFound(path, what='__version__ = "..."')
    for begin, end, value, _ in spans:
        text = text[:begin] + written_like(version, value) + text[end:]
    return text


def _strings_assigned(nodes: Iterable[ast.AST]) -> int:
    """Return how many strings `__version__` is assigned."""
    import ast

    values = [value for _, name, value in assignments(nodes) if name == "__version__"]
    return sum(isinstance(value, ast.Constant) and isinstance(value.value, str) for value in values)
