from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.credentials.secret import Secret


class Quiet:
    """A screen that shows nothing and remembers everything."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notes: list[str] = []
        self.secrets: list[Secret] = []

    def line(self, text: str) -> None:
        """Remember a line."""
        self.lines.append(text)

    def note(self, text: str) -> None:
        """Remember a note."""
        self.notes.append(text)

    def detail(self, text: str) -> None:
        """Remember it among the notes."""
        self.notes.append(text)

    def expect(self, sizes: Mapping[str, int]) -> None:
        """Progress leaves no trace."""

    def progress(self, label: str, amount: int, total: int, unit: str = "bytes") -> None:
        """Progress leaves no trace."""

    def clear(self) -> None:
        """Nothing is only there for a while."""

    def mask(self, secret: Secret) -> None:
        """Remember a secret, so that a test can look for it elsewhere."""
        self.secrets.append(secret)
