"""What is to be put into a changelog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.versions.version import version_or_none

if TYPE_CHECKING:
    from datetime import date

    from packaging.version import Version

    from releasio.rules.forge.links import Links


@frozen
class Section:
    """
    What is to be put into the changelog.

    Attributes:
        version: What it is about.
        day: The day of the release.
        notes: Its text without the heading, groups with `###`; may be empty.
        tag: The tag of the version, for links.
        previous: The tag before it, if there is one.
        links: The pages of the repository on its forge, if known.
        out: The highest version that is known to be out; `None`: that of the tag before it.
    """

    version: Version
    day: date
    notes: str
    tag: str
    previous: str | None = None
    links: Links | None = None
    out: Version | None = None

    @property
    def last(self) -> Version | None:
        """The version of the tag before it, whatever stands in front of it there."""
        for match in re.finditer(r"(?<![\d.])\d", self.previous or ""):
            if version := version_or_none((self.previous or "")[match.start() :]):
                return version
        return None

    @property
    def known(self) -> Version | None:
        """The highest version that is known to be out."""
        return max(filter(None, (self.out, self.last)), default=None)
