"""Commits judged by their files: what touches nothing of the package raises no version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.changes.effect import with_levels
from releasio.rules.commits.left_out import LeftOut
from releasio.rules.commits.levels import judgements
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from releasio.config.tables.model import CommitsConfig, Config
    from releasio.rules.commits.reading import Reading


def to_be_judged(reading: Reading, settings: CommitsConfig) -> tuple[str, ...]:
    """
    Return the ids of the commits that raise the version and whose files may say otherwise.

    What breaks and what names a version counts as its author says, and types that the settings
    name besides the default ones count as they say: whoever has `docs` raise the version means it.
    """
    levels = judgements(settings)
    own_types = _own_types(settings)
    candidates: dict[str, None] = {}
    certain = {reading.wish.commit.id} if reading.wish else set[str]()
    for change in reading.changes:
        if change.breaking or change.type in own_types:
            certain.add(change.commit.id)
        elif levels.get(change.type, (Level.NONE, None))[0] > Level.NONE:
            candidates[change.commit.id] = None
    return tuple(id_ for id_ in candidates if id_ not in certain)


def _own_types(settings: CommitsConfig) -> AbstractSet[str]:
    usual = type(settings)
    types = (*settings.types_major, *settings.types_minor, *settings.types_patch)
    usual_types = {*usual.types_major, *usual.types_minor, *usual.types_patch}
    return {type_.lower() for type_ in types} - usual_types


def judged(reading: Reading, outside: Mapping[str, str], config: Config) -> Reading:
    """
    Return *reading* without the changes of commits that touch nothing of the package.

    Args:
        reading: What the commits say.
        outside: The ids of these commits to the reason that is given; kept for `again`.
        config: The settings in force; by `changes.by_files` nothing is left out.
    """
    if not outside:
        return reading
    reading = replace(reading, outside=outside)
    if not config.changes.by_files:
        return reading
    idle = frozenset(to_be_judged(reading, config.commits)).intersection(outside)
    reasons: dict[str, list[LeftOut]] = {}
    for entry in reading.left_out:
        reasons.setdefault(entry.commit.id, []).append(entry)
    commits = {commit.id: commit for commit in reading.commits}
    reasons |= {id_: [LeftOut(commits[id_], outside[id_])] for id_ in idle if id_ in commits}
    left_out = (entry for id_ in commits for entry in reasons.get(id_, ()))
    changes = (change for change in reading.changes if change.commit.id not in idle)
    return replace(reading, changes=tuple(changes), left_out=tuple(left_out))


def again(reading: Reading, config: Config) -> Reading:
    """Return what the same commits say and do by another *config*, their files being the same."""
    effects = tuple(with_levels(reading.effects, config.changes))
    return judged(replace(reading.again(config.commits), effects=effects), reading.outside, config)
