"""What a client of a forge is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from releasio.world.http.requester import Requester
    from releasio.world.screen import Screen


@frozen
class Means:
    """
    What a client is made with.

    Attributes:
        env: The process environment.
        clock: Returns the present moment, aware.
        sleep: Waits a number of seconds.
        screen: Hears of every pause.
        timeout: Seconds to wait for one answer.
    """

    env: Mapping[str, str]
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    screen: Screen
    timeout: float

    def requester(self) -> Requester:
        """Return what sends requests, with a connection of its own."""
        from releasio.world.http.client import new_client
        from releasio.world.http.requester import Requester

        client = new_client(self.env, timeout=self.timeout)
        return Requester(client, self.clock, self.sleep, self.screen)
