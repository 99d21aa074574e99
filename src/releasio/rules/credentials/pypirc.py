"""Read `.pypirc`: which user and password it keeps for an index."""

from __future__ import annotations

import configparser
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rules.index.registry import Registry


@frozen
class Entry:
    """One server of the file."""

    section: str
    url: str
    user: str
    password: Secret


class PypircUnreadable(ValueError):
    """The file is not what it should be; the words never hold any of its values."""


def find_entry(text: str, registry: Registry) -> Entry | None:
    """
    Return the entry for *registry* in *text*; `None` if there is none.

    Its upload URL decides, also in a section that `index-servers` does not
    list, but those it lists go first. A section without `repository` is meant
    by its name, which is possible for `pypi` and `testpypi` only.

    Raises:
        PypircUnreadable: It cannot be parsed.
    """
    upload = registry.upload.rstrip("/")
    return next((entry for entry in entries(text) if entry.url.rstrip("/") == upload), None)


def entries(text: str) -> Iterator[Entry]:
    """
    Yield every section of *text* that is for an index.

    Raises:
        PypircUnreadable: It cannot be parsed.
    """
    # values are taken as they are: % is common in passwords
    parser = configparser.RawConfigParser(strict=True)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise PypircUnreadable(_place(error)) from None
    for section in _servers(parser):
        values: Mapping[str, str] = parser[section]
        built_in = BUILT_IN.get(section)
        url = values.get("repository", "") or (built_in.upload if built_in else "")
        if url:
            secret = Secret(values.get("password", "").strip())
            yield Entry(section, url.strip(), values.get("username", "").strip(), secret)


def _servers(parser: configparser.RawConfigParser) -> list[str]:
    names = parser.get("distutils", "index-servers", fallback="").split()
    candidates = dict.fromkeys([*names, *BUILT_IN, *parser.sections()])
    return [name for name in candidates if name != "distutils" and parser.has_section(name)]


def _place(error: configparser.Error) -> str:
    """Say where the mistake is; the error's own text would quote the line."""
    match error:
        case configparser.MissingSectionHeaderError():
            return f"line {error.lineno} is outside of any [section]"
        case configparser.ParsingError():
            return f"line {error.errors[0][0]} is not `name = value`"
        case configparser.DuplicateOptionError() | configparser.DuplicateSectionError():
            return f"line {error.lineno} repeats what was said before"
    return "it is not an INI file"
