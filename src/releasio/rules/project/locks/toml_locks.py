"""The project's own entry in a lock file: change its version and nothing else, offline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.project.project_name import normalized_name

if TYPE_CHECKING:
    from packaging.version import Version

_ENTRY = re.compile(
    r"^\[\[packages?\]\][ \t]*\r?\n(?P<body>(?:(?!\[\[)[^\n]*(?:\n|\Z))*?)(?=\[\[|\Z)", re.MULTILINE
)
_NAME = re.compile(r"""^name[ \t]*=[ \t]*["']([^"'\n]*)["']""", re.MULTILINE)
_VERSION = re.compile(r"""^version[ \t]*=[ \t]*["']([^"'\n]*)["']""", re.MULTILINE)
_SOURCE = re.compile(r"^source[ \t]*=", re.MULTILINE)
# how uv, PDM, Poetry and pylock.toml mark what lies in the project itself
_LOCAL = re.compile(
    r"""(?:\b(?:editable|virtual|directory|path)[ \t]*=[ \t]*["'](?![^"'\n]*://)"""
    r"""|^type[ \t]*=[ \t]*["']directory["']"""
    r"""|^\[packages?\.directory\])""",
    re.MULTILINE,
)


def set_locked_version(text: str, name: str, version: Version) -> str:
    """
    Return the lock file *text* with *version* in the entry of the project *name* itself.

    It fits `uv.lock`, `poetry.lock`, `pdm.lock` and `pylock.toml`. Where the
    lock does not record the project, or not its version, nothing changes.
    Packages of the same name that come from an index are left alone.
    """
    own_name = normalized_name(name)
    for entry in _ENTRY.finditer(text):
        body = entry["body"]
        entry_name = _NAME.search(body)
        if (
            entry_name is None
            or normalized_name(entry_name[1]) != own_name
            or not _LOCAL.search(body)
        ):
            continue
        if old := _VERSION.search(body):
            begin = entry.start("body")
            return f"{text[: begin + old.start(1)]}{version}{text[begin + old.end(1) :]}"
    return text


def set_locked_crates(text: str, old: str, version: str, name: str | None = None) -> str:
    """
    Return the Cargo.lock *text* with *version* for the crates of the project itself.

    Args:
        text: The lock file's.
        old: The version that they have so far.
        version: The new one.
        name: The only crate that has it; `None`: all that take it from their workspace.
    """
    for entry in reversed([*_ENTRY.finditer(text)]):
        body = entry["body"]
        crate, version_entry = _NAME.search(body), _VERSION.search(body)
        # what comes from a registry or from git says so
        if crate is None or version_entry is None or _SOURCE.search(body):
            continue
        if crate[1] == name or (name is None and version_entry[1] == old):
            begin, end = (entry.start("body") + offset for offset in version_entry.span(1))
            text = f"{text[:begin]}{version}{text[end:]}"
    return text
