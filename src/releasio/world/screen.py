"""What the world says while it works; `cli/` decides how that looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.credentials.secret import Secret


class Screen(Protocol):
    """
    Where lines, notes and progress go. Everything that arrives is redacted there.

    Several threads may talk at the same time.
    """

    def line(self, text: str) -> None:
        """Show one line of a child process's output, as it comes."""

    def note(self, text: str) -> None:
        """Show one sentence that is worth knowing but stops nothing."""

    def detail(self, text: str) -> None:
        """Show one sentence that says how something came about, and worries nobody."""

    def expect(self, sizes: Mapping[str, int]) -> None:
        """Prepare to show progress of all these, label to bytes, and of their sum."""

    def progress(self, label: str, amount: int, total: int, unit: str = "bytes") -> None:
        """Show that *amount* of *total* bytes, or of another *unit*, of *label* went through."""

    def clear(self) -> None:
        """Take away what is only there until something else is: somebody is going to be asked."""

    def mask(self, secret: Secret) -> None:
        """Keep *secret* out of everything shown from now on, and out of the CI's log."""
