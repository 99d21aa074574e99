"""Find a token for a forge, and make the client that asks with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from releasio.frozen import frozen
from releasio.rules.credentials.secret import Secret
from releasio.rules.forge.token import VARIABLES, ForgeToken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.forge import Forge
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


def connect(place: ForgePlace, means: Means) -> Forge | None:
    """Return the client of the forge at *place*; None: there is no token for it."""
    token = find_token(place, means.env)
    if token is None:
        return None
    match place.kind:
        case "github" | "gitlab" | "gitea":
            return None
        case kind:
            assert_never(kind)


def find_token(place: ForgePlace, env: Mapping[str, str]) -> ForgeToken | None:
    """Return the first token that the environment has for *place*."""
    for variable in VARIABLES[place.kind]:
        if text := env.get(variable, "").strip():
            return ForgeToken(Secret(text), variable)
    return None
