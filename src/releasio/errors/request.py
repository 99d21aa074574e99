"""What was asked for, where it cannot be done."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from dataclasses import KW_ONLY
    from typing import Self


class NotAPackageHere(ReleasioError):
    """
    `--package` names a package that this repository does not have.

    Releasing several packages of one repository comes in a later version; until
    then the option takes the name of the one package there is.
    """

    exit_code = USAGE
    message = "there is no package {wanted} here"
    hint = "The package of this project is {found}."
    wanted: str
    found: str


class UnknownRelease(ReleasioError):
    """
    No tag in this clone names that version.

    The clone may lack the tags: fetch them with `git fetch --tags`. Or the tags
    have another prefix than `version.tag_prefix` says.
    """

    exit_code = USAGE
    message = "no tag names {version:?version %s|a version}"
    hint = "Tags are looked for as {form}. Fetch them: git fetch --tags"
    version: str | None
    form: str


class TitleNotGiven(ReleasioError):
    """
    There is no pull request title to check: no option, no variable, no event that has one.

    Give the title with `--title`, or run in a workflow that starts on
    `pull_request`, whose event tells it. The event of a merge queue has none: skip the job there,
    which counts as passed.
    """

    exit_code = USAGE
    message = "there is no pull request title to check"
    hint = 'Give it with --title "...", or run in a workflow on pull_request.'


class TitleNotConventional(ReleasioError):
    """
    The pull request's title is not a conventional commit.

    With squash merges the title becomes the commit that the next version is
    decided by.
    """

    message = "the title {title!r} will not do: {reason}"
    title: str
    reason: str
    hint: str = """
        Write TYPE: DESCRIPTION or TYPE(SCOPE): DESCRIPTION, such as "fix(parser): accept empty
        input"."""


class OptionsContradict(ReleasioError):
    """
    Two options say different things about the version.

    `--version` says everything; `--prerelease` and `--dev` exclude each other.
    `--bump` goes together with either of them, but for `--bump post`.
    """

    exit_code = USAGE
    message = "{options:and} cannot be used together"
    hint = "Use --version and --bump post alone; another --bump goes with --prerelease or --dev"
    options: Sequence[str]


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_MATTER_OF_RIGHTS = {
    errno.EMFILE: "Allow more open files (ulimit -n)",
    errno.ENFILE: "Close programs: this machine has too many open files",
    errno.EFBIG: "Allow larger files (ulimit -f)",
    errno.EROFS: "Make that file system writable",
}


class SystemRefused(ReleasioError):
    """
    The operating system did not let releasio read or write something.

    A full disk, a directory that is missing or may not be written to, a file
    that cannot be opened: the system's own words tell. Before the push nothing
    has happened then; after it, running again finishes.
    """

    message = "{where:?%s|the operating system refused}: {reason}"
    hint = "{remedy}, then run again."
    reason: str
    where: str
    _: KW_ONLY
    number: int | None = None

    @property
    def remedy(self) -> str:
        """What to do first."""
        if self.number in _FULL:
            disk = "the disk of the repository, or that of temporary files (TMPDIR, TEMP)"
            return "Make space there" if self.where else f"Make space on {disk}"
        if self.number is not None and self.number in _NO_MATTER_OF_RIGHTS:
            return _NO_MATTER_OF_RIGHTS[self.number]
        look = "whether it is there, and at its" if self.where else "at your"
        return f"Look {look} permissions"

    @classmethod
    def of(cls, error: OSError) -> Self:
        """Return the error for what the system said."""
        names = (error.filename2, error.filename)
        where = next((str(name) for name in names if isinstance(name, str | bytes)), "")
        return cls(error.strerror or str(error), where, number=error.errno)


class UnknownRevision(ReleasioError):
    """
    A range names a commit, branch or tag that is not in this clone.

    A clone may lack tags and branches that the remote has.
    """

    exit_code = USAGE
    message = "there is no commit, branch or tag {name!r} in this clone"
    hint = "Write A..B with names that git knows; fetch what is missing: git fetch --tags"
    name: str


class FilesApart(ReleasioError):
    """
    The given distributions lie in different folders.

    Files of one release are kept together, so that a stray one is noticed.
    """

    exit_code = USAGE
    message = "the given files lie in different folders: {folders:listed}"
    hint = "Put the files of the release into one folder, and name them from there."
    folders: Sequence[str]


class NoDistributions(ReleasioError):
    """
    None of the given files is a distribution.

    `releasio publish` uploads wheels and `.tar.gz` source distributions, and nothing that
    lies beside them.
    """

    exit_code = USAGE
    message = "there is no wheel and no .tar.gz among the given files: {names:listed}"
    hint = """
        Name the distributions: releasio publish dist/*.whl dist/*.tar.gz{folder:?. A project
        elsewhere is named with --project.}"""
    names: Sequence[str]
    _: KW_ONLY
    folder: bool = False  # one is a folder, and may be meant as the project


class VersionsApart(ReleasioError):
    """
    The given distributions are of different versions.

    One release has one version. A folder that earlier builds were left in is the usual
    cause.
    """

    exit_code = USAGE
    message = "the given files are of {versions:#version}: {each}"
    hint = "Name the files of one version."
    versions: Mapping[str, Sequence[str]]  # and the files of each

    @property
    def each(self) -> str:
        """The versions, and the files of each."""
        return "; ".join(f"{one}: {listed(files)}" for one, files in self.versions.items())


class FilesNotOfHead(ReleasioError):
    """
    The given distributions are not of what is checked out.

    Files that somebody else built are published for the tag at HEAD, or, where no tag has
    their version yet, for the version in pyproject.toml. Otherwise the tag would name
    a commit that they were not made from.
    """

    exit_code = DISAGREES
    message = """
        the files are of {project} {version}, but what is checked out ({head:.8}) is not: {there}"""
    hint = """
        Check out what they were built from{tag:?: git checkout %s}. To upload them as they are,
        without making or pushing a tag: --no-tag-check"""
    project: str
    version: str
    _: KW_ONLY
    head: str
    says: str
    tag: str | None

    @property
    def there(self) -> str:
        """What is there instead."""
        return f"{self.tag} is another commit" if self.tag else f"pyproject.toml says {self.says}"
