"""Hears everything and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.credentials.secret import Secret


class Mute:
    """A screen that shows nothing: what is said of earlier commits is nobody's news."""

    def line(self, text: str) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Show nothing."""

    def detail(self, text: str) -> None:
        """Show nothing."""

    def expect(self, sizes: Mapping[str, int]) -> None:
        """Show nothing."""

    def progress(self, label: str, amount: int, total: int, unit: str = "bytes") -> None:
        """Show nothing."""

    def clear(self) -> None:
        """Take nothing away."""

    def mask(self, secret: Secret) -> None:
        """Hide nothing: nothing is shown."""
