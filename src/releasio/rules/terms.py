"""By what a credential is chosen: the settings of `[publish]` that are about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from typing import Protocol

    class Settings(Protocol):
        """The `[publish]` table, as far as it is about credentials."""

        @property
        def trusted_publishing(self) -> bool | Literal["required"]:
            """`publish.trusted_publishing`."""

        @property
        def token_command(self) -> tuple[str, ...]:
            """`publish.token_command`."""


TRUSTED = "trusted-publishing"


@frozen
class Terms:
    """
    Which sources are asked.

    Attributes:
        trusted_publishing: `False`: it is passed over. `"required"`: nothing else is asked.
        command: The program that prints a token, and its arguments; empty: there is none.
    """

    trusted_publishing: bool | Literal["required"] = True
    command: tuple[str, ...] = ()


def terms_of(settings: Settings) -> Terms:
    """Return what *settings* say."""
    return Terms(settings.trusted_publishing, settings.token_command)
