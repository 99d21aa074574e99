"""By what a credential is chosen: the settings of `[publish]` that are about it."""

from __future__ import annotations

from typing import Literal

from releasio.frozen import frozen

Fallback = Literal["on-refusal", "not-applicable", "never"]

TRUSTED = "trusted-publishing"
PLUGINS = "plug-ins"  # stands for all that are installed and not named
ORDER = (TRUSTED, "environment", "command", PLUGINS, "keyring", "pypirc", "prompt")


@frozen
class Policy:
    """
    Which sources are asked, in which order, and when the next one is.

    Attributes:
        trusted_publishing: `False`: it is passed over. `"required"`: nothing else is asked.
        command: The program that prints a token, and its arguments; empty: there is none.
        order: What is asked, first choice first.
        fallback: After which answers the next one is asked.
    """

    trusted_publishing: bool | Literal["required"] = True
    command: tuple[str, ...] = ()
    order: tuple[str, ...] = ORDER
    fallback: Fallback = "on-refusal"

    def why_not(self, kind: str, *, after_refusal: bool = False) -> str:
        """
        Say why sources of *kind* are not asked; empty when they are.

        Args:
            kind: As in `order`.
            after_refusal: One that was asked before was refused.
        """
        if kind == TRUSTED and self.trusted_publishing is False:
            return "switched off by publish.trusted_publishing = false"
        if kind != TRUSTED and self.trusted_publishing == "required":
            return 'not asked, for publish.trusted_publishing = "required"'
        if self.fallback == "never" and kind != self._first():
            return 'not asked, for publish.fallback = "never"'
        if self.fallback == "not-applicable" and after_refusal:
            return 'not asked after a refusal, for publish.fallback = "not-applicable"'
        return ""

    def _first(self) -> str:
        off = TRUSTED if self.trusted_publishing is False else ""
        return next((kind for kind in self.order if kind != off), "")
