"""What was asked for on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.version import UnknownLevel
from releasio.frozen import frozen
from releasio.rules.versions.version import Level, parse_phase, parse_version

if TYPE_CHECKING:
    from packaging.version import Version

POST = "post"  # what `--bump` takes beside the numbers of a version


@frozen
class EditedNotes:
    """The notes of *version* as somebody left them in the editor, in the changelog's format."""

    version: Version
    text: str


@frozen
class Request:
    """
    What was asked for on the command line; everything absent is decided by the facts.

    Attributes:
        version: Exactly this version.
        spelling: How somebody wrote it; a project without tags has its first one written so.
        bump: Raise this number, also from 0.x to 1.0.0.
        post: Make a post-release of the last release.
        phase: Make a pre-release: `a`, `b`, `rc` or `dev`.
        dev: Make a development version with a time stamp.
        publish: Upload to the index.
        public_rules: Count the rules that only public indexes have, whatever the
            index is: a rehearsal is of what comes after it.
        finish: A release that is public and not finished goes first. A rehearsal's index
            has never seen any.
        package: The name of the package, in a repository of several.
        notes: The notes as somebody edited them for this run.
    """

    version: Version | None = None
    spelling: str = ""
    bump: Level | None = None
    post: bool = False
    phase: str | None = None
    dev: bool = False
    publish: bool = True
    public_rules: bool = False
    finish: bool = True
    package: str | None = None
    notes: EditedNotes | None = None

    @property
    def explicit(self) -> bool:
        """Whether it says anything about the version."""
        return bool(self.version or self.bump or self.post or self.phase or self.dev)

    def of_version(self, version: Version) -> Request:
        """Return the same request, for exactly *version*."""
        return Request(
            version=version,
            publish=self.publish,
            public_rules=self.public_rules,
            finish=self.finish,
            package=self.package,
            notes=self.notes,
        )


def read_request(
    *,
    version: str | None = None,
    bump: str | None = None,
    prerelease: str | None = None,
    dev: bool = False,
    publish: bool = True,
    package: str | None = None,
) -> Request:
    """
    Read the options of the command line, each of which has the name of a parameter.

    Raises:
        OptionsContradict: Two of them cannot both be done.
        InvalidVersion, UnknownLevel, UnknownPhase: One makes no sense.
    """
    post = bump is not None and bump.strip().lower() == POST
    values = {"--version": version, "--bump": bump, "--prerelease": prerelease, "--dev": dev}
    options = [option for option, value in values.items() if value]
    together = (["--bump", "--prerelease"], ["--bump", "--dev"])
    if len(options) > 1 and (post or options not in together):
        from releasio.errors.request import OptionsContradict

        raise OptionsContradict(options)
    return Request(
        version=parse_version(version) if version else None,
        spelling=version or "",
        bump=parse_level(bump) if bump and not post else None,
        post=post,
        phase=parse_phase(prerelease) if prerelease else None,
        dev=dev,
        publish=publish,
        package=package,
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
        raise UnknownLevel(text, known=(*names, POST)) from None
