"""
bump-my-version and its elders bump2version and bumpversion.

Source: https://callowayproject.github.io/bump-my-version/reference/configuration/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.rules.project.project_files import MANIFEST, SETUP_CFG
from releasio.setup.adoption.foreign_table import ForeignTable, ini_tables, toml_table
from releasio.setup.adoption.project import Project, VersionPlaces
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.words import (
    BY_HAND,
    COMMIT_NAMED,
    GIT_HOOKS,
    GIT_SIGNS,
    LET_HOOK_SKIP,
    LET_IT_LOOK,
    SIGN_BY_GIT,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.setup.adoption.adopted import Adopted

TOOL = "bump-my-version"
FILES = (".bumpversion.cfg", ".bumpversion.toml", SETUP_CFG, MANIFEST)  # the first counts
_SECTION = re.compile(r"bumpversion:(file|glob)[^:]*:(.*)")
_HOOKS = {
    "setup_hooks": "hooks.pre_bump",
    "pre_commit_hooks": "hooks.post_bump",
    "post_commit_hooks": "hooks.pre_release",
}
_CALENDAR = re.compile(r"\{(?:utc)?now|%Y|YYYY|calver", re.IGNORECASE)


def find(project: Project) -> Adopted | None:
    """
    Return what the tool was told; `None`: nothing.

    Raises:
        Unreadable: One of its files is broken.
    """
    table = project.first_table(FILES, _table)
    if table is None:
        return None
    translation = Translation(TOOL if table.path.endswith(".toml") else "bumpversion", table)
    translation.cannot(BY_HAND, "`releasio release --bump minor` names it, too.")
    form = (table.text("tag_name") or "v{new_version}").replace("{new_version}", "{version}")
    translation.tag_form(form, "tag_name")
    _versions(table, translation)
    _files(table, translation, project)
    _others(table, translation)
    return translation.adopted()


def _table(name: str, text: str) -> ForeignTable | None:
    if "bumpversion" not in text:
        return None
    if name.endswith(".toml"):
        return toml_table(name, text, "tool", "bumpversion")
    return _of_sections(ini_tables(name, text))


def _of_sections(sections: Mapping[str, ForeignTable]) -> ForeignTable | None:
    """Return the sections of an INI file as the one table that TOML has."""
    own = sections.get("bumpversion")
    if own is None:
        return None
    files: list[dict[str, Any]] = []
    lines = dict(own.lines)
    for name, section in sections.items():
        if match := _SECTION.fullmatch(name):
            kind, path = match.groups()
            key = "filename" if kind == "file" else "glob"
            lines |= {("files", len(files), *keys): line for keys, line in section.lines.items()}
            files.append({**section.values, key: path})
    return ForeignTable(own.path, {**own.values, "files": files}, lines)


def _versions(table: ForeignTable, translation: Translation) -> None:
    serialize = " ".join(table.words("serialize") or ())
    if _CALENDAR.search(f"{serialize} {table.text('parse') or ''}"):
        translation.cannot(
            "versions by the calendar are a scheme of their own",
            'Set version.scheme = "calver" and version.calver, such as "YYYY.MM.MICRO".',
            "serialize" if serialize else "parse",
        )
    elif serialize and not re.match(r"v?\{major\}", serialize):
        translation.cannot(
            "versions are those of PEP 440, written as the last tags are",
            "`releasio check` shows how the next one is written.",
            "serialize",
        )


def _files(table: ForeignTable, translation: Translation, project: Project) -> None:
    version = table.text("current_version") or project.version
    places = VersionPlaces(translation, project)
    for number, entry in enumerate(table.tables("files")):
        foreign = ("files", number)
        name = entry.get("filename")
        if not isinstance(name, str):
            translation.cannot(
                "files are named, and not found by patterns",
                "Name each of them in version.files.",
                *foreign,
            )
            continue
        search = _text(entry, "search") or table.text("search") or "{current_version}"
        replace = _text(entry, "replace") or table.text("replace")
        regex = entry.get("regex", table.flag("regex")) is True
        if regex or "\n" in search or not _is_plain(search, replace):
            translation.cannot(
                f"the text around a version is taken as it is, and {search!r} is more",
                "Name the file in version.files, with the text around the version as pattern.",
                *foreign,
            )
            continue
        places.lines(name, project.patterns_of(name, search, version), *foreign)
    places.finish()


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) else None


def _is_plain(search: str, replace: str | None) -> bool:
    """Whether the one is the other with the new version in place of the old one."""
    is_same = replace in {None, search.replace("{current_version}", "{new_version}")}
    return is_same and search.count("{") == 1 and "{current_version}" in search


def _others(table: ForeignTable, translation: Translation) -> None:
    if table.flag("allow_dirty"):
        translation.on("allow_dirty", "allow_dirty")
    if table.flag("sign_tags"):
        translation.cannot(GIT_SIGNS, SIGN_BY_GIT, "sign_tags")
    if table.text("message"):
        translation.cannot(COMMIT_NAMED, LET_IT_LOOK, "message")
    if "--no-verify" in (table.text("commit_args") or ""):
        translation.cannot(GIT_HOOKS, LET_HOOK_SKIP, "commit_args")
    translation.hooks(_HOOKS, "BVHOOK_")
