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
    def of(cls, asked: Request) -> Wish:
        """
        Read the words of the command line.

        Raises:
            OptionsContradict: Two of them cannot both be done.
            InvalidVersion, LocalVersion, UnknownLevel, UnknownPhase: One makes no sense.
        """
        given = [f"--{name}" for name in ("version", "bump", "prerelease", "dev")]
        given = [option for option in given if getattr(asked, option.removeprefix("--"))]
        if len(given) > 1 and given not in (["--bump", "--prerelease"], ["--bump", "--dev"]):
            raise OptionsContradict(given)
        return cls(
            version=parse_public_version(asked.version) if asked.version else None,
            bump=parse_level(asked.bump) if asked.bump else None,
            phase=parse_phase(asked.prerelease) if asked.prerelease else None,
            dev=asked.dev,
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
