"""Offer to keep a token that somebody typed, once it has worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.auth.credential_source import KeyringRefused
from releasio.world.ci.ci import ci_name
from releasio.world.tokens.keyring import SystemKeyring
from releasio.world.tokens.terminal import TYPED, SystemTerminal

if TYPE_CHECKING:
    from releasio.rules.credentials.credential import Credential
    from releasio.rules.index.registry import Registry
    from releasio.world.run import Run
    from releasio.world.tokens.keyring import Keyring
    from releasio.world.tokens.terminal import Terminal


def offer_to_keep(
    run: Run, *, terminal: Terminal | None = None, keyring: Keyring | None = None
) -> None:
    """
    Ask whether the keyring shall keep what was typed for each index; called after the uploads.

    Nobody is asked in a CI, without a terminal, without a keyring, or where
    settings have it that the keyring is never looked into. What goes wrong is a
    note: the release is complete.
    """
    person, safe = terminal or SystemTerminal(), keyring or SystemKeyring()
    typed = {
        at: held_credential
        for at, held_credential in run.credentials.items()
        if _is_worth_keeping(run, at, held_credential)
    }
    if not typed or ci_name(run.world.env) or not person.present() or not safe.takes():
        return
    for registry, credential in typed.items():
        if not person.agrees(f"Keep the token for {registry.name} in the keyring for next time?"):
            continue
        try:
            safe.keep(registry.upload, credential.user, credential.secret)
        except KeyringRefused as error:
            run.world.screen.note(f"{error}. {error.hint}")
        else:
            run.world.screen.note(f"the keyring keeps the token for {registry.upload} from now on")


def _is_worth_keeping(run: Run, registry: Registry, credential: Credential) -> bool:
    """It was typed, does not end soon, and the keyring was looked into before and had none."""
    was_asked = any(answer.empty for answer in run.answers.get(registry, ()))
    return credential.source == TYPED and credential.expires is None and was_asked
