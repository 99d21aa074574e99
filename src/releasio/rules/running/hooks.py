"""Hooks: the users' own command lines, and how values get into them without becoming commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.files.build import HookValueUnsafe

if TYPE_CHECKING:
    from collections.abc import Mapping

_HARMLESS = re.compile(r"[A-Za-z0-9._+/:@-]*")
# what a shell, or a program that a shell hands quoted text to, may act on
_POSIX_ACTIVE = re.compile(r"[$`;&|<>\"'\\!\x00-\x1f\x7f]")
_CMD_ACTIVE = re.compile(r"[&|<>^%!\"\x00-\x1f\x7f]")

# `{{name}}` is some other template language's, `${name}` is the shell's
_TOKEN = re.compile(r"\\.|['\"]|\{\{\w+\}\}|(?<!\$)\{(?P<name>[a-z_]+)\}", re.DOTALL)


def render(command: str, variables: Mapping[str, str], *, windows: bool = False) -> str:
    """
    Return *command* with each `{name}` of *variables* replaced; all other braces stay.

    Plain values (letters, digits and `._+/:@-`: versions, tags, dates, most
    branches) are put in as they are. Others never become part of the command:
    a POSIX shell gets a reference to the environment variable of
    `hook_environment`, quoted as its place demands; cmd.exe, which expands
    variables before it parses, gets the value in double quotes.

    Args:
        command: One command line of `[hooks]`.
        variables: Names to values; names it lacks stay as they are written.
        windows: Write for cmd.exe instead of a POSIX shell.

    Raises:
        HookValueUnsafe: A value has characters that would be acted on where
            the command puts it, and that no quoting keeps from being so.
    """
    place = _in_cmd if windows else _in_posix
    quote = ""

    def replace(match: re.Match[str]) -> str:
        nonlocal quote
        token, name = match[0], match["name"]
        if name in variables:
            value = variables[name]
            return value if _HARMLESS.fullmatch(value) else place(name, value, quote)
        quote = _quote_after(token, quote, windows=windows)
        return token

    return _TOKEN.sub(replace, command)


def hook_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables as environment variables: `version` is `RELEASIO_VERSION`."""
    return {_variable(name): value for name, value in variables.items()}


def _variable(name: str) -> str:
    return f"RELEASIO_{name.upper()}"


def _quote_after(token: str, quote: str, *, windows: bool) -> str:
    """Return the quote that is open behind *token*, "" for none."""
    if token[-1] not in "'\"":
        return quote
    if windows:
        return _toggled(token[-1], quote) if token[-1] == '"' else quote
    if len(token) > 1 and quote != "'":  # a backslash escapes, but not inside single quotes
        return quote
    return _toggled(token[-1], quote)


def _toggled(mark: str, quote: str) -> str:
    if not quote:
        return mark
    return "" if mark == quote else quote


def _in_posix(name: str, value: str, quote: str) -> str:
    reference = f'"${{{_variable(name)}}}"'
    if not quote:
        return reference
    # quoted text is often a program for someone else: `sh -c "..."`, `python -c '...'`
    if _POSIX_ACTIVE.search(value):
        raise HookValueUnsafe(name, value, _variable(name), quoted=True)
    return reference.strip('"') if quote == '"' else f"'{reference}'"


def _in_cmd(name: str, value: str, quote: str) -> str:
    if _CMD_ACTIVE.search(value):
        raise HookValueUnsafe(name, value, _variable(name), quoted=False)
    return value if quote else f'"{value}"'
