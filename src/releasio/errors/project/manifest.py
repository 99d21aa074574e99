"""What pyproject.toml and the files with the version do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError
from releasio.text.command_line import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

_FEW = 3  # manifests that are named


class NotUtf8(ReleasioError):
    """
    A file that has to be edited is not encoded in UTF-8.

    Save it as UTF-8; pyproject.toml must be by its specification.
    """

    code = "not-utf8"
    exit_code = USAGE

    def __init__(self, path: str, *, line: int | None = None) -> None:
        super().__init__(
            f"{path} is not encoded in UTF-8", hint="Save it as UTF-8", path=path, line=line
        )


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

    code = "manifest-missing"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"there is no {path}",
            hint="Run releasio in the directory of the project, or name it: PATH, or --project.",
            path=path,
        )

    def around(self, folder: str) -> Self:
        """Say that *folder*, absolute, is the project's, and return itself."""
        return self._at(
            f"{self.message}; the project around it is in {folder}",
            f"cd {quoted(folder)}, and run releasio there.",
        )

    def among(self, others: Sequence[str], folder: str) -> Self:
        """Say which *others* the repository has, the first of them in *folder*; return itself."""
        rest = f" and {len(others) - _FEW} more" if others[_FEW:] else ""
        return self._at(
            f"{self.message}; the repository has {', '.join(others[:_FEW])}{rest}",
            f"Run releasio in the directory of one of them: cd {quoted(folder)}",
        )

    def uncommitted(self) -> Self:
        """Say that there is one, but not in the commit, and return itself."""
        return self._at(
            f"{self.path} is not committed",
            "A release is made from commits: git add pyproject.toml, commit it, then run again.",
        )

    def _at(self, message: str, hint: str) -> Self:
        self.message, self.hint, self.args = message, hint, (message,)
        return self


class ManifestNotToml(ManifestError):
    """
    pyproject.toml is not valid TOML, so no tool can read it.

    The line is where reading stopped; the mistake is there or just before it,
    often a quotation mark or a bracket that is not closed.
    """

    code = "manifest-not-toml"

    def __init__(self, path: str, problem: str, *, line: int) -> None:
        super().__init__(
            f"{path} is not valid TOML: {problem}",
            hint=f"Correct line {line}",
            path=path,
            line=line,
        )


class NameMissing(ManifestError):
    """
    pyproject.toml has a version but no name.

    The name is what the package is called on the index.
    """

    code = "name-missing"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} does not name the package", hint='Add name = "..." to [project]', path=path
        )


class VersionMissing(ManifestError):
    """
    pyproject.toml has no version, neither in `[project]` nor in `[tool.poetry]`.

    Projects that have only setup.py or setup.cfg need a `[project]` table with
    name and version first.
    """

    code = "version-missing"

    def __init__(self, path: str, *, tables: Sequence[str], version: str = "0.1.0") -> None:
        what = f"[{tables[0]}] has no version" if tables else "there is no [project] table"
        super().__init__(
            f"{what} in {path}",
            hint=f'Add version = "{version}" to [{tables[0] if tables else "project"}]',
            path=path,
        )
        self.tables = tuple(tables)


class SetupProject(ManifestError):
    """
    The project says its name and version in setup.cfg or setup.py, and not in pyproject.toml.

    releasio reads the `[project]` table, for it is written, and need not be run to be read.
    Setuptools takes its metadata from one place only: once there is a `[project]` table, what
    stays in setup.cfg or setup.py, such as the dependencies, must be named in `dynamic`.
    """

    code = "setup-project"

    def __init__(self, path: str, file: str, *, name: str, version: str, source: str) -> None:
        what = f"{name} is" if name else "this is"
        said = f"its version {version} stands there" if not source else f"its version is {source}"
        super().__init__(
            f"{what} a project of {file}: {said}, and {path} has no [project] table to read it "
            "from",
            hint=f"Add to {path}:\n"
            "    [build-system]\n"
            '    requires = ["setuptools>=77"]\n'
            '    build-backend = "setuptools.build_meta"\n'
            "    [project]\n"
            f'    name = "{name or "NAME"}"\n'
            f'    version = "{version}"\n'
            f"and take both out of {file}. What stays there, such as install_requires, is named "
            'in the table: dynamic = ["dependencies"].',
            path=path,
        )


class VersionDynamic(ManifestError):
    """
    The version is computed by the build backend, and this releasio edits written ones only.

    Versions from files, attributes and tags come later. Until then, move the
    version into `[project]`: remove `"version"` from `dynamic`, write
    `version = "..."`, and delete the backend's setting.
    """

    code = "version-dynamic"

    def __init__(self, path: str, *, source: str) -> None:
        super().__init__(
            f"the version in {path} is dynamic: it comes from {source}",
            hint='Other sources of versions come later. Until then take "version" out of '
            '[project] dynamic and write version = "..." there',
            path=path,
        )


class VersionsDisagree(ManifestError):
    """
    `[project]` and `[tool.poetry]` both have a version, and not the same one.

    One of them is forgotten at every release. Delete the one in
    `[tool.poetry]`, or make them equal.
    """

    code = "versions-disagree"

    def __init__(self, path: str, *, project: str, poetry: str) -> None:
        super().__init__(
            f"[project] in {path} says version {project}, but [tool.poetry] says {poetry}",
            hint="Delete the version in [tool.poetry], or make them equal",
            path=path,
        )


class VersionNotFound(ReleasioError):
    """
    A file that should hold the version does not, so it cannot be changed there.

    Files named in `version.version_files` and `version.files` must hold
    `__version__ = "..."`, or a version and nothing else, or the text of their
    pattern.
    """

    code = "version-not-found"
    exit_code = USAGE

    def __init__(self, path: str, *, what: str) -> None:
        super().__init__(
            f"{path} holds no version to change: looked for {what}",
            hint="Correct the file, or the settings version.version_files and version.files",
            path=path,
        )


class VersionFileMissing(ReleasioError):
    """
    A file that the settings name as holding the version is not in the commit.

    Only what is committed is released, so a file that git ignores or does not
    know counts as missing.
    """

    code = "version-file-missing"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is to hold the version, but is not committed",
            hint="Commit it, or take it out of version.version_files and version.files.",
            path=path,
        )


class VersionFileDisagrees(ReleasioError):
    """
    The import package says another version than pyproject.toml.

    What users see as `__version__` would not be what they installed. Where the import
    package says the very version of pyproject.toml, a release writes the new one there, too.
    `auto_detect_version_files = false` leaves all such files alone.
    """

    code = "version-file-disagrees"
    exit_code = DISAGREES

    def __init__(self, file: str, what: str, *, says: str, path: str, version: str) -> None:
        said = f"{what} = " if what else ""
        super().__init__(
            f"{file} says {said}{says}, but {path} says {version}",
            hint="Make them equal, or read it with importlib.metadata. To leave such files alone: "
            "version.auto_detect_version_files = false.",
            path=file,
        )


class NotAPlainFile(ReleasioError):
    """
    A file that a release writes is a link or a directory, or lies behind a link.

    A link may lead out of the project, and what is written through it would not
    be part of the release commit. So links are never followed.
    """

    code = "not-a-plain-file"
    exit_code = DISAGREES

    def __init__(self, path: str, obstacle: str) -> None:
        super().__init__(
            f"{path} {obstacle}, and a release writes plain files only",
            hint="Commit a file in its place, or name the one it stands for in the settings: "
            "changelog.path, version.version_files, version.files.",
            path=path,
        )
