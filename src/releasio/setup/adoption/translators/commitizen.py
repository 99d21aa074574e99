"""
commitizen: `[tool.commitizen]` in pyproject.toml, `.cz.toml`, `.cz.json`, `.cz.yaml` and so on.

Source: https://commitizen-tools.github.io/commitizen/config/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.project.project_files import MANIFEST
from releasio.setup.adoption.foreign_table import json_table, toml_table, yaml_table
from releasio.setup.adoption.project import Project, VersionPlaces
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.words import (
    ASK_FOR_ONE,
    COMMIT_NAMED,
    GIT_SIGNS,
    LET_IT_LOOK,
    OTHER_TEMPLATES,
    OWN_TEMPLATE,
    SIGN_BY_GIT,
    TO_ONE,
)

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.foreign_table import ForeignTable

TOOL = "commitizen"
# the first that speaks of it counts
FILES = (".cz.toml", "cz.toml", ".cz.json", "cz.json", ".cz.yaml", "cz.yaml", MANIFEST)
_OWN = {
    *("name", "version", "version_files", "version_provider", "version_scheme", "tag_format"),
    *("legacy_tag_formats", "bump_message", "changelog_file", "changelog_merge_prerelease"),
    *("update_changelog_on_bump", "major_version_zero", "pre_bump_hooks", "post_bump_hooks"),
    *("prerelease_offset", "template", "extras", "customize", "change_type_map", "gpg_sign"),
}
# about its other commands, which stay of use; or releasio does so unasked
_NEEDLESS = {
    *("allow_abort", "allowed_prefixes", "always_signoff", "annotated_tag", "changelog_format"),
    *("changelog_incremental", "changelog_start_rev", "encoding", "ignored_tag_formats"),
    *("message_length_limit", "retry_after_failure", "style", "use_shortcuts", "version_type"),
    *("breaking_change_exclamation_in_title",),
}
_HOOKS = {"pre_bump_hooks": "hooks.post_bump", "post_bump_hooks": "hooks.pre_release"}
_OF_CHANGELOG = {
    "template": (OTHER_TEMPLATES, OWN_TEMPLATE),
    "extras": (OTHER_TEMPLATES, OWN_TEMPLATE),
    "change_type_map": (
        "it renames types as commitizen calls them",
        "Name the groups of the changelog by changelog.section_headers.",
    ),
}
_REFUSED = {
    "bump_message": (COMMIT_NAMED, LET_IT_LOOK),
    "gpg_sign": (GIT_SIGNS, SIGN_BY_GIT),
    "legacy_tag_formats": (
        "where tags have several forms, that of the newest release counts for new ones",
        "Leave version.tag_prefix out, and `releasio check` shows what is taken.",
    ),
    "prerelease_offset": ("pre-releases are numbered from 1", "Nothing is to be done."),
}
_PLAIN_TYPES = re.compile(r"\^?\(?((?:\w+\|)*\w+)\)?")
_SEMVER_TAG = re.compile(
    r"\$\{?major\}?\.\$\{?minor\}?\.\$\{?patch\}?(?:\$\{?prerelease\}?)?(?:\$\{?devrelease\}?)?"
)


def find(project: Project) -> Adopted | None:
    """
    Return what the tool was told; `None`: nothing.

    Raises:
        Unreadable: One of its files is broken.
    """
    table = project.first_table(FILES, _table)
    if table is None:
        return None
    translation = Translation(TOOL, table)
    _tags(table, translation)
    _types(table, translation)
    _zero(table, translation, project)
    _files(table, translation, project)
    _changelog(table, translation, project)
    _others(translation)
    return translation.adopted()


def _table(name: str, text: str) -> ForeignTable | None:
    if name.endswith(".toml"):
        return toml_table(name, text, "tool", "commitizen")
    return (json_table if name.endswith(".json") else yaml_table)(name, text, "commitizen")


def _tags(table: ForeignTable, translation: Translation) -> None:
    written = table.text("tag_format") or "$version"
    form = _SEMVER_TAG.sub(
        "{version}", re.sub(r"\$(?:version\b|\{version\})", "{version}", written)
    )
    foreign = ("tag_format",) if table.text("tag_format") else ()
    translation.tag_form(form, *foreign)


def _types(table: ForeignTable, translation: Translation) -> None:
    """Say what raises which number: by its rules, or by the project's own."""
    match table.text("name") or "cz_conventional_commits":
        case "cz_conventional_commits":
            # so it is without any word in its settings, and not in ours
            translation.set("commits.types_patch", ["fix", "perf", "refactor"], *_named(table))
        case "cz_customize":
            _own_types(table, translation)
        case name:
            translation.cannot(
                f"{name} reads commits by code that is not run",
                "Say how subjects are written by commits.convention or commits.commit_parsers.",
                "name",
            )


