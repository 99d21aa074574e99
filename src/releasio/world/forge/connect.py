"""Find a token for a forge, and make the client that asks with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from releasio.rules.credentials.forge_token import GH, search_token, token_kind
from releasio.rules.credentials.secret import stray
from releasio.rules.forge.token import ForgeToken
from releasio.rules.running.environment import without_forge_tokens
from releasio.world.ci.ci import ci_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.forge import Forge
    from releasio.world.forge.means import Means

PATIENCE = 10.0  # seconds; gh reads a file, or the system's keyring


def connect(place: ForgePlace, means: Means) -> Forge | None:
    """
    Return the client of the forge at *place*; None: there is no token for it.

    Raises:
        SecretGarbled: What stands in a variable cannot be a token.
    """
    token = find_token(place, means.env)
    if token is None:
        return None
    means.screen.mask(token.secret)
    match place.kind:
        case "github":
            from releasio.world.forge.github.client import GitHub

            return GitHub(place, token, means)
        case "gitlab":
            from releasio.world.forge.gitlab.client import GitLab

            return GitLab(place, token, means)
        case "gitea":
            from releasio.world.forge.gitea.client import Gitea

            return Gitea(place, token, means)
        case kind:
            assert_never(kind)


def find_token(
    place: ForgePlace, env: Mapping[str, str], *, patience: float = PATIENCE
) -> ForgeToken | None:
    """
    Return the token for *place*: the environment's, else, on a machine of somebody's own, gh's.

    Args:
        place: Where it is sent to, and nowhere else.
        env: The process environment.
        patience: Seconds that gh may take.

    Raises:
        SecretGarbled: What stands in a variable cannot be a token.
    """
    if token := search_token(place, env).token:
        return token
    if place.kind != "github" or ci_name(env):
        return None
    return _ask_gh(place, env, patience)


def _ask_gh(place: ForgePlace, env: Mapping[str, str], patience: float) -> ForgeToken | None:
    """Return the token that gh is logged in with; it is in no argument, log or file of ours."""
    from releasio.errors.auth.credential_source import CommandFailed
    from releasio.world.processes.programs import find_program
    from releasio.world.tokens.command import ask_program

    if find_program("gh", env) is None:
        return None
    # gh would give back what these hold, whatever host they are for
    own_env = without_forge_tokens(env)
    try:
        printed = ask_program((*GH.split(), f"--hostname={place.host}"), own_env, patience)
    except CommandFailed:
        return None  # not logged in there, or it needs an answer that nobody gives
    if stray(printed.token, token=True):
        return None
    return ForgeToken(printed.token, GH, token_kind(printed.token, GH, place.kind, env))
