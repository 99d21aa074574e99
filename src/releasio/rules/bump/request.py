"""What was asked for on the command line."""

from __future__ import annotations

from releasio.frozen import frozen


@frozen
class Request:
    """
    What was asked for on the command line; everything absent is decided by the facts.

    Attributes:
        version: The version itself.
        bump: `patch`, `minor` or `major`.
        prerelease: A phase: `a`, `alpha`, `b`, `beta`, `rc` or `dev`.
        dev: A development version with a time stamp.
        publish: Upload to the index.
        public_rules: Count the rules that only public indexes have, whatever the
            index is: a rehearsal is of what comes after it.
        finish: A release that is public and not finished goes first. A rehearsal's index
            has never seen any.
        package: The name of the package, in a repository of several.
    """

    version: str | None = None
    bump: str | None = None
    prerelease: str | None = None
    dev: bool = False
    publish: bool = True
    public_rules: bool = False
    finish: bool = True
    package: str | None = None

    @property
    def explicit(self) -> bool:
        """Whether it says anything about the version."""
        return bool(self.version or self.bump or self.prerelease or self.dev)
