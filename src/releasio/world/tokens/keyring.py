"""The system's keyring, which may be missing, locked or broken."""

from __future__ import annotations

import sys
from functools import partial
from typing import Protocol

from releasio.errors.auth.credential_source import KeyringRefused, SourceBroken
from releasio.rules.credentials.secret import Secret, redact
from releasio.world.processes.foreign import PATIENCE, foreign, in_time, kind_and_place

NAME = "the keyring"


class Keyring(Protocol):
    """Where people keep tokens on their own machine."""

    def find(self, service: str, user: str) -> tuple[str, Secret] | None:
        """
        Return user and secret kept for *service*; *user* is preferred.

        Raises:
            SourceBroken: There is a keyring, and it cannot be read.
        """

    def takes(self) -> bool:
        """Tell whether there is one that can keep anything."""

    def keep(self, service: str, user: str, secret: Secret) -> None:
        """
        Keep *secret* for next time.

        Raises:
            KeyringRefused: It did not take it.
        """


class SystemKeyring:
    """
    The keyring that the `keyring` library finds, with the user's configuration of it.

    Args:
        patience: Seconds that it may take each time; somebody may have to unlock it.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience

    def find(self, service: str, user: str) -> tuple[str, Secret] | None:
        """Ask for *user* first, then for whatever is kept for *service*."""
        with foreign(_unreadable):
            name, password = in_time(partial(_credential, service, user), self._patience)
        if password is None or password == "":
            return None
        if not isinstance(password, str):
            raise SourceBroken(NAME, f"it gave {type(password).__name__}, and no text")
        return (name if isinstance(name, str) and name else user), Secret(password)

    def takes(self) -> bool:
        """Ask the library which one it found; those that only say no have no priority."""
        try:
            with foreign(_unreadable):
                return in_time(_priority, self._patience) > 0
        except SourceBroken:  # what breaks here takes nothing
            return False

    def keep(self, service: str, user: str, secret: Secret) -> None:
        """Give it to the back end that is asked first."""
        with foreign(lambda error: KeyringRefused(_message(error, secret), url=service, user=user)):
            in_time(partial(_keep, service, user, secret), self._patience)


def _priority() -> float:
    # 60 ms, and it looks for back ends
    import keyring

    return float(keyring.get_keyring().priority)


def _keep(service: str, user: str, secret: Secret) -> None:
    import keyring

    keyring.set_password(service, user, secret.reveal())


def _credential(service: str, user: str) -> tuple[object, object]:
    """Return user and password as a back end gives them, which may be anything."""
    import keyring
    from keyring.errors import NoKeyringError

    try:
        if password := keyring.get_password(service, user):
            return user, password
        credential = keyring.get_credential(service, None)
    except NoKeyringError:
        return None, None
    return (credential.username, credential.password) if credential else (None, None)


def _unreadable(error: BaseException) -> SourceBroken:
    return SourceBroken(NAME, _message(error))


def _message(error: BaseException, *secrets: Secret) -> str:
    """Return what may be said of *error*, whose words can hold what was kept, or was to be."""
    text = " ".join(" ".join(_words(error)).split())
    if not text:
        return kind_and_place(error, "keyring")
    return f"{type(error).__name__}: {redact(text, secrets)}"


def _words(error: BaseException) -> list[str]:
    """Return the words of the library's own errors, such as that it is locked; none of others."""
    errors = sys.modules.get("keyring.errors")  # not loaded: the error is none of them
    own = errors is not None and type(error) in vars(errors).values()
    return [word for word in error.args if isinstance(word, str)] if own else []
