"""The notes of releases as one text each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.notes import read_all, read_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.tables.model import Config
    from releasio.world.world import World


def all_notes(world: World, config: Config) -> list[str]:
    """Return one section for each release, newest first, as git tells them."""
    return read_all(world, config, lambda told_release: told_release.text(config))


def notes_of(world: World, config: Config, span: str | None) -> Iterator[str]:
    """Yield the notes of *span*; `read_span` says what it may be, and what is raised."""
    yield from (told_release.text(config) for told_release in read_span(world, config, span))
