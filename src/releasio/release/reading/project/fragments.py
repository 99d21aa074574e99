"""The news fragments that a release collects."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.release.reading.project.documents import files_at
from releasio.rules.project.changelog_file import TOWNCRIER_FILE
from releasio.rules.project.project_files import MANIFEST, ProjectFiles
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.fragments.collector import Collector
    from releasio.rules.fragments.fragment import Fragment
    from releasio.world.git.git import Git

# where scriv looks for settings first; what pyproject.toml says counts more, and most of all what
# stands in a scriv.ini among the fragments
_BEFORE_MANIFEST = ("setup.cfg", "tox.ini")
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


def waiting_fragments(
    git: Git, head: str, folder: str, settings: ChangelogConfig, collector: Collector
) -> str:
    """Return the sentence that names the setting by which the fragments of *collector* count."""
    tool = collector.tool
    fragments = read_fragments(git, head, folder, settings.but(fragments=tool)) or ()
    number = len({fragment.path for fragment in fragments})
    waiting = "1 news fragment waits" if number == 1 else f"{number or 'no'} news fragments wait"
    return (
        f'{waiting} for {tool}: changelog.fragments = "{tool}" lets them decide about the '
        f"version, and {tool} write the changelog"
    )


def _of_towncrier(git: Git, head: str, files: ProjectFiles) -> Iterator[Fragment]:
    from releasio.rules.fragments.towncrier import fragments_in, towncrier_of

    files.load(TOWNCRIER_FILE, MANIFEST)
    own_file, manifest = files.toml(TOWNCRIER_FILE), files.toml(MANIFEST)
    settings = value_at(manifest if own_file is None else own_file, ("tool", "towncrier"))
    name = value_at(manifest, ("project", "name"))
    towncrier = towncrier_of(_table(settings), name if isinstance(name, str) else "")
    for folder in towncrier.folders:
        paths = _files_in(git, head, files, folder)
        inside = [path for path in paths if posixpath.dirname(path) == files.path(folder)]
        yield from fragments_in(inside, towncrier)


def _of_scriv(git: Git, head: str, files: ProjectFiles) -> Iterator[Fragment]:
    from releasio.rules.fragments.scriv import fragments_in, ini_table, scriv_of

    files.load(*_BEFORE_MANIFEST, MANIFEST)
    settings: dict[str, object] = {}
    for name in _BEFORE_MANIFEST:
        settings |= ini_table(files.text(name) or "")
    settings |= _table(value_at(files.toml(MANIFEST), ("tool", "scriv")))
    own_file = posixpath.join(scriv_of(settings).folder, "scriv.ini")
    scriv = scriv_of(settings | dict(ini_table(files.text(own_file) or "")))
    paths = [
        path for path in _files_in(git, head, files, scriv.folder) if path.endswith((".md", ".rst"))
    ]
    for path, content in git.objects.read_files(head, paths).items():
        yield from fragments_in(path, (content or b"").decode("utf-8", "replace"), scriv)


def _files_in(git: Git, head: str, files: ProjectFiles, folder: str) -> list[str]:
    """Return the paths of what may be fragments in *folder*, which is relative to the project."""
    place = files.path(folder)
    if not place:
        return []
    names = git.objects.list_files(head, place)
    return [name for name in names if not posixpath.basename(name).lower().startswith(_DESCRIBED)]


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
