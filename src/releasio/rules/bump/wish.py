"""Which version somebody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.version import UnknownLevel
from releasio.errors.request import OptionsContradict
from releasio.frozen import frozen
from releasio.rules.versions.version import Level, parse_phase, parse_public_version

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.rules.bump.request import Request


@frozen
class Wish:
    """
    What somebody asked for, read and checked.

    Attributes:
        version: Exactly this one.
        bump: Raise this number, also from 0.x to 1.0.0.
        phase: Make a pre-release: `a`, `b`, `rc` or `dev`.
        dev: Make a development version with a time stamp.
    """

    version: Version | None = None
    bump: Level | None = None
    phase: str | None = None
    dev: bool = False

    @classmethod
    def of(cls, request: Request) -> Wish:
        """
        Read the words of the command line.

        Raises:
            OptionsContradict: Two of them cannot both be done.
            InvalidVersion, LocalVersion, UnknownLevel, UnknownPhase: One makes no sense.
        """
        names = ("version", "bump", "prerelease", "dev")
        options = [f"--{name}" for name in names if getattr(request, name)]
        if len(options) > 1 and options not in (["--bump", "--prerelease"], ["--bump", "--dev"]):
            raise OptionsContradict(options)
        return cls(
            version=parse_public_version(request.version) if request.version else None,
            bump=parse_level(request.bump) if request.bump else None,
            phase=parse_phase(request.prerelease) if request.prerelease else None,
            dev=request.dev,
        )


def parse_level(text: str) -> Level:
    """
    Return the level that *text* names.

    Raises:
        UnknownLevel: It is none of patch, minor and major.
    """
    names = {level.label: level for level in Level if level}
    try:
        return names[text.strip().lower()]
    except KeyError:
        raise UnknownLevel(text, known=tuple(names)) from None
