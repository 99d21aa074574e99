"""Wait for a forge that looks at a new pull request before it lets it be merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.forge.answers import ForgeRefused

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds


def when_ready(
    merge: Callable[[], object],
    is_early: Callable[[ForgeRefused], bool],
    sleep: Callable[[float], None],
) -> None:
    """
    Call *merge* until it is not too early: within fifteen seconds.

    Args:
        merge: Asks the forge to merge.
        is_early: Tells of a refusal whether it may be another one in a moment.
        sleep: Waits a number of seconds.

    Raises:
        ForgeRefused: It is still too early, or the refusal is about something else.
    """
    for pause in _PAUSES:
        try:
            merge()
        except ForgeRefused as error:
            if not is_early(error):
                raise
            sleep(pause)
        else:
            return
    merge()
