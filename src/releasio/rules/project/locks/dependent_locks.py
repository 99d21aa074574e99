"""Lock files that repeat the version of a Cargo.toml, a package.json or a pyproject.toml."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.project.locks.lock_files import CARGO_LOCK, NPM_LOCKS, UV_LOCK, nearest
from releasio.rules.project.toml_string import toml_or_none, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from releasio.rules.project.locks.lock_files import ManifestEdit

_CARGO, _NPM, _PYTHON = "Cargo.toml", "package.json", "pyproject.toml"
_OWN, _SHARED = ("package", "version"), ("workspace", "package", "version")


class LockEdit(NamedTuple):
    """A lock file, and what it holds then."""

    path: str
    text: str
    what: str  # for people


def following_locks(
    edits: Iterable[ManifestEdit], locks: Mapping[str, str]
) -> Mapping[str, LockEdit]:
    """
    Return how lock files follow *edits*, by path: those that change, each with all its changes.

    Args:
        edits: What a release does to files; those of no manifest that a lock repeats are passed by.
        locks: Path to text of the lock files there are.
    """
    texts = dict(locks)
    changed: dict[str, LockEdit] = {}
    for edit in edits:
        for lock_edit in _lock_edits(edit, texts):
            path, text, what = lock_edit
            if text != texts[path]:
                earlier = changed.get(path)
                words = f"{earlier.what}, {what}" if earlier else what
                changed[path] = LockEdit(path, text, words)
                texts[path] = text
    return changed


def _lock_edits(edit: ManifestEdit, locks: Mapping[str, str]) -> Iterator[LockEdit]:
    folder, name = posixpath.split(edit.path)
    if name == _CARGO and (path := nearest(folder, (CARGO_LOCK,), tuple(locks))):
        yield from _cargo(edit, path, locks)
    if name == _NPM and (path := nearest(folder, NPM_LOCKS, tuple(locks))):
        yield from _npm(edit, path, locks[path])
    if name == _PYTHON and (path := nearest(folder, (UV_LOCK,), tuple(locks))):
        yield from _uv(edit, path, locks[path])


def _cargo(edit: ManifestEdit, path: str, locks: Mapping[str, str]) -> Iterator[LockEdit]:
    from releasio.rules.project.locks.toml_locks import set_locked_crates

    before, after = toml_or_none(edit.before), toml_or_none(edit.after)
    crate, version = value_at(after, ("package", "name")), value_at(after, _OWN)
    if isinstance(crate, str) and isinstance(version, str):
        text = set_locked_crates(locks[path], "", version, crate)
        yield LockEdit(path, text, f"{version} in the crate's own entry")
    old, shared = value_at(before, _SHARED), value_at(after, _SHARED)
    if isinstance(old, str) and isinstance(shared, str) and old != shared:
        text = set_locked_crates(locks[path], old, shared)
        yield LockEdit(path, text, f"{shared} for the crates of the workspace")


def _uv(edit: ManifestEdit, path: str, lock: str) -> Iterator[LockEdit]:
    from packaging.version import InvalidVersion, Version

    from releasio.rules.project.locks.toml_locks import set_locked_version

    after = toml_or_none(edit.after)
    name, version = value_at(after, ("project", "name")), value_at(after, ("project", "version"))
    if isinstance(name, str) and isinstance(version, str):
        try:
            text = set_locked_version(lock, name, Version(version))
        except InvalidVersion:  # uv will say so
            return
        yield LockEdit(path, text, f"{name} {version} in its own entry")


def _npm(edit: ManifestEdit, path: str, lock: str) -> Iterator[LockEdit]:
    from releasio.rules.project.locks.npm_lock import set_locked_package

    old, new = _json(edit.before).get("version"), _json(edit.after).get("version")
    if isinstance(old, str) and isinstance(new, str):
        folder = posixpath.dirname(edit.path).removeprefix(posixpath.dirname(path)).strip("/")
        text = set_locked_package(lock, old, new, folder)
        yield LockEdit(path, text, f"{new} in the package's own entries")


def _json(text: str) -> dict[str, object]:
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):  # npm will say so
        return {}
    return value if isinstance(value, dict) else {}
