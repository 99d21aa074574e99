"""Reverts that cancel: who undoes whom, inside one range of commits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.conventions.pull_requests import split_reference
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.merges import Merges

_TITLE = pattern(r'(?:Revert|Reapply) "(.+)"$')
_CONVENTIONAL = pattern(r"revert(?:\([^()]*\))?!?: (.+)", re.IGNORECASE)
_BY_ID = pattern(r"[Tt]his reverts commits? ([0-9a-f]{7,64}(?:(?:,| and|, and) [0-9a-f]{7,64})*)")
_BY_NUMBER = pattern(r"^Reverts [\w./-]*[#!](\d+)", re.MULTILINE)
_ID = pattern(r"[0-9a-f]{7,64}")


def is_revert(commit: Commit) -> bool:
    """Whether *commit* says that it undoes another one."""
    if "evert" not in commit.message and "eapply" not in commit.message:
        return False
    if _reverted_title(commit):
        return True
    # further down it may be one of many commits that a squash merge lists
    beginning = commit.body.partition("\n\n")[0]
    return bool(_BY_ID.search(beginning) or _BY_NUMBER.search(beginning))


def cancelled(
    reverts: Sequence[Commit],
    commits: Sequence[Commit],
    numbers: Mapping[str, Iterable[str]],
    merges: Merges,
) -> dict[str, str]:
    """
    Return what no longer counts: the id of each commit to the words that say why.

    A revert and what it reverts go together when both are in the range; a
    revert of a revert brings the first one back. A revert of something outside,
    that is of released work, stays.

    Args:
        reverts: The reverts among *commits*.
        commits: The whole range, newest first.
        numbers: Pull request number to the ids of its commits.
        merges: What each merge brought in.
    """
    range_ = _Range(commits, numbers)
    reasons: dict[str, str] = {}
    for revert in reverts:
        targets = range_.targets(revert)
        if revert.id in reasons or targets is None:
            continue
        if any(target in reasons for target in targets):
            continue
        reasons[revert.id] = f"undoes {_short_ids(targets)}, which is not released yet either"
        for target in targets:
            for id_ in (target, *merges.brought_in(target)):
                reasons[id_] = f"undone by {revert.id[:8]}"
    return reasons


class _Range:
    """Finds commits of one range by what messages call them."""

    def __init__(self, commits: Sequence[Commit], numbers: Mapping[str, Iterable[str]]) -> None:
        self._ids = sorted(commit.id for commit in commits)
        self._place = {commit.id: place for place, commit in enumerate(commits)}
        self._numbers = numbers
        self._titles: dict[str, list[str]] = {}
        for commit in commits:
            self._titles.setdefault(split_reference(commit.subject)[0], []).append(commit.id)

    def targets(self, revert: Commit) -> list[str] | None:
        """Return the ids of all that *revert* undoes, or None when one is not in the range."""
        if id_lists := _BY_ID.findall(revert.message):
            return _all_or_none(self._by_prefix(text) for text in _ID.findall(" ".join(id_lists)))
        if number := _BY_NUMBER.search(revert.message):
            return _all_or_none([self._older(self._numbers.get(number[1], ()), revert)])
        title = split_reference(_reverted_title(revert))[0]
        return _all_or_none([self._older(self._titles.get(title, ()), revert)])

    def _by_prefix(self, text: str) -> str | None:
        from bisect import bisect_left

        place = bisect_left(self._ids, text)
        candidate = self._ids[place] if place < len(self._ids) else ""
        return candidate if candidate.startswith(text) else None

    def _older(self, ids: Iterable[str], than: Commit) -> str | None:
        """Return the newest of *ids* that is older than the commit *than*."""
        older = [id_ for id_ in ids if self._place[id_] > self._place[than.id]]
        return min(older, key=self._place.__getitem__, default=None)


def _reverted_title(commit: Commit) -> str:
    subject = split_reference(commit.subject)[0]
    match = _TITLE.match(subject) or _CONVENTIONAL.match(subject)
    return match[1] if match else ""


def _all_or_none(found_ids: Iterable[str | None]) -> list[str] | None:
    ids = list(found_ids)
    return None if None in ids else [id_ for id_ in ids if id_ is not None]


def _short_ids(ids: Iterable[str]) -> str:
    return ", ".join(id_[:8] for id_ in ids)
