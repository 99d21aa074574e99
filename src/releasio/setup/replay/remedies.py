"""Which other settings would have made the releases that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.conventions.proposal import ANY
from releasio.rules.versions.dates import looks_like_date, resembling_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from packaging.version import Version

    from releasio.config.tables.model import Config
    from releasio.release.facts import Facts

    Values = Mapping[str, object]

# a name beside these is the part of the code that was changed, more often than a kind of change
_FOR_PATCHES = frozenset(
    ("bugfix", "hotfix", "security", "deps", "dep", "update", "improve", "improvement")
)
_FOR_MINORS = frozenset(
    ("feature", "enhancement", "enh", "new", "add", "added", "improvement", "deprecate", "remove")
)
_FOR_MAJORS = frozenset(("removal", "breaking", "incompatible"))
_QUIET = ("build", "chore", "ci", "docs", "refactor", "style", "test")  # raise nothing by default
_CONVENTIONS = ("gitmoji", "prefix", "kernel")


def candidates(config: Config, facts: Iterable[Facts | ReleasioError]) -> Iterator[Values]:
    """
    Yield settings by dotted key that may explain other versions, the simplest first.

    Args:
        config: The settings in force.
        facts: Those of all releases.
    """
    known_facts = [each for each in facts if not isinstance(each, ReleasioError)]
    commits, changes = config.commits, config.changes
    yield {"changes.by_files": not changes.by_files}
    if changes.metadata != "off":
        yield {"changes.dropped": "patch"}
        yield {"changes.metadata": "notes"}
    else:
        yield {"changes.metadata": "patch"}
    if changes.api != "off":
        yield {"changes.api": "off"}
    if any(_starts_below_one(each) for each in known_facts):
        yield {"version.zero": "lower" if config.version.zero == "minor" else "minor"}
    yield from _types(config, known_facts)
    yield from _everything(config)
    for convention in _CONVENTIONS:
        if convention != commits.convention:
            yield {"commits.convention": convention}
    yield from _calendar(config, known_facts)


def _starts_below_one(facts: Facts) -> bool:
    last = facts.packages[0].last
    return last is not None and last.version.major == 0


def _types(config: Config, facts: Iterable[Facts]) -> Iterator[Values]:
    """Yield settings by which a type that people use raises another number."""
    commits = config.commits
    readings = [each.packages[0].reading for each in facts]
    of_commits = (c.type for reading in readings for c in reading.changes if not c.breaking)
    of_fragments = (f.type for reading in readings for f in reading.fragments or ())
    used_types = dict.fromkeys((*of_commits, *of_fragments))
    raising_types = {*commits.types_patch, *commits.types_minor, *commits.types_major}
    for type_ in used_types:
        if type_ not in raising_types and type_ in {*_QUIET, *_FOR_PATCHES}:
            yield {"commits.types_patch": (*commits.types_patch, type_)}
    for type_ in used_types:
        if type_ not in raising_types and type_ in {*_FOR_MINORS, "refactor", "deps"}:
            yield {"commits.types_minor": (*commits.types_minor, type_)}
    for type_ in used_types:
        if type_ not in raising_types and type_ in _FOR_MAJORS:
            yield {"commits.types_major": (*commits.types_major, type_)}
    patches = (*commits.types_patch, *commits.types_minor)
    if commits.types_minor:
        yield {"commits.types_minor": (), "commits.types_patch": patches}


def _everything(config: Config) -> Iterator[Values]:
    """Yield settings by which every commit of a known type counts, and every commit at all."""
    commits = config.commits
    types = (*commits.types_patch, *(t for t in _QUIET if t not in commits.types_patch))
    yield {"commits.types_patch": types}
    yield {"commits.types_patch": (*commits.types_patch, ANY), "commits.unknown_type": ANY}
    yield {"commits.types_patch": (*types, ANY), "commits.unknown_type": ANY}
    all_types = (*types, *commits.types_minor, ANY)
    yield {
        "commits.types_minor": (),
        "commits.types_patch": all_types,
        "commits.unknown_type": ANY,
    }


def _calendar(config: Config, facts: Collection[Facts]) -> Iterator[Values]:
    versions = {version for each in facts for version in _versions(each)}
    if config.version.scheme == "calver" or not versions:
        return
    newest, today = max(versions), max(each.moment for each in facts).date()
    if looks_like_date(newest, lambda: versions, today):
        calver = resembling_pattern(newest, versions)
        yield {"version.scheme": "calver", "version.calver": calver}


def _versions(facts: Facts) -> Iterator[Version]:
    (package,) = facts.packages
    yield from filter(None, map(package.tag_form.version, package.tags))
