"""Finds a changelog where no release looks for one: init says then where it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.rules.changelog.markup.chosen import SUFFIXES, markup_of
from releasio.rules.changelog.outline import outline
from releasio.rules.project.project_name import normalized_name
from releasio.rules.running.plain_file import FILE
from releasio.world.plain_file import read_plain, what_is

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from packaging.version import Version

_STEMS = (
    *("changelog", "change-log", "changes", "history", "news", "release-notes", "releases"),
    *("release-history", "version-history", "versionhistory", "whatsnew", "whats-new"),
)
_SUFFIXES = {*SUFFIXES, ".txt", ""}
_FOLDERS = ("docs", "doc", "documentation")
_DEEPEST = 3  # docs/source/about/changelog.rst
_BUILT = {"_build", "build", "node_modules", "site"}
_LOOKED_AT = 12  # headings: of old releases many have no tag


def find_changelog(folder: Path, project: str, versions: Collection[Version]) -> str:
    """
    Return the path in *folder* of the file that tells of a project's releases; empty: none does.

    Its name says so, and its headings are versions of the project.

    Args:
        folder: The project's, or the top of the repository.
        project: Its name, as which a file in a folder called `history` may be called.
        versions: Those that were released; or, where nothing tells, the present one.
    """
    for path in sorted(_candidates(folder, project), key=_distance):
        place = folder / path
        if what_is(place) == FILE and _is_of(path.as_posix(), _content(place), versions):
            return path.as_posix()
    return ""


def _content(place: Path) -> bytes:
    try:
        return read_plain(place)
    except OSError:  # what cannot be read cannot be written either
        return b""


def _candidates(folder: Path, project: str) -> Iterator[Path]:
    name = normalized_name(project)
    own_stems = {*_STEMS, *_stems_with(name)}
    names = [entry.name for entry in folder.iterdir()]
    yield from (Path(file) for file in names if _stem(file) in own_stems)
    for top in (name for name in names if name.lower() in _FOLDERS):
        for place, folders, files in os.walk(folder / top):
            inside = Path(place).relative_to(folder)
            is_deep = len(inside.parts) >= _DEEPEST
            folders[:] = () if is_deep else [f for f in folders if f[0] != "." and f not in _BUILT]
            is_history = normalized_name(inside.name) in _STEMS
            stems = {*own_stems, name} if is_history else own_stems
            yield from (inside / file for file in files if _stem(file) in stems)


def _stems_with(project: str) -> Iterator[str]:
    """Yield what it is called beside that of another project: news-pool, of psycopg-pool."""
    words = project.split("-")
    for name in ("-".join(words[place:]) for place in range(len(words))):
        yield from (f"{stem}-{name}" for stem in _STEMS)
        yield from (f"{name}-{stem}" for stem in _STEMS)


def _stem(name: str) -> str:
    """Return what a file that may be a changelog is called; empty: its format is none of ours."""
    stem, _, suffix = name.rpartition(".")
    return normalized_name(stem or suffix) if f".{suffix}" in _SUFFIXES or not stem else ""


def _distance(path: Path) -> tuple[int, int, str]:
    """Return how far *path* is from where most projects have their changelog."""
    stem = _stem(path.name)
    return len(path.parts), _STEMS.index(stem) if stem in _STEMS else -1, path.as_posix()


def _is_of(name: str, content: bytes, versions: Collection[Version]) -> bool:
    """Whether most of the first headings are *versions*."""
    text = content.decode("utf-8", "replace")
    markup = markup_of(name, text)
    if markup is None:
        return False
    titles = [chapter.title for chapter in outline(text, None, markup).chapters]
    told = [title.version for title in titles if title][:_LOOKED_AT]
    own_count = sum(version in versions for version in told)
    if len(versions) == 1:  # a new project beside others may have a number that they had once
        return told[:1] == [*versions]
    return own_count > 1 and 2 * own_count >= len(told)
