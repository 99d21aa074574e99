"""Release branches of python-semantic-release: regular expressions, in ours as plain patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.setup.adoption.foreign_table import ForeignTable
    from releasio.setup.adoption.translation import Translation

_USUAL = {"main", "master"}
_PHASES = {"a", "alpha", "b", "beta", "rc", "dev"}
_PLAIN = r"[A-Za-z0-9/_*-]"


def release_branches(table: ForeignTable, translation: Translation) -> None:
    """Say which branches release what: `branch` of its older releases, and `branches`."""
    if (branch := table.text("branch")) and branch not in _USUAL:
        translation.set("default_branch", branch, "branch")
    groups = table.at("branches")
    tables = {
        name: group
        for name, group in (groups if isinstance(groups, dict) else {}).items()
        if isinstance(group, dict)
    }
    # what comes first counts: a pattern that takes every branch must not take the usual ones
    patterns = [as_patterns(str(group.get("match", ""))) or () for group in tables.values()]
    takes_all = any("*" in group and not _USUAL.issuperset(group) for group in patterns)
    for name, group in tables.items():
        _group(name, group, translation, usual=takes_all)


def _group(name: str, group: Mapping[str, Any], translation: Translation, *, usual: bool) -> None:
    foreign = ("branches", name)
    patterns = as_patterns(str(group.get("match", "")))
    is_prerelease = group.get("prerelease") is True
    if patterns is None:
        pattern = group.get("match")
        if is_prerelease and str(pattern).startswith("(?!"):
            # what is on no list releases nothing, which is what such a group is for
            return
        translation.cannot(
            f"branches are named with `*`, and {pattern!r} says more",
            "Write a [branches.NAME] table for each kind of branch that releases.",
            *foreign,
        )
        return
    token = group.get("prerelease_token", "rc")
    if not is_prerelease:
        if usual or not _USUAL.issuperset(patterns):
            _channels(name, patterns, {}, translation)
    elif token in _PHASES:
        values = {"prerelease": True, "prerelease_token": token}
        _channels(name, patterns, values, translation)
    else:
        translation.cannot(
            f"a pre-release by PEP 440 is a, b, rc or dev, and {token!r} is none of them",
            "Choose one as prerelease_token of a [branches.NAME] table.",
            *foreign,
            "prerelease_token",
        )


def _channels(
    name: str, patterns: tuple[str, ...], values: Mapping[str, object], translation: Translation
) -> None:
    for number, pattern in enumerate(patterns, 1):
        key = re.sub(r"\W+", "-", name).strip("-") or "channel"
        channel = f"{key}-{number}" if len(patterns) > 1 else key
        for setting, value in {"match": pattern, **values}.items():
            translation.set(f"branches.{channel}.{setting}", value, "branches", name)


def as_patterns(regex: str) -> tuple[str, ...] | None:
    """Return what *regex* matches as patterns with `*`; `None`: they cannot say it."""
    body = regex.removeprefix("^").removesuffix("$").replace(r"\.", "\0")
    alternatives = [body]
    if group := re.fullmatch(r"(.*)\((?:\?:)?([^()]*)\)(.*)", body):
        before, inside, behind = group.groups()
        alternatives = [f"{before}{word}{behind}" for word in inside.split("|")]
    elif "(" not in body:
        alternatives = body.split("|")
    patterns = []
    for alternative in alternatives:
        plain = re.sub(r"\.[*+]\??|\\d\+|\[0-9\]\+", "*", alternative)
        if not re.fullmatch(rf"(?:{_PLAIN}|\0|\.)+", plain):
            return None
        patterns.append(plain.replace("\0", "."))
    return tuple(patterns)