def _named(table: ForeignTable) -> tuple[str, ...]:
    return ("name",) if table.text("name") else ()


def _own_types(table: ForeignTable, translation: Translation) -> None:
    types: dict[str, list[str]] = {"major": [], "minor": [], "patch": []}
    bump_map = table.at("customize", "bump_map")
    for pattern, increment in (bump_map if isinstance(bump_map, dict) else {}).items():
        names = _PLAIN_TYPES.fullmatch(pattern.removesuffix("$").removesuffix(":"))
        level = str(increment).lower()
        if names and level in types:
            types[level] += names[1].split("|")
        elif not re.fullmatch(r"\^?\.\+!\$?|\^?BREAKING.*", pattern):
            translation.cannot(
                f"{pattern!r} is more than the type of a commit",
                "Name types in commits.types_major, types_minor and types_patch.",
                *("customize", "bump_map", pattern),
            )
    for level, names_of_level in types.items():
        if bump_map:
            translation.set(f"commits.types_{level}", names_of_level, "customize", "bump_map")


def _zero(table: ForeignTable, translation: Translation, project: Project) -> None:
    version = table.text("version") or project.version
    if version.startswith("0.") and not table.flag("major_version_zero"):
        translation.cannot(
            TO_ONE,
            ASK_FOR_ONE,
            *(["major_version_zero"] if table.at("major_version_zero") is not None else []),
        )


def _files(table: ForeignTable, translation: Translation, project: Project) -> None:
    provider = table.text("version_provider") or "commitizen"
    version = (table.text("version") if provider == "commitizen" else "") or project.version
    places = VersionPlaces(translation, project)
    for number, entry in enumerate(table.words("version_files") or ()):
        name, _, text_around = entry.partition(":")
        patterns = project.patterns(name, _line_with(text_around).search, version)
        if not text_around and _is_dunder(patterns):
            places.whole(name, "version_files", number)
        else:
            places.lines(name, patterns, "version_files", number)
    places.finish()
    if provider == "commitizen" and table.text("version") and not project.is_described:
        translation.cannot(
            "the version that it counts from is its own, which releasio does not read",
            "Let pyproject.toml say the version, or take it from the tags.",
            "version",
        )


def _line_with(wanted: str) -> re.Pattern[str]:
    try:
        return re.compile(wanted)
    except re.error:
        return re.compile(re.escape(wanted))


def _is_dunder(patterns: tuple[str, ...]) -> bool:
    return len(patterns) == 1 and patterns[0].startswith("__version__")


def _changelog(table: ForeignTable, translation: Translation, project: Project) -> None:
    path = table.text("changelog_file") or "CHANGELOG.md"
    if table.text("changelog_file"):
        translation.set("changelog.path", path, "changelog_file")
    if table.flag("changelog_merge_prerelease"):
        translation.off("changelog.include_prereleases", "changelog_merge_prerelease")
    if not table.flag("update_changelog_on_bump") and project.text(path) is None:
        translation.cannot(
            "a release writes the changelog, which this project has none of",
            "changelog.enabled = false keeps it so.",
            *(["update_changelog_on_bump"] if "update_changelog_on_bump" in table.values else []),
        )
    translation.refuse(_OF_CHANGELOG)


def _others(translation: Translation) -> None:
    """
    Say which commands are run when, and what there is no setting for.

    Its `pre_bump_hooks` run after the files are written and before the commit; its
    `post_bump_hooks` after commit and tag.
    """
    translation.hooks(_HOOKS, "CZ_")
    translation.refuse(_REFUSED)
    translation.refuse_others(_OWN | _NEEDLESS)
