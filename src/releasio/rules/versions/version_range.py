"""The range of versions that a maintenance branch is for: 1.2.x."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.frozen import frozen
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from typing import Self

_NUMBERS = r"v?((?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*)(?:\.[x*])?"
_RANGE = pattern(_NUMBERS, re.IGNORECASE)
# a word before or behind it: release/1.2, maint/1.x, stable-1.2.x, 1.2-maintenance
_BRANCH = pattern(rf"(?:.*[/_-])?{_NUMBERS}(?:[/_-][a-z]+)?", re.IGNORECASE)


@frozen
class VersionRange:
    """
    All versions that begin with the same numbers.

    Attributes:
        epoch: Their epoch.
        numbers: What they begin with, at least one number.
    """

    epoch: int
    numbers: tuple[int, ...]

    @classmethod
    def of_setting(cls, text: str) -> Self | None:
        """Read `1.2.x`, `1.2` or `1.2.*`; `None`: it is no range."""
        return cls._of(_RANGE.fullmatch(text))

    @classmethod
    def of_branch(cls, name: str) -> Self | None:
        """Read the range in the name of a branch; `None`: it has none."""
        return cls._of(_BRANCH.fullmatch(name))

    @classmethod
    def _of(cls, match: re.Match[str] | None) -> Self | None:
        if match is None:
            return None
        version = Version(match[1])
        return cls(version.epoch, version.release)

    def __str__(self) -> str:
        epoch = f"{self.epoch}!" if self.epoch else ""
        return f"{epoch}{'.'.join(map(str, self.numbers))}.x"

    def __contains__(self, version: Version) -> bool:
        """Whether *version* begins with these numbers."""
        missing = len(self.numbers) - len(version.release)
        numbers = version.release + (0,) * missing
        return version.epoch == self.epoch and numbers[: len(self.numbers)] == self.numbers
