"""
towncrier and scriv, which collect news fragments: their own settings go on to count.

Sources: https://towncrier.readthedocs.io/en/stable/configuration.html,
https://scriv.readthedocs.io/en/latest/configuration.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.project.project_files import MANIFEST, SETUP_CFG
from releasio.setup.adoption.foreign_table import ForeignTable, ini_tables, toml_table
from releasio.setup.adoption.translation import Translation

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.project import Project

TOOL = "towncrier or scriv"
_TOWNCRIER_FILES = ("towncrier.toml", MANIFEST)
_SCRIV_FILES = (MANIFEST, SETUP_CFG, "tox.ini", "changelog.d/scriv.ini")


def find(project: Project) -> Adopted | None:
    """
    Return which of them collects fragments here; `None`: neither.

    Raises:
        Unreadable: One of their files is broken.
    """
    readers = (
        ("towncrier", _TOWNCRIER_FILES, _of_towncrier),
        ("scriv", _SCRIV_FILES, _of_scriv),
    )
    for tool, names, read in readers:
        if table := project.first_table(names, read):
            translation = Translation(tool, table)
            translation.set("changelog.fragments", tool)
            _changelog(table, translation)
            translation.cannot(
                "the kinds of fragments decide about the version, in place of commits",
                "Kinds of your own go into commits.types_minor or types_patch. Let "
                f"{tool} be installed where releases are made.",
            )
            return translation.adopted()
    return None


def _changelog(table: ForeignTable, translation: Translation) -> None:
    """Say which file the tool writes, so that no other is begun beside it."""
    for key in ("filename", "changelog"):  # of towncrier, of scriv
        path = table.text(key)
        if path and not {"{", "$", ":"} & set(path):  # a path, and no way to find one
            translation.set("changelog.path", path, key)


def _of_towncrier(name: str, text: str) -> ForeignTable | None:
    return toml_table(name, text, "tool", "towncrier")


def _of_scriv(name: str, text: str) -> ForeignTable | None:
    if name == MANIFEST:
        return toml_table(name, text, "tool", "scriv")
    sections = ini_tables(name, text) if "scriv]" in text else {}
    return sections.get("scriv") or sections.get("tool:scriv")
