"""Files that repeat the version: `__version__ = "..."`, `VERSION`, and any text around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from releasio.errors.manifest import VersionNotFound

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterator

_PLACEHOLDERS = {
    "version": r"v?[0-9](?:[0-9A-Za-z.!+_-]*[0-9A-Za-z])?",
    "major": r"[0-9]+",
    "minor": r"[0-9]+",
    "patch": r"[0-9]+",
}
_PLACEHOLDER = re.compile(r"\{(version|major|minor|patch)\}")
_LITERAL = re.compile(r"""([uU]?)('''|\"""|'|")(.*)\2""", re.DOTALL)


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


def holds_version(text: str) -> bool:
    """Whether `set_file_version` would find a version in *text* without patterns."""
    try:
        set_file_version(text, Version("0"))
    except VersionNotFound:
        return False
    return True


def _set_pattern(text: str, version: Version, pattern: str, path: str) -> str:
    pieces = _PLACEHOLDER.split(pattern)  # literal, placeholder, literal, ...
    found = re.compile(
        "".join(
            f"({_PLACEHOLDERS[piece]})" if number % 2 else f"({re.escape(piece)})"
            for number, piece in enumerate(pieces)
        )
    )
    new = {
        "version": str(version),
        "major": str(version.major),
        "minor": str(version.minor),
        "patch": str(version.micro),
    }
    filled = "".join(new[piece] if number % 2 else piece for number, piece in enumerate(pieces))
    changed, count = found.subn(lambda _: filled, text)
    if not count or len(pieces) == 1:
        raise VersionNotFound(path, what=pattern)
    return changed


def _set_plain(text: str, version: Version, path: str) -> str:
    core = text.strip().removeprefix("\ufeff")
    try:
        Version(core)
    except InvalidVersion:
        raise VersionNotFound(path, what="a version and nothing else") from None
    return text.replace(core, f"v{version}" if core[0] in "vV" else str(version))


def _set_dunder(text: str, version: Version, path: str) -> str:
    """Replace the strings assigned to `__version__`, as Python itself finds them."""
    import ast  # noqa: PLC0415 -- only edits need it

    try:
        tree = ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError):
        raise VersionNotFound(path, what='__version__ = "..." in valid Python') from None
    shift = len(text) - len(text.removeprefix("\ufeff"))
    spans = sorted(_spans(tree, text[shift:]), reverse=True)
    if not spans:
        raise VersionNotFound(path, what='__version__ = "..."')
    for begin, end, value in spans:
        literal = _LITERAL.fullmatch(text, begin + shift, end + shift)
        if literal is None or literal[3] != value:  # escapes, two strings side by side
            raise VersionNotFound(path, what='__version__ = "..."')
        text = text[: literal.start(3)] + str(version) + text[literal.end(3) :]
    return text


def _spans(tree: ast.Module, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the string literals of `__version__` begin and end, and what they say."""
    import ast  # noqa: PLC0415 -- only edits need it

    # ast counts lines by \n, \r\n and \r, and columns in bytes of UTF-8
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        value = node.value
        if "__version__" not in names or not isinstance(value, ast.Constant):
            continue
        if isinstance(value.value, str) and value.end_lineno and value.end_col_offset:
            end = offset(value.end_lineno, value.end_col_offset)
            yield offset(value.lineno, value.col_offset), end, value.value
