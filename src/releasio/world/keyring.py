"""The system's keyring, which may be missing, locked or broken."""

from __future__ import annotations

from typing import Protocol

from releasio.errors.credential import KeyringRefused, SourceBroken
from releasio.rules.secret import Secret

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
    """The keyring that the `keyring` library finds, with the user's configuration of it."""

    def find(self, service: str, user: str) -> tuple[str, Secret] | None:
        """Ask for *user* first, then for whatever is kept for *service*."""
        # 60 ms, and it looks for back ends
        import keyring  # noqa: PLC0415
        from keyring.errors import NoKeyringError  # noqa: PLC0415

        try:
            password = keyring.get_password(service, user)
            if password:
                return user, Secret(password)
            found = keyring.get_credential(service, None)
        except NoKeyringError:
            return None
        except Exception as error:  # noqa: BLE001 -- back ends raise what their systems raise
            raise SourceBroken(NAME, _words(error)) from None
        return (found.username, Secret(found.password)) if found and found.password else None

    def takes(self) -> bool:
        """Ask the library which one it found; those that only say no have no priority."""
        try:
            import keyring  # noqa: PLC0415 -- as above
        except ImportError:
            return False
        try:
            return float(keyring.get_keyring().priority) > 0
        except Exception:  # noqa: BLE001 -- as above; what breaks here takes nothing
            return False

    def keep(self, service: str, user: str, secret: Secret) -> None:
        """Give it to the back end that is asked first."""
        import keyring  # noqa: PLC0415 -- as above

        try:
            keyring.set_password(service, user, secret.reveal())
        except Exception as error:  # noqa: BLE001 -- as above
            raise KeyringRefused(_words(error)) from None


def _words(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
