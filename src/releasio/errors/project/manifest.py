"""What pyproject.toml and the files with the version do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class NotUtf8(ReleasioError):
    """
    A file that has to be edited is not encoded in UTF-8.

    Save it as UTF-8; pyproject.toml must be by its specification.
    """

    exit_code = USAGE
    message = "{path} is not encoded in UTF-8"
    hint = "Save it as UTF-8"
    path: str
    _: KW_ONLY
    line: int | None = None


class ManifestError(ReleasioError):
    """
    pyproject.toml does not say what package this is, or in which version.

    The errors that follow say which part of it is the matter.
    """

    code = "manifest"
    exit_code = USAGE


class ManifestMissing(ManifestError):
    """
    There is no pyproject.toml, so there is nothing that could be built.

    releasio works in the directory that holds it, and in no other: from a folder within,
    or for a folder that is no package, it releases nothing, and names the project
    instead. Another directory can be given as PATH, or with `--project`.
    """

    message = "there is no {path}"
    hint = "Run releasio in the directory of the project, or name it: PATH, or --project."
    path: str


class ManifestAround(ManifestMissing):
    """Likewise, and the project around the folder has one."""

    code = ManifestMissing.code
    message = "there is no {path}; the project around it is in {folder}"
    hint = "cd {folder:shell}, and run releasio there."
    folder: str


class ManifestsBeside(ManifestMissing):
    """Likewise, and other folders of the repository have some."""

    code = ManifestMissing.code
    message = "there is no {path}; the repository has {others:shortened}"
    hint = "Run releasio in the directory of one of them: cd {folder:shell}"
    others: Sequence[str]
    folder: str  # of the first of them


class ManifestUncommitted(ManifestMissing):
    """There is one, but not in the commit."""

    code = ManifestMissing.code
    message = "{path} is not committed"
    hint = "A release is made from commits: git add pyproject.toml, commit it, then run again."


class ManifestNotToml(ManifestError):
    """
    pyproject.toml is not valid TOML, so no tool can read it.

    The line is where reading stopped; the mistake is there or just before it,
    often a quotation mark or a bracket that is not closed.
    """

    message = "{path} is not valid TOML: {problem}"
    hint = "Correct line {line}"
    path: str
    problem: str
    _: KW_ONLY
    line: int


class SetupUnread(ManifestError):
    """
    There is a setup.py or a setup.cfg, and it does not say what the project is called.

    Setup files are read and not run: a string that `setup()` is handed as `name`, or the name in
    `[metadata]` of setup.cfg. What is handed over by a function, or from a file of another kind,
    is not found.
    """

    message = "{path} does not say plainly what the project is called"
    hint = 'Write it into setup.cfg: [metadata], and "name = ..." in the line below it'
    path: str


class NotATable(ManifestError):
    """
    Something that has to be a table of pyproject.toml is a value, or a list of tables.

    It is written with one pair of brackets, on a line of its own: `[project]`.
    """

    message = "{table} in {path} is no table: {value!r}"
    hint = "Write it as [{table}], with one key on each line below"
    path: str
    table: str
    value: object


class NameMissing(ManifestError):
    """
    pyproject.toml has a version but no name.

    The name is what the package is called on the index.
    """

    message = "{path} does not name the package"
    hint = 'Add name = "..." to [project]'
    path: str


class VersionMissing(ManifestError):
    """
    pyproject.toml has no version, and no setting of a build backend says where it is.

    Write it into the table that is named, or let `dynamic` name it where the backend has it
    from elsewhere.
    """

    message = "{what} in {path}"
    hint = 'Add version = "{version}" to [{table}]'
    path: str
    _: KW_ONLY
    tables: tuple[str, ...]
    version: str = "0.1.0"

    @property
    def what(self) -> str:
        """What is missing."""
        return f"[{self.table}] has no version" if self.tables else "there is no [project] table"

    @property
    def table(self) -> str:
        """Where the version belongs."""
        return self.tables[0] if self.tables else "project"


class PackagesInFolders(VersionMissing):
    """Likewise, and folders below hold packages; this file only has settings of tools."""

    code = VersionMissing.code
    hint = "Packages are in folders below: {folders:shortened}. Name one as PATH."
    folders: Sequence[str]


class NameComputed(ManifestError):
    """
    The project's name is worked out by setup.py, and releasio runs no code of a project to read it.

    A string there is read, and so is one that the same file assigns to a name.
    """

    message = "{path}, line {line}, works the project's name out"
    hint = 'Write it there as a string, or in setup.cfg: [metadata] and "name = ..." below it'
    path: str
    _: KW_ONLY
    line: int


class VersionsDisagree(ManifestError):
    """
    `[project]` and `[tool.poetry]` both have a version, and not the same one.

    One of them is forgotten at every release. Delete the one in
    `[tool.poetry]`, or make them equal.
    """

    message = "[project] in {path} says version {project}, but [tool.poetry] says {poetry}"
    hint = "Delete the version in [tool.poetry], or make them equal"
    path: str
    _: KW_ONLY
    project: str
    poetry: str


class VersionNotFound(ReleasioError):
    """
    A file that should hold the version does not, so it cannot be changed there.

    Files named in `version.version_files` and `version.files` must hold
    `__version__ = "..."`, or a version and nothing else, or the text of their
    pattern.
    """

    exit_code = USAGE
    message = "{path} holds no version to change: looked for {what}"
    hint = "Correct the file, or the settings version.version_files and version.files"
    path: str
    _: KW_ONLY
    what: str


class VersionFileMissing(ReleasioError):
    """
    A file that the settings name as holding the version is not in the commit.

    Only what is committed is released, so a file that git ignores or does not
    know counts as missing.
    """

    exit_code = USAGE
    message = "{path} is to hold the version, but is not committed"
    hint = "Commit it, or take it out of version.version_files and version.files."
    path: str


class VersionFileDisagrees(ReleasioError):
    """
    The import package says another version than pyproject.toml.

    What users see as `__version__` would not be what they installed. Where the import
    package says the very version of pyproject.toml, a release writes the new one there, too.
    `auto_detect_version_files = false` leaves all such files alone.
    """

    exit_code = DISAGREES
    message = "{path} says {what:?%s = }{says}, but {manifest} says {version}"
    hint = """
        Make them equal, or read it with importlib.metadata. To leave such files alone:
        version.auto_detect_version_files = false."""
    path: str
    what: str
    _: KW_ONLY
    says: str
    manifest: str
    version: str


class NotAPlainFile(ReleasioError):
    """
    A file that a release writes is a link or a directory, or lies behind a link.

    A link may lead out of the project, and what is written through it would not
    be part of the release commit. So links are never followed.
    """

    exit_code = DISAGREES
    message = "{path} {obstacle}, and a release writes plain files only"
    hint = """
        Commit a file in its place, or name the one it stands for in the settings: changelog.path,
        version.version_files, version.files."""
    path: str
    obstacle: str
