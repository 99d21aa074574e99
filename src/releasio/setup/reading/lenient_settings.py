"""Settings, also where they are wrong: then what is wrong, and the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading.load import Settings
from releasio.config.tables.model import Config
from releasio.errors.base import Problems, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Callable


def lenient_settings(read: Callable[[], Settings]) -> tuple[Settings, tuple[ReleasioError, ...]]:
    """Return the settings that *read* gives, or the defaults with what is wrong."""
    try:
        return read(), ()
    except ReleasioError as error:
        problems = error.problems if isinstance(error, Problems) else (error,)
        return Settings(Config(), {}, (), None), problems
