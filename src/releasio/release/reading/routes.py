"""Where releases go by the settings in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.index.routes import read_routes

if TYPE_CHECKING:
    from releasio.config.reading.load import Settings
    from releasio.rules.index.routes import Routes


def routes_of(settings: Settings) -> Routes:
    """
    Return where releases go by these *settings*.

    Raises:
        Problems: Registries that are named in them and are none.
    """
    config = settings.config
    by_hand = "publish.registry" in settings.by_hand
    return read_routes(config.publish, config.registries, by_hand=by_hand)
