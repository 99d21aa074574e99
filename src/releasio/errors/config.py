"""Mistakes in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, Problems, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class ConfigProblems(Problems):
    """
    The settings contain mistakes.

    All of them are shown at once, each with its place. Nothing is read from or
    done to the project until they are gone.
    """

    code = "config-problems"
    exit_code = USAGE

    def __init__(self, problems: Sequence[ReleasioError]) -> None:
        super().__init__(problems)
        count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        self.message = f"the settings contain {count}"
        self.args = (self.message,)


class ConfigError(ReleasioError):
    """A mistake in the settings. The base of all that say which."""

    exit_code = USAGE

    def __init__(
        self, message: str, *, hint: str = "", source: str, path: str | None, line: int | None
    ) -> None:
        """
        Say where the mistake is, unless path and line say it already.

        Args:
            message: What is wrong.
            hint: What to do.
            source: The file, the variable, or the option.
            path: The file again, when it is one.
            line: The line in that file, when known.
        """
        where = "" if path and line else f"{source}: "
        super().__init__(f"{where}{message}", hint=hint, path=path, line=line)


class UnknownSetting(ConfigError):
    """
    There is no setting of that name.

    A key that is spelt wrong would have no effect, so it is an error rather
    than silence. `releasio config schema` gives editors the list of all keys.
    """

    code = "unknown-setting"

    def __init__(
        self, key: str, *, nearest: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"`{key}` is not a setting",
            hint=f"Did you mean `{nearest}`?" if nearest else "Delete it.",
            source=source,
            path=path,
            line=line,
        )


class WrongSetting(ConfigError):
    """
    The value of a setting is of the wrong type, or not one of the choices.

    The message says what it must be.
    """

    code = "wrong-setting"

    def __init__(
        self,
        key: str,
        *,
        found: str,
        expected: str,
        hint: str,
        source: str,
        path: str | None,
        line: int | None,
    ) -> None:
        super().__init__(
            f"`{key}` must be {expected}, not {found}",
            hint=hint,
            source=source,
            path=path,
            line=line,
        )


class BadPattern(ConfigError):
    """
    A regular expression in the settings does not compile.

    Patterns are those of Python's `re`. In TOML they are best written between
    single quotes, where a backslash stands for itself.
    """

    code = "bad-pattern"

    def __init__(
        self,
        key: str,
        *,
        found: str,
        problem: str,
        source: str,
        path: str | None,
        line: int | None,
    ) -> None:
        super().__init__(
            f"`{key}` is {found}, which is not a regular expression: {problem}",
            hint="Put a backslash before characters that are meant literally, and the pattern "
            "between single quotes.",
            source=source,
            path=path,
            line=line,
        )


class SettingMissing(ConfigError):
    """
    A table of the settings lacks a key that has no default.

    `[registries.NAME]` needs `url`, for example.
    """

    code = "setting-missing"

    def __init__(
        self, key: str, *, doc: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(f"`{key}` is missing", hint=doc, source=source, path=path, line=line)


class CredentialInSettings(ConfigError):
    """
    An address in the settings contains a user name, a password or a query.

    Settings are committed, shown and logged, so they hold no secrets. If the
    file has been shared, replace the password.
    """

    code = "credential-in-settings"

    def __init__(self, key: str, *, source: str, path: str | None, line: int | None) -> None:
        super().__init__(
            f"`{key}` is an address with a user name, a password or a query in it",
            hint="Take it out of the address, and give the secret as RELEASIO_TOKEN, through the "
            "keyring or ~/.pypirc.",
            source=source,
            path=path,
            line=line,
        )


class TokenInSettings(ConfigError):
    """
    A setting contains a token.

    Settings are committed, shown and logged, so they hold no secrets. If the
    file has been shared, delete the token on the index and make another one.
    """

    code = "token-in-settings"

    def __init__(self, key: str, *, source: str, path: str | None, line: int | None) -> None:
        super().__init__(
            f"`{key}` contains a token",
            hint="Take it out, and give it as RELEASIO_TOKEN, through the keyring or ~/.pypirc.",
            source=source,
            path=path,
            line=line,
        )


class ConfigNotToml(ConfigError):
    """
    The settings file is not valid TOML.

    Nothing in it can be read until it is.
    """

    code = "config-not-toml"

    def __init__(self, problem: str, *, source: str, path: str | None, line: int | None) -> None:
        super().__init__(
            f"not valid TOML: {problem}",
            hint="A table may be opened only once, and strings stand between quotes.",
            source=source,
            path=path,
            line=line,
        )


class ConfigUnreadable(ConfigError):
    """
    The settings file is there and cannot be read.

    It must be a file that you may read, written in UTF-8.
    """

    code = "config-unreadable"

    def __init__(
        self, problem: str, *, hint: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"cannot be read: {problem}", hint=hint, source=source, path=path, line=line
        )


class BadTagPrefix(ConfigError):
    """
    A tag prefix, or a template for tags, holds what git does not allow in the name of a tag.

    The release would fail when the tag is made, so it is refused with the
    settings. git's rules are those of `git check-ref-format`.
    """

    code = "bad-tag-prefix"

    def __init__(
        self, key: str, *, found: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"`{key}` is {found}, and git allows no tag like that",
            hint="Use letters, digits, - _ . and /, and begin with a letter or a digit.",
            source=source,
            path=path,
            line=line,
        )


class PathOutside(ConfigError):
    """
    A path in the settings leads out of the project.

    A release writes and commits files of the project only. Paths are relative
    to its directory, with `/`, and without `..`.
    """

    code = "path-outside"

    def __init__(
        self, key: str, *, found: str, source: str, path: str | None, line: int | None
    ) -> None:
        super().__init__(
            f"`{key}` is {found}, which is no path to a file inside the project",
            hint="Write it relative to the project's directory, without `..`.",
            source=source,
            path=path,
            line=line,
        )


class DirectoryMissing(ReleasioError):
    """
    The project's directory does not exist.

    Settings are looked for in the directory of the project, which is the
    current one unless another is given.
    """

    code = "directory-missing"
    exit_code = USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is no directory", hint="Give the directory that holds pyproject.toml."
        )


class SettingsNotRewritten(ReleasioError):
    """
    A line could not be written into the settings file without changing others.

    The file is as it was. What keeps comments and order of most files did not keep them here.
    """

    code = "settings-not-rewritten"

    def __init__(self, path: str, line: str) -> None:
        message = f"{path} cannot be changed without changing more of it than one line"
        super().__init__(message, hint=f"Write it yourself: {line}", path=path)
