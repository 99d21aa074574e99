"""Which number each type of commit raises, and the setting that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.conventions.convention import convention_of
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import CommitsConfig

CONVENTION = "commits.convention"
Judgement = tuple[Level, str | None]  # the level, and the setting that says so


def levels_of(settings: CommitsConfig) -> Mapping[str, Level]:
    """Return the level of each type that has one, by the type in lower case."""
    return {type_: level for type_, (level, _) in judgements(settings).items()}


def judgements(settings: CommitsConfig) -> dict[str, Judgement]:
    """Return level and setting of each type that has one; the highest wins."""
    # what a revert undoes was released, so people wait for it, whatever the types are
    levels: dict[str, Judgement] = {"revert": (Level.PATCH, None)}
    convention = convention_of(settings.convention)
    levels |= {type_: (level, CONVENTION) for type_, level in convention.levels.items()}
    ranked = (
        (Level.PATCH, settings.types_patch),
        (Level.MINOR, settings.types_minor),
        (Level.MAJOR, settings.types_major),
    )
    for level, types in ranked:
        levels.update((type_.lower(), (level, f"commits.types_{level.label}")) for type_ in types)
    return levels
