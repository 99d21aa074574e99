"""The versions that a lock file holds, and how they differ from those of another release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.project.project_name import normalized_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST = 100  # lines; more is not for reading
_LOCAL = frozenset({"editable", "virtual", "directory", "path", "workspace"})


def locked_versions(text: str, project: str) -> dict[str, str]:
    """
    Return the version of each package in a lock file, by its normalised name.

    It reads `uv.lock`, `poetry.lock`, `pdm.lock` and `pylock.toml`. Packages that are locked in
    several versions have all of them. *project* itself, and what lies in the repository, is left
    out; of what is no such file nothing is returned.
    """
    from releasio.rules.project.toml_string import toml_or_none

    document = toml_or_none(text) or {}
    entries = document.get("package", document.get("packages", []))
    versions: dict[str, set[str]] = {}
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or _is_local(entry):
            continue
        name, version = entry.get("name"), entry.get("version")
        if not (isinstance(name, str) and isinstance(version, str)):
            continue
        versions.setdefault(normalized_name(name), set()).add(version)
    versions.pop(normalized_name(project), None)
    return {name: " and ".join(sorted(own)) for name, own in versions.items()}


def locked_differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield what differs between two locks, by name, as `httpx 0.27.0 -> 0.28.1`."""
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    for name in names[:_MOST]:
        if name not in before:
            yield f"{name} {after[name]} is new in the lock file"
        elif name not in after:
            yield f"{name} is no longer in the lock file"
        else:
            yield f"{name} {before[name]} -> {after[name]}"
    if names[_MOST:]:
        yield f"and {len(names) - _MOST} more"


def _is_local(entry: Mapping[str, object]) -> bool:
    source = entry.get("source")
    own_keys = source.keys() if isinstance(source, dict) else ()
    return not _LOCAL.isdisjoint(own_keys) or "directory" in entry
