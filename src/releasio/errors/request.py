"""What was asked for, where it cannot be done."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self


class NotYet(ReleasioError):
    """
    The command belongs to releasio, but this version does not have it yet.

    It is accepted so that scripts and workflows of releasio 2.x get a clear
    answer instead of a usage error.
    """

    code = "not-yet"
    exit_code = USAGE

    def __init__(self, command: str, instead: str) -> None:
        super().__init__(f"`releasio {command}` is not in this version yet", hint=instead)


class NotAPackageHere(ReleasioError):
    """
    `--package` names a package that this repository does not have.

    Releasing several packages of one repository comes in a later version; until
    then the option takes the name of the one package there is.
    """

    code = "not-a-package-here"
    exit_code = USAGE

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(
            f"there is no package {wanted} here", hint=f"The package of this project is {found}."
        )


class UnknownRelease(ReleasioError):
    """
    No tag in this clone names that version.

    The clone may lack the tags: fetch them with `git fetch --tags`. Or the tags
    have another prefix than `version.tag_prefix` says.
    """

    code = "unknown-release"
    exit_code = USAGE

    def __init__(self, version: str | None, form: str) -> None:
        super().__init__(
            f"no tag names version {version}" if version else "no tag names a version",
            hint=f"Tags are looked for as {form}. Fetch them: git fetch --tags",
        )


class TitleNotGiven(ReleasioError):
    """
    There is no pull request title to check: no option, no variable, no event that has one.

    Give the title with `--title`, or run in a workflow that starts on
    `pull_request`, whose event tells it.
    """

    code = "title-not-given"
    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__(
            "there is no pull request title to check",
            hint='Give it with --title "...", or run in a workflow on pull_request.',
        )


class TitleNotConventional(ReleasioError):
    """
    The pull request's title is not a conventional commit.

    With squash merges the title becomes the commit that the next version is
    decided by.
    """

    code = "title-not-conventional"

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(
            f"the title {title!r} will not do: {reason}",
            hint="Write TYPE: DESCRIPTION or TYPE(SCOPE): DESCRIPTION, such as "
            '"fix(parser): accept empty input".',
        )


class OptionsContradict(ReleasioError):
    """
    Two options say different things about the version.

    `--version` says everything; `--prerelease` and `--dev` exclude each other.
    `--bump` goes together with either of them.
    """

    code = "options-contradict"
    exit_code = USAGE

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(
            f"{' and '.join(options)} cannot be used together",
            hint="Use --version alone; --bump goes with --prerelease or --dev",
        )


class SystemRefused(ReleasioError):
    """
    The operating system did not let releasio read or write something.

    A full disk, a directory that is missing or may not be written to, a file
    that cannot be opened: the system's own words tell. Before the push nothing
    has happened then; after it, running again finishes.
    """

    code = "system-refused"

    def __init__(self, reason: str, where: str, *, full: bool = False) -> None:
        anywhere = "on the disk of the repository, or that of temporary files (TMPDIR, TEMP)"
        space = f"Make space {'there' if where else anywhere}, then run again."
        look = f"Look {'whether it is there, and at its' if where else 'at your'} permissions"
        super().__init__(
            f"{where}: {reason}" if where else f"the operating system refused: {reason}",
            hint=space if full else f"{look}, then run again.",
        )

    @classmethod
    def of(cls, error: OSError) -> Self:
        """Return the error for what the system said."""
        names = (error.filename2, error.filename)
        where = next((str(name) for name in names if isinstance(name, str | bytes)), "")
        full = error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
        return cls(error.strerror or str(error), where, full=full)


class UnknownRevision(ReleasioError):
    """
    A range names a commit, branch or tag that is not in this clone.

    A clone may lack tags and branches that the remote has.
    """

    code = "unknown-revision"
    exit_code = USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            f"there is no commit, branch or tag {name!r} in this clone",
            hint="Write A..B with names that git knows; fetch what is missing: git fetch --tags",
        )


class FilesApart(ReleasioError):
    """
    The given distributions lie in different folders.

    Files of one release are kept together, so that a stray one is noticed.
    """

    code = "files-apart"
    exit_code = USAGE

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__(
            f"the given files lie in different folders: {listed(folders)}",
            hint="Put the files of the release into one folder, and name them from there.",
        )


class NoDistributions(ReleasioError):
    """
    None of the given files is a distribution.

    `releasio publish` uploads wheels and `.tar.gz` source distributions, and nothing that
    lies beside them.
    """

    code = "no-distributions"
    exit_code = USAGE

    def __init__(self, names: Sequence[str], *, folder: bool = False) -> None:
        elsewhere = ". A project elsewhere is named with --project." if folder else ""
        super().__init__(
            f"there is no wheel and no .tar.gz among the given files: {listed(names)}",
            hint=f"Name the distributions: releasio publish dist/*.whl dist/*.tar.gz{elsewhere}",
        )


class VersionsApart(ReleasioError):
    """
    The given distributions are of different versions.

    One release has one version. A folder that earlier builds were left in is the usual
    cause.
    """

    code = "versions-apart"
    exit_code = USAGE

    def __init__(self, said: Mapping[str, Sequence[str]]) -> None:
        each = "; ".join(f"{version}: {listed(names)}" for version, names in said.items())
        super().__init__(
            f"the given files are of {len(said)} versions: {each}",
            hint="Name the files of one version.",
        )


class FilesNotOfHead(ReleasioError):
    """
    The given distributions are not of what is checked out.

    Files that somebody else built are published for the tag at HEAD, or, where no tag has
    their version yet, for the version in pyproject.toml. Otherwise the tag would name
    a commit that they were not made from.
    """

    code = "files-not-of-head"
    exit_code = DISAGREES

    def __init__(
        self, project: str, version: str, *, head: str, says: str, tag: str | None
    ) -> None:
        there = f"{tag} is another commit" if tag else f"pyproject.toml says {says}"
        look = (
            f"Check out what they were built from: git checkout {tag}"
            if tag
            else ("Check out what they were built from")
        )
        super().__init__(
            f"the files are of {project} {version}, but what is checked out ({head[:8]}) is not: "
            f"{there}",
            hint=f"{look}. To upload them as they are, without making or pushing a tag: "
            "--no-tag-check",
        )
