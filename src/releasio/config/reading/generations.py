"""Defaults that changed: what each was before, and the setting that keeps it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from releasio.config.reading.mistakes import Findings, Source
from releasio.config.reading.values import complete, read_table
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config

EMOJI_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "breaking": "⚠️ Breaking Changes",
        "feat": "✨ Features",
        "fix": "🐛 Bug Fixes",
        "perf": "⚡ Performance",
        "docs": "📚 Documentation",
        "refactor": "♻️ Refactoring",
        "test": "🧪 Tests",
        "build": "📦 Build",
        "ci": "🔧 CI",
        "style": "💄 Style",
        "chore": "🔨 Chores",
        "other": "📝 Other",
    }
)
NEWEST = 3  # what new configurations say as `config_version`


@frozen
class ChangedDefault:
    """
    One default that is another one since some `config_version`.

    Attributes:
        key: The setting, dotted.
        since: The `config_version` that brought the new default.
        old: The value that keeps the old one, as TOML reads it.
        before: What the old one does, for the migration page; Markdown.
        after: What the new one does; Markdown.
    """

    key: str
    since: int
    old: object
    before: str
    after: str

    @property
    def line(self) -> str:
        """The line of a settings file that keeps the old default."""
        from releasio.config.pages.toml_text import toml

        return f"{self.key} = {toml(self.old)}"


CHANGED = (
    ChangedDefault(
        key="commits.breaking_pattern",
        since=3,
        old="(?i)BREAKING[ -]CHANGE:",
        before="`BREAKING CHANGE:` in any case, anywhere in the body",
        after="`BREAKING CHANGE:` in upper case, at the beginning of a footer's line",
    ),
    ChangedDefault(
        key="version.auto_detect_version_files",
        since=3,
        old=False,
        before="only the files that are named hold the version",
        after="`__version__` in the import package, `VERSION`, `Cargo.toml`, `meson.build`, "
        "`docs/conf.py` and `CITATION.cff` are found and written, too",
    ),
    ChangedDefault(
        key="changes.by_files",
        since=3,
        old=False,
        before="the words of a commit alone raise the version",
        after="commits that touch only tests, documentation, CI or lock files of development raise "
        "no version",
    ),
    ChangedDefault(
        key="changes.metadata",
        since=3,
        old="off",
        before="nothing but commits raises the version",
        after="a changed runtime dependency, `requires-python`, extra or entry point is named in "
        "the notes and makes at least a patch release",
    ),
    ChangedDefault(
        key="changelog.section_headers",
        since=3,
        old=dict(EMOJI_TITLES),
        before="groups have titles with emoji, and breaking changes one of their own",
        after="groups have the titles that the file uses, else those of Keep a Changelog",
    ),
    ChangedDefault(
        key="changelog.include_types",
        since=3,
        old=[],
        before="notes list commits of every type",
        after="notes list what people who use the package notice",
    ),
)


def frozen_defaults(config_version: object) -> Mapping[str, object]:
    """
    Return the defaults that a file for *config_version* keeps, as tables of raw values.

    They are what the file would hold if it named each of them.
    """
    if not isinstance(config_version, int) or config_version >= NEWEST:
        return {}
    raw: dict[str, Any] = {}
    for default in CHANGED:
        if default.since > config_version:
            table = raw
            *tables, name = default.key.split(".")
            for one in tables:
                table = table.setdefault(one, {})
            table[name] = default.old
    return raw


def as_before(values: dict[str, Any]) -> None:
    """Give the *values* of a file for an old `config_version` the meaning they had in it."""
    if values.get("config_version", NEWEST) < NEWEST and (commits := values.get("commits")):
        # patterns of the project's own matched in any case
        for key in ("breaking_pattern", "breaking_patterns"):
            match commits.get(key):
                case str(pattern):
                    commits[key] = _any_case(pattern)
                case tuple(patterns):
                    commits[key] = tuple(map(_any_case, patterns))


def in_any_case(config: Config) -> tuple[str, ...]:
    """Return the keys of the project's own patterns that `as_before` has match in any case."""
    usual = type(config.commits).breaking_pattern
    keys = ("breaking_pattern",) if config.commits.is_set("breaking_pattern") else ()
    if config.commits.breaking_pattern == _any_case(usual):
        keys = ()
    own_patterns = ("breaking_patterns",) if config.commits.breaking_patterns else ()
    return tuple(f"commits.{key}" for key in keys + own_patterns)


def _any_case(pattern: str) -> str:
    return pattern if not pattern or pattern.startswith("(?i)") else f"(?i){pattern}"


def with_old_default(config: Config, default: ChangedDefault) -> Config:
    """Return *config* as if its file named the old default of that key."""
    table, name = default.key.split(".")
    inner = getattr(config, table)
    values = read_table(type(inner), {name: default.old}, (table,), Findings(_NOWHERE, [], []))
    value = getattr(complete(type(inner), values), name)
    return with_table(config, table, {**vars(inner), name: value})


def with_new_default(config: Config, default: ChangedDefault) -> Config:
    """Return *config* as if nobody had set that key, which has its newest default then."""
    table, name = default.key.split(".")
    values = vars(getattr(config, table))
    return with_table(config, table, {key: values[key] for key in values if key != name})


def with_table(config: Config, table: str, values: Mapping[str, object]) -> Config:
    """Return *config* with *values* as what is said in one *table*."""
    return config.but(**{table: type(getattr(config, table))(**values)})


_NOWHERE = Source("a default")
