"""How much the commits change: the level of each, and the reasons to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.commits.levels import judgements
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.tables.model import CommitsConfig
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.levels import Judgement
    from releasio.rules.commits.reading import Reading
    from releasio.rules.fragments.fragment import Fragment

_SHOWN = 10  # reasons of the same kind; the rest is counted


@frozen
class Reason:
    """
    One thing that led to a version.

    Attributes:
        rule: What follows, as words.
        commit: The id of the commit it follows from, if one.
        subject: That commit's first line.
        setting: The setting, option or footer it depends on, if any.
    """

    rule: str
    commit: str | None = None
    subject: str | None = None
    setting: str | None = None

    @classmethod
    def of(cls, commit: Commit, rule: str, setting: str | None) -> Reason:
        """Return the reason that *commit* gives."""
        return cls(rule, commit.id, commit.subject.strip(), setting)

    def __str__(self) -> str:
        origin = f" ({self.setting})" if self.setting else ""
        if self.commit is None:
            return f"{self.rule}{origin}"
        return f"{self.commit[:8]} {self.subject}: {self.rule}{origin}"


def level_of(reading: Reading, settings: CommitsConfig) -> Level:
    """Return the highest level among the changes and among what else is different for users."""
    levels = judgements(settings)
    if reading.fragments is None:
        said = [_judge(change, levels)[0] for change in reading.changes]
    else:
        said = [_judge_fragment(fragment, levels)[0] for fragment in reading.fragments]
    done = (effect.level for effect in reading.effects)
    return max((*done, *said), default=Level.NONE)


def why(reading: Reading, settings: CommitsConfig) -> tuple[Reason, ...]:
    """Return the reasons for the highest level: commits, newest first, and what else has it."""
    level = level_of(reading, settings)
    if level is Level.NONE:
        return ()
    reasons = list(_reasons(reading, level, judgements(settings)))
    reasons += [
        Reason(f"{effect.text}: raises the {level.label} number", setting=effect.setting)
        for effect in reading.effects
        if effect.level is level
    ]
    if len(reasons) > _SHOWN:
        more_count = len(reasons) - _SHOWN
        kind = "commits" if reading.fragments is None else "fragments"
        kind = "reasons" if reading.effects else kind
        summary = Reason(f"{more_count} more {kind} raise the {level.label} number")
        return (*reasons[:_SHOWN], summary)
    return tuple(reasons)


def _reasons(reading: Reading, level: Level, levels: Mapping[str, Judgement]) -> Iterator[Reason]:
    for fragment in reading.fragments or ():
        fragment_level, setting = _judge_fragment(fragment, levels)
        if fragment_level is level:
            rule = f"{fragment.path}: {fragment.type} raises the {level.label} number"
            yield Reason(rule, setting=setting)
    if reading.fragments is not None:
        return
    commit_ids = set()
    for change in reading.changes:
        change_level, setting = _judge(change, levels)
        if change_level is level and change.commit.id not in commit_ids:
            commit_ids.add(change.commit.id)
            yield Reason(_rule(change, level), change.commit.id, _subject(change), setting)


def _subject(change: Change) -> str:
    """Return the commit's first line, or what the message says further down."""
    subject = change.commit.subject.strip()
    if change.description in subject:
        return subject
    scope = f"({change.scope})" if change.scope else ""
    reference = f" ({change.reference})" if change.reference else ""
    return f"{change.type}{scope}: {change.description}{reference}"


def _rule(change: Change, level: Level) -> str:
    if change.breaking:
        return "a breaking change raises the major number"
    if change.type == "revert":
        return f"undoing released work raises the {level.label} number"
    return f"{change.type} raises the {level.label} number"


def _judge(change: Change, levels: Mapping[str, Judgement]) -> Judgement:
    """Return the level of *change*, and what says so."""
    if change.breaking:
        return Level.MAJOR, "commits.breaking_pattern" if change.breaking_notes else None
    return levels.get(change.type, (Level.NONE, None))


def _judge_fragment(fragment: Fragment, levels: Mapping[str, Judgement]) -> Judgement:
    """Return the level of *fragment*, and what says so: a setting, or custom."""
    from releasio.rules.fragments.fragment import SETTING, usual_level

    return levels.get(fragment.type) or (usual_level(fragment.type), SETTING)
