"""Another token from somebody whose first one the index does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.chain import obtain
from releasio.auth.sources.prompt import PromptSource
from releasio.world.tokens.terminal import TYPED, SystemTerminal

if TYPE_CHECKING:
    from releasio.rules.credentials.credential import Credential
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.registry import Registry
    from releasio.world.run import Run
    from releasio.world.tokens.terminal import Terminal


def is_typed(credential: Credential) -> bool:
    """Tell whether somebody typed it, who may type another one."""
    return credential.source == TYPED


def type_again(
    run: Run,
    registry: Registry,
    policy: Policy,
    project: str,
    *,
    terminal: Terminal | None = None,
) -> Credential:
    """
    Ask for another token, and let the run hold it from now on.

    Raises:
        NoCredential: Nothing was typed, or what cannot be one.
    """
    prompt = PromptSource(terminal or SystemTerminal())
    obtained = obtain(run.world, registry, policy, project, chain=(prompt,))
    run.hold(registry, obtained.credential)
    return obtained.credential
