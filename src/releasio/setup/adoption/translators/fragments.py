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
    from collections.abc import Iterator

    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.project import Project

TOOL = "towncrier or scriv"
_SCRIV_FILES = (SETUP_CFG, "tox.ini", "changelog.d/scriv.ini")


def find(project: Project) -> Adopted | None:
    """
    Return which of them collects fragments here; `None`: neither.

    Raises:
        Unreadable: One of their files is broken.
    """
    for tool, tables in (("towncrier", _of_towncrier(project)), ("scriv", _of_scriv(project))):
        if table := next(tables, None):
            translation = Translation(tool, table)
            translation.set("changelog.fragments", tool)
            translation.cannot(
                "the kinds of fragments decide about the version, in place of commits",
                "Kinds of your own go into commits.types_minor or types_patch. Let "
                f"{tool} be installed where releases are made.",
            )
            return translation.adopted()
    return None


def _of_towncrier(project: Project) -> Iterator[ForeignTable]:
    for name in ("towncrier.toml", MANIFEST):
        if text := project.text(name):
            table = toml_table(name, text, "tool", "towncrier")
            if table is not None:
                yield table


def _of_scriv(project: Project) -> Iterator[ForeignTable]:
    if table := toml_table(MANIFEST, project.text(MANIFEST) or "", "tool", "scriv"):
        yield table
    for name in _SCRIV_FILES:
        text = project.text(name) or ""
        if "scriv]" in text:
            sections = ini_tables(name, text)
            yield from (
                sections[section] for section in ("scriv", "tool:scriv") if section in sections
            )
