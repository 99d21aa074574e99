"""
tbump: `tbump.toml`, or `[tool.tbump]` in pyproject.toml.

Source: https://github.com/your-tools/tbump
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.project.project_files import MANIFEST
from releasio.setup.adoption.foreign_table import toml_table
from releasio.setup.adoption.project import Project, VersionPlaces
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.words import COMMIT_NAMED, GIT_SIGNS, LET_IT_LOOK, SIGN_BY_GIT

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.foreign_table import ForeignTable

TOOL = "tbump"
FILE = "tbump.toml"
# `before_push` and `hook` are older names
_HOOKS = {
    "before_commit": "hooks.post_bump",
    "before_push": "hooks.post_bump",
    "hook": "hooks.post_bump",
    "after_push": "hooks.post_release",
}
_USUAL_MESSAGE = "Bump to {new_version}"


def find(project: Project) -> Adopted | None:
    """
    Return what the tool was told; `None`: nothing.

    Raises:
        Unreadable: Its file is broken.
    """
    table = project.first_table((FILE, MANIFEST), _table)
    if table is None:
        return None
    translation = Translation(TOOL, table)
    translation.cannot(
        "the version is typed, and with releasio the commits name it",
        "`releasio release --version 1.2.3` takes a typed one, too.",
    )
    form = (table.text("git", "tag_template") or "v{new_version}").replace(
        "{new_version}", "{version}"
    )
    translation.tag_form(form, "git", "tag_template")
    if table.text("git", "message_template") not in {None, _USUAL_MESSAGE}:
        translation.cannot(COMMIT_NAMED, LET_IT_LOOK, "git", "message_template")
    if table.flag("git", "sign"):
        translation.cannot(GIT_SIGNS, SIGN_BY_GIT, "git", "sign")
    _files(table, translation, project)
    _hooks(table, translation)
    return translation.adopted()


def _table(name: str, text: str) -> ForeignTable | None:
    return toml_table(name, text, *(("tool", "tbump") if name == MANIFEST else ()))


def _files(table: ForeignTable, translation: Translation, project: Project) -> None:
    version = table.text("version", "current") or project.version
    places = VersionPlaces(translation, project)
    for number, entry in enumerate(table.tables("file")):
        name, search = entry.get("src"), entry.get("search")
        if not isinstance(name, str):
            continue
        if entry.get("version_template"):
            translation.cannot(
                f"{name} has the version in a form of its own",
                "Name it in version.files, with {major}, {minor} and {patch} in the pattern.",
                *("file", number, "version_template"),
            )
            continue
        pattern = search if isinstance(search, str) else "{current_version}"
        places.lines(name, project.patterns_of(name, pattern, version), "file", number)
    places.finish()


def _hooks(table: ForeignTable, translation: Translation) -> None:
    commands: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for key, ours in _HOOKS.items():
        for hook in table.tables(key):
            command = str(hook.get("cmd", ""))
            command = command.replace("{new_version}", "{version}")
            commands.setdefault(ours, []).append(
                command.replace("{current_version}", "{prev_version}")
            )
            first.setdefault(ours, key)
    for ours, lines in commands.items():
        translation.set(ours, lines, first[ours])
