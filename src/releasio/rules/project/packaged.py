"""Whether a project is a package that can be released, and for whom."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# what a project says that is only run, never installed
_SWITCHES = (
    (("tool", "uv", "package"), False),
    (("tool", "poetry", "package-mode"), False),
    (("tool", "pdm", "distribution"), False),
    (("tool", "rye", "virtual"), True),
)
_WORKSPACES = (("tool", "uv", "workspace"), ("tool", "rye", "workspace"))


def not_packaged(data: dict[str, Any]) -> str:
    """Return the setting by which the project is no package; empty: it is one."""
    for place, value in _SWITCHES:
        if value_at(data, place) is value:
            *table, key = place
            if "uv" in table and "build-system" in data:  # only uv sync leaves it out
                continue
            return f"[{'.'.join(table)}] {key} = {str(value).lower()}"
    for place in _WORKSPACES:
        if isinstance(value_at(data, place), dict) and "build-system" not in data:
            return f"[{'.'.join(place)}] without [build-system]"
    return ""


def member_patterns(data: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the patterns of folders that are members of the workspace, and of those that not."""
    for place in _WORKSPACES:
        table = value_at(data, place)
        if isinstance(table, dict):
            return _patterns(table.get("members")), _patterns(table.get("exclude"))
    return (), ()


def is_member(folder: str, patterns: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether *folder*, relative to the workspace, matches its members and not its exceptions."""
    members, exceptions = patterns
    return _matches(folder, members) and not _matches(folder, exceptions)


def private_classifier(data: dict[str, Any]) -> str:
    """Return the classifier that keeps the package off PyPI; empty: there is none."""
    for place in (("project", "classifiers"), ("tool", "poetry", "classifiers")):
        for classifier in _patterns(value_at(data, place), strip=False):
            if classifier.startswith("Private ::"):
                return classifier
    return ""


def only_in(files: Collection[str], folders: Iterable[str]) -> bool:
    """Whether *files* are some, and every one of them is in one of *folders*."""
    begins = tuple(f"{folder}/" for folder in folders)
    return bool(files) and all(file.startswith(begins) for file in files)


def _patterns(value: object, *, strip: bool = True) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else []
    patterns = [entry for entry in entries if isinstance(entry, str)]
    if not strip:
        return tuple(patterns)
    return tuple(pattern.removeprefix("./").strip("/") for pattern in patterns)


def _matches(folder: str, patterns: Iterable[str]) -> bool:
    """Whether *folder* matches one of *patterns*, in which `*` stands for one name."""
    parts = folder.split("/")
    return any(
        ("**" in pattern and fnmatchcase(folder, pattern.replace("**", "*")))
        or (
            len(parts) == pattern.count("/") + 1
            and all(map(fnmatchcase, parts, pattern.split("/")))
        )
        for pattern in patterns
    )
