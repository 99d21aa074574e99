"""The news fragments that a release collects."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.release.reading.project.documents import files_at
from releasio.rules.project.project_files import MANIFEST, ProjectFiles
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.fragments.fragment import Fragment
    from releasio.world.git.git import Git

_OF_TOWNCRIER = "towncrier.toml"
# where scriv has its settings, besides pyproject.toml; what stands in later ones counts
_BEFORE_MANIFEST, _LAST = ("setup.cfg", "tox.ini"), "changelog.d/scriv.ini"
_DESCRIBED = ("readme", "template", "_template", ".")  # how names of other files begin


def read_fragments(
    git: Git, head: str, folder: str, settings: ChangelogConfig
) -> tuple[Fragment, ...] | None:
    """
    Return the fragments at *head*, as the tool of `changelog.fragments` finds them.

    `None`: no tool is named.

    Args:
        git: Where they are read.
        head: The commit.
        folder: The project's.
        settings: Names the tool.
    """
    match settings.fragments:
        case "towncrier":
            return tuple(_of_towncrier(git, head, files_at(git, head, folder)))
        case "scriv":
            return tuple(_of_scriv(git, head, files_at(git, head, folder)))
        case _:
            return None


def _of_towncrier(git: Git, head: str, files: ProjectFiles) -> Iterator[Fragment]:
    from releasio.rules.fragments.towncrier import fragments_in, towncrier_of

    own_file = files.toml(_OF_TOWNCRIER)
    table = value_at(own_file or files.toml(MANIFEST), ("tool", "towncrier"))
    towncrier = towncrier_of(_table(table or own_file))
    yield from fragments_in(_files_in(git, head, files, towncrier.folder), towncrier)


def _of_scriv(git: Git, head: str, files: ProjectFiles) -> Iterator[Fragment]:
    from releasio.rules.fragments.scriv import fragments_in, ini_table, scriv_of

    files.load(*_BEFORE_MANIFEST, MANIFEST, _LAST)
    tables = [
        *(ini_table(files.text(name) or "") for name in _BEFORE_MANIFEST),
        _table(value_at(files.toml(MANIFEST), ("tool", "scriv"))),
        ini_table(files.text(_LAST) or ""),
    ]
    scriv = scriv_of({key: value for table in tables for key, value in table.items()})
    paths = [
        path for path in _files_in(git, head, files, scriv.folder) if path.endswith((".md", ".rst"))
    ]
    for path, content in git.read_files(head, paths).items():
        yield from fragments_in(path, (content or b"").decode("utf-8", "replace"), scriv)


def _files_in(git: Git, head: str, files: ProjectFiles, folder: str) -> list[str]:
    """Return the paths of what may be fragments in *folder*, which is relative to the project."""
    place = files.path(folder)
    if not place:
        return []
    names = git.list_files(head, place)
    return [name for name in names if not posixpath.basename(name).lower().startswith(_DESCRIBED)]


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
