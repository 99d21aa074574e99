"""Mistakes in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, Problems, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class ConfigProblems(Problems):
    """
    The settings contain mistakes.

    All of them are shown at once, each with its place. Nothing is read from or
    done to the project until they are gone.
    """

    exit_code = USAGE
    message = "the settings contain {problems:#mistake}"


class ConfigError(ReleasioError):
    """A mistake in the settings. The base of all that say which."""

    exit_code = USAGE
    _: KW_ONLY
    source: str  # the file, the variable, or the option
    path: str | None  # the file again, when it is one
    line: int | None

    @property
    def where(self) -> str:
        """Where the mistake is, unless path and line say it already."""
        return "" if self.path and self.line else f"{self.source}: "


class UnknownSetting(ConfigError):
    """
    There is no setting of that name.

    A key that is spelt wrong would have no effect, so it is an error rather
    than silence. `releasio config schema` gives editors the list of all keys.
    """

    message = "{where}`{key}` is not a setting"
    hint = "{nearest:?Did you mean `%s`?|Delete it.}"
    key: str
    _: KW_ONLY
    nearest: str


class WrongSetting(ConfigError):
    """
    The value of a setting is of the wrong type, or not one of the choices.

    The message says what it must be.
    """

    message = "{where}`{key}` must be {expected}, not {found}"
    key: str
    _: KW_ONLY
    found: str
    expected: str
    hint: str


class BadPattern(ConfigError):
    """
    A regular expression in the settings does not compile.

    Patterns are those of Python's `re`. In TOML they are best written between
    single quotes, where a backslash stands for itself.
    """

    message = "{where}`{key}` is {found}, which is not a regular expression: {problem}"
    hint = """
        Put a backslash before characters that are meant literally, and the pattern between single
        quotes."""
    key: str
    _: KW_ONLY
    found: str
    problem: str


class SettingMissing(ConfigError):
    """
    A table of the settings lacks a key that has no default.

    `[registries.NAME]` needs `url`, for example.
    """

    message = "{where}`{key}` is missing"
    key: str
    _: KW_ONLY
    hint: str


class CredentialInSettings(ConfigError):
    """
    An address in the settings contains a user name, a password or a query.

    Settings are committed, shown and logged, so they hold no secrets. If the
    file has been shared, replace the password.
    """

    message = "{where}`{key}` is an address with a user name, a password or a query in it"
    hint = """
        Take it out of the address, and give the secret as RELEASIO_TOKEN, through the keyring or
        ~/.pypirc."""
    key: str


class TokenInSettings(ConfigError):
    """
    A setting contains a token.

    Settings are committed, shown and logged, so they hold no secrets. If the
    file has been shared, delete the token on the index and make another one.
    """

    message = "{where}`{key}` contains a token"
    hint = "Take it out, and give it as RELEASIO_TOKEN, through the keyring or ~/.pypirc."
    key: str


class ConfigNotToml(ConfigError):
    """
    The settings file is not valid TOML.

    Nothing in it can be read until it is.
    """

    message = "{where}not valid TOML: {problem}"
    hint = "A table may be opened only once, and strings stand between quotes."
    problem: str


class ConfigUnreadable(ConfigError):
    """
    The settings file is there and cannot be read.

    It must be a file that you may read, written in UTF-8.
    """

    message = "{where}cannot be read: {problem}"
    problem: str
    _: KW_ONLY
    hint: str


class BadTagPrefix(ConfigError):
    """
    A tag prefix, or a template for tags, holds what git does not allow in the name of a tag.

    The release would fail when the tag is made, so it is refused with the
    settings. git's rules are those of `git check-ref-format`.
    """

    message = "{where}`{key}` is {found}, and git allows no tag like that"
    hint = "Use letters, digits, - _ . and /, and begin with a letter or a digit."
    key: str
    _: KW_ONLY
    found: str


class PathOutside(ConfigError):
    """
    A path in the settings leads out of the project.

    A release writes and commits files of the project only. Paths are relative
    to its directory, with `/`, and without `..`.
    """

    message = "{where}`{key}` is {found}, which is no path to a file inside the project"
    hint = "Write it relative to the project's directory, without `..`."
    key: str
    _: KW_ONLY
    found: str


class DirectoryMissing(ReleasioError):
    """
    The project's directory does not exist.

    Settings are looked for in the directory of the project, which is the
    current one unless another is given.
    """

    exit_code = USAGE
    message = "{folder} is no directory"
    hint = "Give the directory that holds pyproject.toml."
    folder: str


class SettingsNotRewritten(ReleasioError):
    """
    A line could not be written into the settings file without changing others.

    The file is as it was. What keeps comments and order of most files did not keep them here.
    """

    message = "{path} cannot be changed without changing more of it than one line"
    hint = "Write it yourself: {text}"
    path: str
    text: str
