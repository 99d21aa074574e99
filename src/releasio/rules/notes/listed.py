"""Which changes the notes list: what people who use the package notice."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from releasio.rules.changes.differences import is_about_dependency
from releasio.rules.commits.change import Change
from releasio.rules.commits.levels import levels_of
from releasio.rules.conventions.conventional import KNOWN_TYPES
from releasio.rules.versions.version import Level
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from releasio.config.tables.model import ChangelogConfig, Config
    from releasio.rules.commits.reading import Reading

UNSAID = "other"  # the type of a pull request that neither title nor label tells of
METADATA = "metadata"  # the type of what no commit says; `changelog.exclude_types` leaves it out
_UPDATING_BOTS = frozenset(
    (
        "dependabot",
        "dependabot-preview",
        "depfu",
        "greenkeeper",
        "pyup-bot",
        "renovate",
        "renovate-bot",
        "snyk-bot",
    )
)
# of those who work on the package: not what it needs when it is installed
_FOR_DEVELOPERS = frozenset(("deps-dev", "dev-deps", "dev", "ci", "github-actions", "actions"))
# hooks; actions, whose names are those of repositories; and groups of such that dependabot has
_TOOL = pattern(
    r"pre-commit hook |[^\s@/][^\s/]*/|.* action\Z"
    r"|the (?:\S+-)?(?:actions?|gha|workflows?|ci|pre-commit|dev|development)(?:-\S+)? group\b"
)
_VERBS = frozenset(("bump", "update", "upgrade", "pin"))
_MOST_NAMED = 8


def told(reading: Reading, config: Config, changes: Sequence[Change] | None = None) -> list[Change]:
    """
    Return what the notes list of *reading*: its changes, and what else users get of it.

    *changes* take the place of its own, where they are worded by pull requests: those of no type
    are listed, too.
    """
    commits = {commit.id: commit for commit in reading.commits} if reading.effects else {}
    effects = [
        Change(
            commits[effect.commit],
            METADATA,
            None,
            effect.text,
            breaking=effect.level is Level.MAJOR,
        )
        for effect in reading.effects
        if effect.kind != "api" or effect.level  # else its commits tell it, or somebody has to
        if not (reading.dependencies and is_about_dependency(effect.text))
    ]
    also = () if changes is None else (UNSAID,)
    changes = reading.changes if changes is None else changes
    if reading.dependencies:
        changes = [change for change in changes if not _is_update(change)]
    entries = listed(changes, config, also)
    return [
        *entries,
        *without_excluded(effects, config.changelog),
        *_dependencies(reading, config.changelog),
    ]


def _dependencies(reading: Reading, settings: ChangelogConfig) -> Iterator[Change]:
    """Yield what differs of the dependencies, for a group of its own."""
    for text in reading.dependencies:
        title = settings.dependency_section_header
        yield Change(reading.commits[0], METADATA, None, text, group=title)


def listed(changes: Iterable[Change], config: Config, also: Iterable[str] = ()) -> list[Change]:
    """
    Return which of *changes* the notes list, in the same order.

    Where nobody sets `changelog.include_types`, these are what breaks, the types of its
    default, and what the project's own settings tell of: types that raise the version, those
    with a heading that only this project knows, and groups of its parsers. What
    bots say of updated dependencies becomes one line.

    Args:
        changes: Newest first.
        config: The settings in force.
        also: Types that are listed besides where nobody sets it.
    """
    settings = config.changelog
    candidates = without_excluded(changes, settings)
    if settings.is_set("include_types") and not settings.include_types:
        return candidates
    is_listed = _listing_rule(config, also)
    updates = [
        change
        for change in candidates
        if _is_update(change) and _may_fold(change, config, is_listed)
    ]
    if not updates or (len(updates) == 1 and is_listed(updates[0])):  # in its own words
        return [change for change in candidates if is_listed(change)]
    folded = frozenset(map(id, updates))
    entries: list[Change] = []
    for change in candidates:
        if change is updates[0]:
            entries.append(_as_one_change(updates, is_listed))
        elif id(change) not in folded and is_listed(change):
            entries.append(change)
    return entries


def _listing_rule(config: Config, also: Iterable[str]) -> Callable[[Change], bool]:
    settings = config.changelog
    types = set(settings.include_types)
    if settings.is_set("include_types"):
        return lambda change: change.breaking or change.type in types
    types |= {*levels_of(config.commits), *also}
    own = {config.commits.unknown_type, *settings.section_headers}
    types |= {type_.lower() for type_ in own if type_} - KNOWN_TYPES - {"other", "breaking"}
    return lambda change: change.breaking or bool(change.group) or change.type in types


def without_excluded(changes: Iterable[Change], settings: ChangelogConfig) -> list[Change]:
    """Return those of *changes* that break something, or that no setting excludes."""
    types, scopes = settings.exclude_types, settings.exclude_scopes
    if not (types or scopes):
        return list(changes)
    return [
        change
        for change in changes
        if change.breaking or not (change.type in types or change.scope in scopes)
    ]


def _is_update(change: Change) -> bool:
    """Whether a bot updates a dependency."""
    return not change.breaking and _is_bot(change.commit.author, change.commit.email)


@lru_cache(maxsize=1 << 10)  # people commit more than once
def _is_bot(author: str, email: str) -> bool:
    login = email.partition("@")[0].rpartition("+")[2]
    names = {name.lower().removesuffix("[bot]") for name in (author, login)}
    return not names.isdisjoint(_UPDATING_BOTS)


def _may_fold(change: Change, config: Config, is_listed: Callable[[Change], bool]) -> bool:
    if is_listed(change):
        return True
    if config.changelog.is_set("include_types"):
        return False
    if change.type == "ci" or (change.scope or "").lower() in _FOR_DEVELOPERS:
        return False
    name, _ = _dependency(change.description)
    return _TOOL.match(name) is None


def _as_one_change(updates: Sequence[Change], is_listed: Callable[[Change], bool]) -> Change:
    """Return one change for all *updates*, newest first; of one dependency the newest counts."""
    names: dict[str, str] = {}
    for update in updates:
        name, version = _dependency(update.description)
        names.setdefault(name, f"{name} to {version}" if version else name)
    texts = list(names.values())
    more_count = len(texts) - _MOST_NAMED
    if more_count > 0:
        texts[_MOST_NAMED:] = [f"and {more_count} more"]
    type_ = next((update.type for update in updates if is_listed(update)), "deps")
    reference = updates[0].reference if len(updates) == 1 else ""
    text = f"update dependencies: {', '.join(texts)}"
    return Change(updates[0].commit, type_, None, text, reference=reference)


def _dependency(description: str) -> tuple[str, str]:
    """
    Return what *description* updates, and to which version if it says so.

    Such as `bump httpx from 0.27 to 0.28 in /docs`, `update dependency httpx to v0.28` and
    `bump the tests group with 3 updates`.
    """
    words = description.split()
    if words and words[0].lower() in _VERBS:
        del words[0]
    if words and words[0] == "dependency":
        del words[0]
    ends = [words.index(word) for word in ("from", "to", "requirement", "with") if word in words]
    name = " ".join(words[: min(ends, default=len(words))]) or description
    version = ""
    if "to" in words[:-1]:
        version = words[words.index("to") + 1]
    plain = version[1:] if version[:1] == "v" and version[1:2].isdigit() else version
    return name, plain
