"""What a workflow of GitHub Actions lets the token of one of its jobs do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORKFLOW = re.compile(r"([^/@]+/[^/@]+)/(\.github/workflows/[^/@]+\.ya?ml)@")
_ENTRY = re.compile(r"(\s*)(?:([\"'])(.+?)\2|([^\s#\"'{][^#:]*?))\s*:(?:\s+(.*))?$")
_EVERYTHING = {"read-all": "read", "write-all": "write"}
_LEVELS = frozenset({"read", "write", "none"})


@frozen
class JobPermissions:
    """
    A `permissions:` of a workflow that counts for a job.

    Attributes:
        levels: `read`, `write` or `none` by name; what is not named is `none`.
        usual: The level of what is not named.
        line: Its 1-based line in the file.
    """

    levels: Mapping[str, str]
    usual: str
    line: int

    def writes(self, name: str) -> bool:
        """Tell whether the job's token may write what *name* stands for."""
        return self.levels.get(name, self.usual) == "write"


def workflow_of(env: Mapping[str, str]) -> tuple[str, str] | None:
    """Return repository and path of the workflow that a job of *env* is of; None: not known."""
    match = _WORKFLOW.match(env.get("GITHUB_WORKFLOW_REF", ""))
    return (match[1], match[2]) if match else None


def job_permissions(workflow: str, job: str) -> JobPermissions | None:
    """
    Return the permissions that *workflow* gives to *job*: the job's own, else the workflow's.

    Only what workflows are written in is understood, not all of YAML. What is not understood, or
    not said, gives None: then the settings of the repository count, which a job cannot read.

    Args:
        workflow: The text of the file.
        job: Its key under `jobs:`; the variable GITHUB_JOB.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
    """
    lines = workflow.splitlines()
    jobs = _find(lines, range(len(lines)), "jobs")
    own_place = _find(lines, _below(lines, jobs), job) if jobs is not None else None
    if own_place is None:
        return None  # it runs in a workflow that this one calls
    for block in (_below(lines, own_place), range(len(lines))):
        place = _find(lines, block, "permissions")
        if place is not None:
            return _permissions(lines, place)
    return None


def _find(lines: Sequence[str], block: range, key: str) -> int | None:
    """Return the place of the entry *key* that is one of *block* itself, not of what is in it."""
    entries = [(place, entry) for place in block if (entry := _ENTRY.match(lines[place]))]
    entries = [(place, entry) for place, entry in entries if not _is_comment(lines[place])]
    if not entries:
        return None
    width = len(entries[0][1][1])
    return next(
        (place for place, entry in entries if len(entry[1]) == width and _key(entry) == key), None
    )


def _below(lines: Sequence[str], place: int) -> range:
    """Return the places of what belongs to the entry at *place*."""
    width = _width(lines[place])
    end = place + 1
    while end < len(lines) and (
        not lines[end].strip() or _is_comment(lines[end]) or _width(lines[end]) > width
    ):
        end += 1
    return range(place + 1, end)


def _permissions(lines: Sequence[str], place: int) -> JobPermissions | None:
    entry = _ENTRY.match(lines[place])
    value = _bare(entry[5] or "") if entry else ""
    if value in _EVERYTHING:
        return JobPermissions({}, _EVERYTHING[value], place + 1)
    if value.startswith("{") and value.endswith("}"):
        pairs = [part.partition(":") for part in value[1:-1].split(",") if part.strip()]
        levels = {_bare(name): _bare(level) for name, _, level in pairs}
    elif value:
        return None
    else:
        entries = [_ENTRY.match(lines[below]) for below in _below(lines, place)]
        levels = {_key(entry): _bare(entry[5] or "") for entry in entries if entry}
    if not _LEVELS.issuperset(levels.values()):
        return None
    return JobPermissions(levels, "none", place + 1)


def _key(entry: re.Match[str]) -> str:
    return entry[3] or entry[4]


def _bare(value: str) -> str:
    """Return *value* without comment, blanks and quotation marks."""
    return re.sub(r"(?:^|\s)#.*", "", value).strip().strip("\"'")


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
