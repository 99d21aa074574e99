"""Which commits a merge brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.facts import Commit


def brought_in(commits: Sequence[Commit]) -> Mapping[str, Sequence[str]]:
    """
    Return, by the id of each merge on the main line, the ids of the commits it brought in.

    Args:
        commits: Newest first, as `git log` lists them; parents may lie outside.
    """
    parents = {commit.id: commit.parents for commit in commits}
    line = _main_line(commits, parents)
    seen = set(line)
    members: dict[str, list[str]] = {}
    for merge in reversed(line):  # oldest first: a commit belongs to the first merge that has it
        waiting = list(parents[merge][1:])
        found = members.setdefault(merge, []) if waiting else []
        while waiting:
            one = waiting.pop()
            if one not in seen and one in parents:
                seen.add(one)
                found.append(one)
                waiting.extend(parents[one])
    return members


def _main_line(commits: Sequence[Commit], parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    line: list[str] = []
    here = commits[0].id if commits else None
    while here is not None and here in parents:
        line.append(here)
        here = next(iter(parents[here]), None)
    return line
