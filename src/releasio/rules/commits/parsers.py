"""Commit subjects as one house writes them: `[[commits.commit_parsers]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.config.tables.model import CommitParser
    from releasio.rules.running.own_pattern import Match


@frozen
class Parsed:
    """What a parser of one's own reads from a subject."""

    type: str | None
    scope: str | None
    description: str
    breaking: bool
    group: str | None


class Parser:
    """
    One compiled parser; its pattern must be valid.

    Groups named `type`, `scope`, `description` and `breaking` are understood
    without being announced by `type_group` and the like.
    """

    def __init__(self, settings: CommitParser, key: str) -> None:
        from releasio.rules.running.own_pattern import OwnPattern

        pattern = OwnPattern(key, settings.pattern)
        groups = pattern.groups
        self._match = pattern.match
        self._settings = settings
        self._type = _group_name(groups, settings.type_group, "type")
        self._scope = _group_name(groups, settings.scope_group, "scope")
        self._description = _group_name(groups, settings.description_group, "description")
        indicator = settings.breaking_indicator
        self._breaking = _group_name(groups, indicator, "breaking")
        self._always_breaking = bool(indicator) and indicator not in groups

    def read(self, subject: str) -> Parsed | None:
        """Return what *subject* says, or None when the pattern does not match."""
        match = self._match(subject)
        if match is None:
            return None
        found_type = _text(match, self._type)
        type_ = self._settings.type if self._settings.type_group is None else None
        return Parsed(
            type=type_ or found_type or self._settings.type,
            scope=_text(match, self._scope),
            description=_text(match, self._description)
            or subject[match.end() :].strip()
            or subject,
            breaking=self._always_breaking or bool(_text(match, self._breaking)),
            group=self._settings.group,
        )


def compile_parsers(settings: Iterable[CommitParser]) -> tuple[Parser, ...]:
    """Compile the parsers in the order they are tried."""
    return tuple(
        Parser(table, f"commits.commit_parsers[{number}].pattern")
        for number, table in enumerate(settings)
    )


def _group_name(groups: Iterable[str], configured: str | None, usual: str) -> str | None:
    """Return the named group to read: the one that was asked for, else the usual one."""
    for name in (configured, usual):
        if name is not None and name in groups:
            return name
    return None


def _text(match: Match, group: str | None) -> str | None:
    text = match[group] if group else None
    return text.strip() or None if text else None
