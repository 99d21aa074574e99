"""What a release does to its users that no commit has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen, replace
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from releasio.config.tables.changes import ChangesConfig

Kind = Literal["metadata", "dropped", "api"]
_SHOWN = 5
_LEVELS = {"patch": Level.PATCH, "minor": Level.MINOR, "major": Level.MAJOR}


@frozen
class Effect:
    """
    One thing that is different for users.

    Attributes:
        text: What, in a few words.
        kind: The setting in `[changes]` that says what it raises.
        level: What it raises at least.
        commit: The id of the newest commit that changed the file which says so.
    """

    text: str
    kind: Kind
    level: Level = Level.NONE
    commit: str = ""

    @property
    def setting(self) -> str:
        """The setting that says what it raises, dotted."""
        return f"changes.{self.kind}"


def with_levels(effects: Iterable[Effect], settings: ChangesConfig) -> Iterator[Effect]:
    """Yield *effects* with what they raise by *settings*; none that are switched off."""
    metadata = _LEVELS.get(settings.metadata, Level.NONE)
    dropped = max(metadata, _LEVELS[settings.dropped]) if metadata else Level.NONE
    api = Level.MAJOR if settings.api == "bump" else Level.NONE
    levels = {"metadata": metadata, "dropped": dropped, "api": api}
    for effect in effects:
        if (settings.api if effect.kind == "api" else settings.metadata) != "off":
            yield replace(effect, level=levels[effect.kind])


def api_summary(effects: Sequence[Effect]) -> str:
    """Return the breaks among *effects* in one line; empty: there are none."""
    texts = [effect.text for effect in effects if effect.kind == "api"]
    more_count = len(texts) - _SHOWN
    return "; ".join(texts[:_SHOWN]) + (f"; and {more_count} more" if more_count > 0 else "")
